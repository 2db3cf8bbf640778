using System.Xml.Linq;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Feeds;

/// <summary>What the maps do when a paper has more than one file takes.</summary>
public sealed class SitemapSizeTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Stories_keep_their_file_and_more_news_than_one_file_takes_comes_in_several()
    {
        var first = await newsroom.PublishAsync(Edition.Told("The first of all", "F."), Edition.Morning.AddDays(-3));
        var before = await newsroom.Reader.GetStringAsync("/sitemaps/stories-1.xml");
        await PublishManyAsync(1_001, firstId: 50_000);

        var index = Locs(await newsroom.Reader.GetStringAsync("/sitemap.xml"));
        var second = Locs(await newsroom.Reader.GetStringAsync("/sitemaps/stories-2.xml"));
        var news = await newsroom.Reader.GetStringAsync("/sitemap-news.xml");

        Assert.Equal(["/sitemaps/pages.xml", "/sitemaps/stories-1.xml", "/sitemaps/stories-2.xml"], index);
        Assert.Equal([$"/world/{first}/the-first-of-all", "/world/50000/told-in-a-crowd"], Locs(await newsroom.Reader.GetStringAsync("/sitemaps/stories-1.xml")));
        Assert.Equal(Locs(before), Locs(await newsroom.Reader.GetStringAsync("/sitemaps/stories-1.xml"))[..1]);
        Assert.Equal("/world/50001/told-in-a-crowd", second[0]);
        Assert.Equal(1_000, second.Count);

        Assert.Equal(["/sitemaps/news-1.xml", "/sitemaps/news-2.xml"], Locs(news));
        string[] files = [news, await newsroom.Reader.GetStringAsync("/sitemaps/news-1.xml"), await newsroom.Reader.GetStringAsync("/sitemaps/news-2.xml")];
        Assert.All(files, file => Assert.Empty(FeedRules.OfSitemap(file)));
        Assert.Equal(1_001, Locs(files[1]).Union(Locs(files[2])).Count());
    }

    private async Task PublishManyAsync(int count, int firstId)
    {
        await using var db = await newsroom.OpenDbAsync();
#pragma warning disable EF1002 // A number of our own.
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE stories ALTER COLUMN id RESTART WITH {firstId}");
#pragma warning restore EF1002
        for (var i = 0; i < count; i++)
        {
            var story = Story.Begin(null, Edition.Morning);
            story.Rewrite(Edition.Told("Told in a crowd", "One of many."), null, Edition.Morning);
            story.Publish(Edition.Morning.AddHours(-1), Edition.Morning);
            db.Add(story);
        }

        await db.SaveChangesAsync();
    }

    private static List<string> Locs(string map) => [.. XDocument.Parse(map).Descendants(FeedRules.Map + "loc").Select(loc => new Uri(loc.Value).AbsolutePath)];
}
