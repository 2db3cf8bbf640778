using System.Text.Json;
using AngleSharp.Dom;

namespace LondonDefender.Tests.Feeds;

/// <summary>What pages tell machines of themselves, on the demo edition: their feeds, their place, what they list.</summary>
public sealed class AnnouncedTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    private static readonly string[] Formats = ["application/rss+xml", "application/atom+xml", "application/feed+json"];

    [Theory]
    [InlineData("/", "")]
    [InlineData("/world", "/world")]
    [InlineData("/topics/nato", "/topics/nato")]
    [InlineData("/by/priya-sallowby", "/by/priya-sallowby")]
    [InlineData("/world/1", "/world")]
    [InlineData("/about", "")]
    public async Task A_page_leads_to_its_feeds_and_the_papers_in_every_format(string address, string page)
    {
        var links = (await newsroom.ReadAsync(address)).QuerySelectorAll("link[rel=alternate]").Where(link => Formats.Contains(link.GetAttribute("type"))).ToList();
        var own = links.Take(3).Select(link => link.GetAttribute("href"));

        Assert.Equal(new[] { "rss.xml", "atom.xml", "feed.json" }.Select(file => Absolute($"{page}/{file}")), own);
        Assert.Equal(Formats, links.Take(3).Select(link => link.GetAttribute("type")));
        Assert.Contains(Absolute("/rss.xml"), links.Select(link => link.GetAttribute("href")));
        Assert.Equal(links.Count, links.Select(link => link.GetAttribute("href")).Distinct().Count());
        Assert.Equal(links.Count, links.Select(link => link.GetAttribute("title")).Distinct().Count());
    }

    [Theory]
    [InlineData("/world")]
    [InlineData("/world?page=1")]
    [InlineData("/topics/haume-floods")]
    [InlineData("/by/priya-sallowby")]
    [InlineData("/")]
    public async Task A_list_is_told_in_the_order_it_is_shown(string address)
    {
        var page = await newsroom.ReadAsync(address);
        var told = Graph(page).Single(thing => thing.GetProperty("@type").GetString() == "CollectionPage").GetProperty("mainEntity").GetProperty("itemListElement").EnumerateArray().ToList();
        var shown = page.QuerySelectorAll("main .card-headline a").Select(a => Absolute(a.GetAttribute("href")!)).ToHashSet();

        Assert.NotEmpty(told);
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(item => item.GetProperty("position").GetInt32()));
        Assert.All(told, item => Assert.Contains(item.GetProperty("url").GetString()!, shown));
    }

    [Theory]
    [InlineData("/world", 2)]
    [InlineData("/topics/nato", 2)]
    [InlineData("/by/priya-sallowby", 2)]
    [InlineData("/world/1", 3)]
    [InlineData("/about", 2)]
    [InlineData("/api", 2)]
    public async Task A_page_tells_the_way_to_it(string address, int steps)
    {
        var trail = Graph(await newsroom.ReadAsync(address)).Single(thing => thing.GetProperty("@type").GetString() == "BreadcrumbList").GetProperty("itemListElement").EnumerateArray().ToList();

        Assert.Equal(steps, trail.Count);
        Assert.Equal(Absolute("/"), trail[0].GetProperty("item").GetString());
    }

    [Fact]
    public async Task The_paper_says_who_is_behind_it_and_every_policy_it_names_is_there()
    {
        var page = await newsroom.ReadAsync("/about");
        var paper = Graph(page).Single(thing => thing.GetProperty("@type").GetString() == "AboutPage").GetProperty("mainEntity");
        var named = paper.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String && p.Value.GetString()!.Contains("/about#", StringComparison.Ordinal)).ToDictionary(p => p.Name, p => p.Value.GetString()!.Split('#')[1]);

        foreach (var policy in new[] { "masthead", "missionCoveragePrioritiesPolicy", "ownershipFundingInfo", "publishingPrinciples", "ethicsPolicy", "correctionsPolicy", "actionableFeedbackPolicy" })
            Assert.NotNull(page.GetElementById(named[policy]));
        Assert.Equal(9, page.QuerySelectorAll("#masthead + ul li").Length);
        Assert.Contains(page.QuerySelectorAll(".imprint a"), a => a.GetAttribute("href") == "/about");
    }

    private string Absolute(string path) => newsroom.Address.OriginalString.TrimEnd('/') + path;

    private static List<JsonElement> Graph(IDocument page) =>
        [.. JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph").EnumerateArray()];
}
