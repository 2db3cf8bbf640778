using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace LondonDefender.Tests.Feeds;

public sealed class FeedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    [Fact]
    public async Task A_feed_carries_the_whole_text_with_read_more_as_a_link()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Feed target & friend", "There."));
        var id = await newsroom.PublishAsync(Edition.Told("Fed in full", $"The *first* words.\n\nREAD MORE: story:{target}\n\nREAD MORE: Not written yet\n\nThe last [words](story:{target}).") with { Standfirst = "" });

        var item = await ItemAsync("/rss.xml", id);

        var html = new HtmlParser().ParseDocument(item.Element(Content + "encoded")!.Value);
        Assert.Equal(["The first words.", "READ MORE: Feed target & friend", "The last words."], html.QuerySelectorAll("p").Select(p => p.TextContent));
        Assert.All(html.QuerySelectorAll("a"), a => Assert.Equal(Absolute($"/world/{target}/feed-target-friend"), a.GetAttribute("href")));
        Assert.Equal(2, html.QuerySelectorAll("a").Length);
        Assert.Equal("The first words. The last words.", item.Element("description")!.Value);
        Assert.Equal(Absolute($"/world/{id}/fed-in-full"), item.Element("link")!.Value);
    }

    [Fact]
    public async Task A_feed_carries_the_entries_of_a_live_story_with_their_moments()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Led to from an entry", "There."));
        var id = await newsroom.PublishAsync(Edition.Told("Fed live", $"First.\n\n::: entry 2026-03-10 08:05 One & all\nOlder.\n:::\n\n::: entry 2026-03-10 08:10\nNewer.\n\nREAD MORE: story:{target}\n:::"));

        var html = new HtmlParser().ParseDocument((await ItemAsync("/rss.xml", id)).Element(Content + "encoded")!.Value);

        Assert.Equal(
            ["First.", "10 March 2026, 08:10 GMT", "Newer.", "READ MORE: Led to from an entry", "10 March 2026, 08:05 GMT One & all", "Older."],
            html.QuerySelectorAll("p, h2").Select(element => element.TextContent));
    }

    [Fact]
    public async Task An_items_guid_and_moment_stay_when_headline_and_section_change()
    {
        var at = newsroom.Clock.GetUtcNow().AddHours(-1);
        var id = await newsroom.PublishAsync(Edition.Told("Guid before", "G."), at);
        var before = await ItemAsync("/rss.xml", id);

        await newsroom.RepublishAsync(id, text => text with { Headline = "Guid after", SectionId = Edition.Britain }, isSubstantive: true);

        var after = await ItemAsync("/rss.xml", id);
        Assert.Equal(("Guid before", "Guid after"), (before.Element("title")!.Value, after.Element("title")!.Value));
        Assert.Equal(before.Element("guid")!.Value, after.Element("guid")!.Value);
        Assert.Equal("false", after.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal(before.Element("pubDate")!.Value, after.Element("pubDate")!.Value);
        Assert.Equal(at.ToString("R"), after.Element("pubDate")!.Value);
    }

    [Fact]
    public async Task Section_topic_and_writer_have_feeds_of_their_own()
    {
        var id = await newsroom.PublishAsync(Edition.Told("In three feeds", "T.", Edition.Britain) with { TopicIds = [Edition.Harbour], WriterIds = [Edition.Idris] });
        var other = await newsroom.PublishAsync(Edition.Told("In none of them", "N."));

        foreach (var address in new[] { "/britain/rss.xml", "/topics/harbour/rss.xml", "/by/idris-quill/rss.xml" })
        {
            var guids = (await FeedAsync(address)).Descendants("guid").Select(g => g.Value).ToList();
            Assert.Contains(guids, guid => guid.EndsWith($":{id}", StringComparison.Ordinal));
            Assert.DoesNotContain(guids, guid => guid.EndsWith($":{other}", StringComparison.Ordinal));
        }

        foreach (var address in new[] { "/nowhere/rss.xml", "/topics/nothing/rss.xml", "/by/nobody/rss.xml" })
            Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(address));
    }

    [Fact]
    public async Task A_feed_says_what_every_reader_of_feeds_asks()
    {
        await newsroom.PublishAsync(Edition.Told("Any story at all", "A.") with { WriterIds = [Edition.Maud], CreditLine = "Wire" });
        var answer = await newsroom.Reader.GetAsync("/rss.xml");
        var feed = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        var channel = feed.Root!.Element("channel")!;

        Assert.Equal("application/rss+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("2.0", feed.Root.Attribute("version")!.Value);
        Assert.Equal(["London Defender", Absolute("/"), "en-GB"], new[] { "title", "link", "language" }.Select(name => channel.Element(name)!.Value));
        Assert.Equal(Absolute("/rss.xml"), channel.Element(XName.Get("link", "http://www.w3.org/2005/Atom"))!.Attribute("href")!.Value);
        Assert.InRange(channel.Elements("item").Count(), 1, 30);
        Assert.Equal(["Maud Ferrier", "Wire"], channel.Elements("item").Single(i => i.Element("title")!.Value == "Any story at all").Elements(XName.Get("creator", "http://purl.org/dc/elements/1.1/")).Select(c => c.Value));
    }

    [Fact]
    public async Task What_readers_may_not_see_is_in_no_feed_and_no_map()
    {
        var due = await newsroom.PublishAsync(Edition.Told("Unfed tomorrow", "T."), newsroom.Clock.GetUtcNow().AddDays(1));
        var gone = await newsroom.PublishAsync(Edition.Told("Unfed since", "G."));
        var from = await newsroom.PublishAsync(Edition.Told("Fed, and leading nowhere", $"One.\n\nREAD MORE: story:{due}\n\nREAD MORE: story:{gone}\n\nTwo [three](story:{gone})."));
        await newsroom.Desk.WithdrawAsync(gone);

        foreach (var address in new[] { "/rss.xml", "/atom.xml", "/feed.json", "/world/rss.xml", "/sitemaps/stories-1.xml", "/sitemap-news.xml", "/api/stories", "/api/stories?shape=jsonfeed" })
        {
            var text = await newsroom.Reader.GetStringAsync(address);
            Assert.DoesNotContain("nfed", text.Replace("unfed-", "Unfed ", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Contains($"/{from}/", text, StringComparison.Ordinal);
        }
    }

    private string Absolute(string path) => newsroom.Address.OriginalString.TrimEnd('/') + path;

    private async Task<XDocument> FeedAsync(string address) => XDocument.Parse(await newsroom.Reader.GetStringAsync(address));

    private async Task<XElement> ItemAsync(string address, int id) =>
        (await FeedAsync(address)).Descendants("item").Single(item => item.Element("guid")!.Value.EndsWith($":{id}", StringComparison.Ordinal));
}
