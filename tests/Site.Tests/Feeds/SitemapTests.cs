using System.Net;
using System.Xml.Linq;

namespace LondonDefender.Tests.Feeds;

public sealed class SitemapTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly XNamespace Map = FeedRules.Map;
    private static readonly XNamespace News = FeedRules.News;

    [Fact]
    public async Task The_pages_that_are_no_stories_are_each_named_once()
    {
        await newsroom.PublishAsync(Edition.Told("Gives its month a page", "G."), Edition.Morning);
        var locs = (await ReadAsync("/sitemaps/pages.xml")).Descendants(Map + "loc").Select(loc => loc.Value).ToList();

        Assert.Equal(locs.Distinct(), locs);
        foreach (var page in new[] { "/", "/world", "/britain", "/topics/floods", "/by/maud-ferrier", "/about", "/corrections", "/archive", "/archive/2026/03" })
            Assert.Contains(Absolute(page), locs);
    }

    [Fact]
    public async Task A_story_is_named_with_its_last_change_of_substance_and_so_is_its_file()
    {
        var id = await newsroom.PublishAsync(Edition.Told("On the map", "M."));
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(10));
        await newsroom.RepublishAsync(id, text => text with { Copy = "Changed." }, isSubstantive: true);
        var changedAt = newsroom.Clock.GetUtcNow();
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(10));
        await newsroom.RepublishAsync(id, text => text with { Copy = "A comma, changed." });

        var url = (await ReadAsync("/sitemaps/stories-1.xml")).Root!.Elements(Map + "url").Single(url => url.Element(Map + "loc")!.Value == Absolute($"/world/{id}/on-the-map"));
        var file = (await ReadAsync("/sitemap.xml")).Root!.Elements(Map + "sitemap").Single(file => file.Element(Map + "loc")!.Value == Absolute("/sitemaps/stories-1.xml"));

        Assert.Equal(changedAt, DateTimeOffset.Parse(url.Element(Map + "lastmod")!.Value, null));
        Assert.Equal(changedAt, DateTimeOffset.Parse(file.Element(Map + "lastmod")!.Value, null));
    }

    [Theory]
    [InlineData("/sitemaps/stories-2.xml")]
    [InlineData("/sitemaps/stories-0.xml")]
    [InlineData("/sitemaps/stories-99999999999.xml")]
    [InlineData("/sitemaps/stories-2147483647.xml")]
    [InlineData("/sitemaps/stories-x.xml")]
    [InlineData("/sitemaps/news-2.xml")]
    [InlineData("/sitemaps/news-1001.xml")]
    [InlineData("/sitemaps/nothing.xml")]
    public async Task A_file_nobody_named_is_not_there(string address) => Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(address));

    [Fact]
    public async Task The_news_sitemap_holds_the_last_two_days_and_what_it_must_say_of_each()
    {
        var now = newsroom.Clock.GetUtcNow();
        await newsroom.PublishAsync(Edition.Told("Fresh for the news map", "F."), now.AddHours(-47));
        await newsroom.PublishAsync(Edition.Told("Stale for the news map", "S."), now.AddHours(-49));

        var fresh = (await ReadAsync("/sitemap-news.xml")).Root!.Elements(Map + "url").ToList();
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        var later = await newsroom.Reader.GetStringAsync("/sitemap-news.xml");

        Assert.DoesNotContain(fresh, url => url.Value.Contains("Stale", StringComparison.Ordinal));
        var news = fresh.Single(url => url.Value.Contains("Fresh", StringComparison.Ordinal)).Element(News + "news")!;
        Assert.Equal("Fresh for the news map", news.Element(News + "title")!.Value);
        Assert.Equal(now.AddHours(-47), DateTimeOffset.Parse(news.Element(News + "publication_date")!.Value, null));
        Assert.Equal(("London Defender", "en"), (news.Element(News + "publication")!.Element(News + "name")!.Value, news.Element(News + "publication")!.Element(News + "language")!.Value));
        Assert.DoesNotContain("Fresh for the news map", later, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Robots_are_kept_from_the_newsroom_and_the_search_and_shown_the_maps()
    {
        var answer = await newsroom.Reader.GetAsync("/robots.txt");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n').Select(line => line.Trim()).ToList();

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Disallow: /desk", lines);
        Assert.Contains("Disallow: /search", lines);
        Assert.Contains("Sitemap: " + Absolute("/sitemap.xml"), lines);
        Assert.DoesNotContain("Disallow: /", lines);
    }

    [Fact]
    public async Task Nobody_may_sell_advertisements_in_the_papers_name()
    {
        var answer = await newsroom.Reader.GetAsync("/ads.txt");

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("placeholder.example.com, placeholder, DIRECT, placeholder\n", await answer.Content.ReadAsStringAsync());
    }

    private string Absolute(string path) => newsroom.Address.OriginalString.TrimEnd('/') + path;

    private async Task<XDocument> ReadAsync(string address) => XDocument.Parse(await newsroom.Reader.GetStringAsync(address));
}
