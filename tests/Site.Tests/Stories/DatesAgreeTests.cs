using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using LondonDefender.Tests.Feeds;

namespace LondonDefender.Tests.Stories;

/// <summary>When a story was first published and when it was updated is one truth, wherever it is told.</summary>
public sealed class DatesAgreeTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private static readonly DateTimeOffset Published = new(2026, 3, 10, 6, 12, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_its_page_in_its_markup_in_feeds_maps_and_the_api(bool isUpdated)
    {
        var id = await newsroom.PublishAsync(Edition.Told($"Clock strikes thirteen {(isUpdated ? "twice" : "once")}", "Bong."), Published);
        var updated = Published;
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(47));
        if (isUpdated)
        {
            await newsroom.RepublishAsync(id, text => text with { Copy = "Bong, bong." }, isSubstantive: true);
            updated = newsroom.Clock.GetUtcNow();
            newsroom.Clock.MoveBy(TimeSpan.FromMinutes(5));
        }

        await newsroom.RepublishAsync(id, text => text with { Copy = text.Copy + " A comma, changed." }, isSubstantive: false);

        foreach (var (where, first, last) in await ToldAsync(id))
        {
            Assert.True(first is null || first == Published, $"{where} says it was first published {first}.");
            Assert.True(last is null || last == updated, $"{where} says it was updated {last}.");
        }
    }

    [Fact]
    public async Task Both_are_seen_between_headline_and_text_with_the_zone()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Seen between headline and text", "Words of the copy."), Published);
        await newsroom.RepublishAsync(id, text => text with { Copy = "More words of the copy." }, isSubstantive: true);

        var page = await newsroom.ReadStoryAsync(id);
        var inOrder = page.QuerySelectorAll("h1, .story-times time, .story-body").Select(element => element.LocalName).ToList();

        Assert.Equal(["h1", "time", "time", "div"], inOrder);
        Assert.All(page.QuerySelectorAll(".story-times time"), time => Assert.Matches(@"^\d+ \w+ 2026, \d\d:\d\d (GMT|BST)$", time.TextContent));
    }

    private async Task<List<(string Where, DateTimeOffset? First, DateTimeOffset? Last)>> ToldAsync(int id)
    {
        var page = await newsroom.ReadStoryAsync(id);
        var seen = page.QuerySelectorAll(".story-times time").Select(time => Moment(time.GetAttribute("datetime"))).ToList();
        var article = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph")[0];

        var rss = XDocument.Parse(await newsroom.Reader.GetStringAsync("/rss.xml")).Descendants("item").Single(Has("link"));
        var atom = XDocument.Parse(await newsroom.Reader.GetStringAsync("/atom.xml")).Descendants(FeedRules.Atom + "entry").Single(entry => entry.Elements(FeedRules.Atom + "link").Any(link => link.Attribute("href")!.Value.Contains($"/{id}/", StringComparison.Ordinal)));
        var json = JsonDocument.Parse(await newsroom.Reader.GetStringAsync("/feed.json")).RootElement.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("url").GetString()!.Contains($"/{id}/", StringComparison.Ordinal));
        var map = XDocument.Parse(await newsroom.Reader.GetStringAsync("/sitemaps/stories-1.xml")).Descendants(FeedRules.Map + "url").Single(Has(FeedRules.Map + "loc"));
        var news = XDocument.Parse(await newsroom.Reader.GetStringAsync("/sitemap-news.xml")).Descendants(FeedRules.Map + "url").Single(Has(FeedRules.Map + "loc"));

        return
        [
            ("the page", seen[0], seen.Count > 1 ? seen[1] : null),
            ("Open Graph", Moment(Property(page, "article:published_time")), Moment(Property(page, "article:modified_time"))),
            ("JSON-LD", Moment(article.GetProperty("datePublished").GetString()), Moment(article.GetProperty("dateModified").GetString())),
            ("RSS", Moment(rss.Element("pubDate")!.Value), null),
            ("Atom", Moment(atom.Element(FeedRules.Atom + "published")!.Value), Moment(atom.Element(FeedRules.Atom + "updated")!.Value)),
            ("JSON Feed", json.GetProperty("date_published").GetDateTimeOffset(), json.GetProperty("date_modified").GetDateTimeOffset()),
            ("the map", null, Moment(map.Element(FeedRules.Map + "lastmod")!.Value)),
            ("the news map", Moment(news.Descendants(FeedRules.News + "publication_date").Single().Value), null),
        ];

        Func<XElement, bool> Has(XName name) => element => element.Element(name)!.Value.Contains($"/{id}/", StringComparison.Ordinal);
    }

    private static DateTimeOffset Moment(string? written) => DateTimeOffset.Parse(written!, CultureInfo.InvariantCulture);

    private static string? Property(IDocument page, string name) => page.QuerySelector($"meta[property='{name}']")?.GetAttribute("content");
}
