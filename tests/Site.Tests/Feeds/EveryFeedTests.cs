using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace LondonDefender.Tests.Feeds;

/// <summary>Every feed and map of the demo edition, held to the specification of its format, and read by a reader that is not ours.</summary>
public sealed class EveryFeedTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    [Fact]
    public async Task Every_feed_keeps_to_its_specification()
    {
        var pages = await PagesWithFeedsAsync();

        foreach (var page in pages)
        {
            AssertNone(page + "/rss.xml", FeedRules.OfRss(await newsroom.Reader.GetStringAsync(page + "/rss.xml")));
            AssertNone(page + "/atom.xml", FeedRules.OfAtom(await newsroom.Reader.GetStringAsync(page + "/atom.xml")));
            AssertNone(page + "/feed.json", FeedRules.OfJsonFeed(await newsroom.Reader.GetStringAsync(page + "/feed.json")));
        }

        Assert.True(pages.Count > 20, $"Only {pages.Count} pages have feeds.");
    }

    [Fact]
    public async Task Another_reader_finds_the_same_stories_in_all_three()
    {
        var titles = JsonDocument.Parse(await newsroom.Reader.GetStringAsync("/feed.json")).RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()).ToList();

        foreach (var (address, formatter) in new (string, SyndicationFeedFormatter)[] { ("/rss.xml", new Rss20FeedFormatter()), ("/atom.xml", new Atom10FeedFormatter()) })
        {
            using var reader = XmlReader.Create(await newsroom.Reader.GetStreamAsync(address));
            Assert.True(formatter.CanRead(reader));
            formatter.ReadFrom(reader);

            Assert.Equal("London Defender", formatter.Feed.Title.Text);
            Assert.Equal("en-GB", formatter.Feed.Language);
            Assert.Equal(titles, formatter.Feed.Items.Select(item => item.Title.Text));
            Assert.All(formatter.Feed.Items, item => Assert.NotEqual(default, item.PublishDate));
            Assert.All(formatter.Feed.Items, item => Assert.Contains(item.Links, link => link.Uri.AbsoluteUri.StartsWith(newsroom.Address.AbsoluteUri, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Every_map_keeps_to_its_specification_and_the_index_leads_to_each()
    {
        var index = XDocument.Parse(await newsroom.Reader.GetStringAsync("/sitemap.xml"));
        var files = index.Descendants(FeedRules.Map + "loc").Select(loc => new Uri(loc.Value).PathAndQuery).ToList();

        foreach (var file in files.Concat(["/sitemap.xml", "/sitemap-news.xml"]))
            AssertNone(file, FeedRules.OfSitemap(await newsroom.Reader.GetStringAsync(file)));
        Assert.Equal(["/sitemaps/pages.xml", "/sitemaps/stories-1.xml"], files);
    }

    [Fact]
    public async Task Every_story_of_the_api_keeps_to_the_agencies_format()
    {
        var stories = JsonDocument.Parse(await newsroom.Reader.GetStringAsync("/api/stories?limit=100")).RootElement.GetProperty("stories").EnumerateArray().ToList();

        Assert.True(stories.Count > 30);
        foreach (var story in stories)
            AssertNone(story.GetProperty("uri").GetString()!, FeedRules.OfNinjs(story));
        AssertNone("/api/stories?shape=jsonfeed", FeedRules.OfJsonFeed(await newsroom.Reader.GetStringAsync("/api/stories?shape=jsonfeed&limit=100")));
    }

    private async Task<List<string>> PagesWithFeedsAsync()
    {
        var map = XDocument.Parse(await newsroom.Reader.GetStringAsync("/sitemaps/pages.xml"));
        return [.. map.Descendants(FeedRules.Map + "loc").Select(loc => new Uri(loc.Value).AbsolutePath.TrimEnd('/')).Where(page => page is not ("/about" or "/api") && !page.StartsWith("/archive", StringComparison.Ordinal))];
    }

    private static void AssertNone(string what, List<string> faults) => Assert.True(faults.Count == 0, $"{what}: {string.Join(" ", faults.Take(5))}");
}
