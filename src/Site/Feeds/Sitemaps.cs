using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>What search engines read: every page, and the news of the last two days.</summary>
public static class Sitemaps
{
    public const string MediaType = "application/xml";

    /// <summary>The most addresses the sitemap protocol takes in one file, and the most stories Google takes in a news one.</summary>
    private const int LargestSitemap = 50_000, LargestNewsSitemap = 1_000;

    private static readonly TimeSpan News = TimeSpan.FromHours(48);
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace NewsMap = "http://www.google.com/schemas/sitemap-news/0.9";

    public static async Task<XDocument> OfPaperAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var topics = await db.Topics.OrderBy(t => t.Slug).Select(t => "/topics/" + t.Slug).ToListAsync(ct);
        var writers = await db.Writers.OrderBy(w => w.Slug).Select(w => "/by/" + w.Slug).ToListAsync(ct);
        List<string> fixedPages = ["/", .. frame.Menu.Select(m => m.Address), .. topics, .. writers];
        var stories = await db.Stories.Live(frame.Now).Briefs(db, frame.Now).NewestFirst().Take(LargestSitemap - fixedPages.Count).ToListAsync(ct);

        return Document(new XElement(Map + "urlset",
            fixedPages.Select(page => new XElement(Map + "url", new XElement(Map + "loc", frame.Absolute(page)))),
            stories.Select(story => new XElement(Map + "url",
                new XElement(Map + "loc", frame.Absolute(story.Address)),
                new XElement(Map + "lastmod", frame.Clock.Machine(story.UpdatedAt ?? story.PublishAt))))));
    }

    public static async Task<XDocument> OfNewsAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var since = frame.Now - News;
        var stories = await db.Stories.Live(frame.Now).Where(s => s.PublishAt > since).Briefs(db, frame.Now).NewestFirst().Take(LargestNewsSitemap).ToListAsync(ct);

        return Document(new XElement(Map + "urlset",
            new XAttribute(XNamespace.Xmlns + "news", NewsMap),
            stories.Select(story => new XElement(Map + "url",
                new XElement(Map + "loc", frame.Absolute(story.Address)),
                new XElement(NewsMap + "news",
                    new XElement(NewsMap + "publication",
                        new XElement(NewsMap + "name", frame.Settings.Name),
                        new XElement(NewsMap + "language", frame.Settings.Language.Split('-')[0])),
                    new XElement(NewsMap + "publication_date", frame.Clock.Machine(story.PublishAt)),
                    new XElement(NewsMap + "title", story.Headline))))));
    }

    private static XDocument Document(XElement root) => new(new XDeclaration("1.0", "utf-8", null), root);
}
