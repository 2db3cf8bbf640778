using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Contracts;

public sealed class ContractTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Newsroom newsroom = new();
    private int target;
    private int story;

    public async ValueTask InitializeAsync()
    {
        await newsroom.InitializeAsync();
        target = await newsroom.PublishAsync(Edition.FerryCloses, Edition.Morning.AddHours(-3));
        story = await newsroom.PublishAsync(Edition.BridgeOpens with
        {
            Copy = $"The *first* paragraph, with [a link](story:{target}).\n\nREAD MORE: story:{target}\n\n> “Quoted.”\n\nRELATED:\n- [Pinned](story:{target})\n- [Outside](https://wend.example/bridge?a=1&b=2)\n\nThe last.",
            TopicIds = [Edition.Harbour],
            WriterIds = [Edition.Maud, Edition.Idris],
            CreditLine = "Wend Wire",
            Dateline = "Ansty",
        }, Edition.Morning.AddHours(-2));
        await newsroom.RepublishAsync(story, text => text with { Standfirst = "After nine years & one ferry." }, isSubstantive: true);
    }

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    [Fact]
    public void Addresses_are_those_the_world_links_to()
    {
        var addresses = newsroom.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(e => $"{string.Join(" ", e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"]),-9} {e.RoutePattern.RawText}")
            .Order(StringComparer.Ordinal);

        Approved.Check("addresses.txt", string.Join('\n', addresses));
    }

    [Fact]
    public async Task A_feeds_item_is_what_its_readers_know()
    {
        var feed = XDocument.Parse(await newsroom.Reader.GetStringAsync("/rss.xml"));
        var item = feed.Descendants("item").Single(i => i.Element("guid")!.Value.EndsWith($":{story}", StringComparison.Ordinal));
        feed.Descendants("item").Where(i => i != item).Remove();

        Approved.Check("feed.rss.xml", Named(feed.ToString()));
    }

    [Fact]
    public async Task An_atom_entry_is_what_its_readers_know()
    {
        var feed = XDocument.Parse(await newsroom.Reader.GetStringAsync("/atom.xml"));
        feed.Root!.Elements().Where(e => e.Name.LocalName == "entry" && !e.Elements().First().Value.EndsWith($"/{story}", StringComparison.Ordinal)).Remove();

        Approved.Check("feed.atom.xml", Named(feed.ToString()));
    }

    [Fact]
    public async Task A_json_feeds_item_is_what_its_readers_know() =>
        Approved.Check("feed.json", Readably(await newsroom.Reader.GetStringAsync("/topics/harbour/feed.json")));

    [Fact]
    public async Task A_story_of_the_api_is_what_programs_know() =>
        Approved.Check("story.ninjs.json", Readably(await newsroom.Reader.GetStringAsync($"/api/stories/{story}")));

    [Fact]
    public async Task The_sitemap_is_what_search_engines_know() =>
        Approved.Check("sitemap.xml", Named(string.Join("\n", await Task.WhenAll(new[] { "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/stories-1.xml" }
            .Select(async file => XDocument.Parse(await newsroom.Reader.GetStringAsync(file)).ToString())))));

    [Fact]
    public async Task The_news_sitemap_is_what_search_engines_know() =>
        Approved.Check("sitemap-news.xml", Named(XDocument.Parse(await newsroom.Reader.GetStringAsync("/sitemap-news.xml")).ToString()));

    [Fact]
    public async Task A_storys_linked_data_is_what_search_engines_know()
    {
        var data = (await newsroom.ReadStoryAsync(story)).QuerySelector("script[type='application/ld+json']")!.TextContent;

        Approved.Check("story.jsonld.json", Readably(data));
    }

    [Fact]
    public async Task The_papers_linked_data_is_what_search_engines_know()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            var settings = await db.PaperSettings.SingleAsync();
            (settings.Mission, settings.Ownership, settings.Ethics, settings.CorrectionsPolicy, settings.Contact) = ("M.", "O.", "E.", "C.", "W.");
            settings.SocialAccounts = ["https://bsky.app/profile/paper.example", "https://x.com/paper"];
            await db.SaveChangesAsync();
        }

        var data = (await newsroom.ReadAsync("/about")).QuerySelector("script[type='application/ld+json']")!.TextContent;

        Approved.Check("paper.jsonld.json", Readably(data));
    }

    [Fact]
    public async Task Robots_are_told_the_same_as_ever() => Approved.Check("robots.txt", Named(await newsroom.Reader.GetStringAsync("/robots.txt")));

    private string Readably(string json) => Named(JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Readable));

    private string Named(string text) => text.Replace(newsroom.Address.OriginalString.TrimEnd('/'), "https://paper.example", StringComparison.Ordinal);
}
