using System.Xml.Linq;
using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>What search engines read: an index, every story in files of a fixed range of ids, the other pages, and the news of the last two days.</summary>
public static class Sitemaps
{
    /// <summary>The most addresses the sitemap protocol takes in one file.</summary>
    public const int LargestFile = 50_000;

    /// <summary>The most stories Google takes in one news file.</summary>
    public const int LargestNewsFile = 1_000;

    private static readonly TimeSpan News = TimeSpan.FromHours(48);
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace NewsMap = "http://www.google.com/schemas/sitemap-news/0.9";

    /// <summary>A story stays in the file its id puts it in, so old files change only when one of their stories does.</summary>
    public static async Task<XStreamingElement> IndexAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var files = await db.Stories.Live(frame.Now)
            .GroupBy(s => (s.Id - 1) / LargestFile)
            .Select(file => new { Number = file.Key + 1, ChangedAt = file.Max(s => s.UpdatedAt > s.PublishAt ? s.UpdatedAt : s.PublishAt) })
            .OrderBy(file => file.Number)
            .ToListAsync(ct);

        return Index(frame, files.Select(file => (string.Create(null, $"/sitemaps/stories-{file.Number}.xml"), file.ChangedAt)).Prepend(("/sitemaps/pages.xml", null)));
    }

    /// <summary>Null where no story is left in that range of ids.</summary>
    public static async Task<XStreamingElement?> StoriesAsync(NewsroomDb db, PaperFrame frame, int number, CancellationToken ct)
    {
        if (number > int.MaxValue / LargestFile)
            return null;

        var (first, last) = (((number - 1) * LargestFile) + 1, number * LargestFile);
        var stories = await db.Stories.Live(frame.Now)
            .Where(s => s.Id >= first && s.Id <= last).OrderBy(s => s.Id).Briefs(db, frame.Now)
            .Select(b => new { b.SectionSlug, b.Id, b.Slug, b.Headline, b.PublishAt, b.UpdatedAt })
            .ToListAsync(ct);

        return stories.Count == 0 ? null : Pages(stories.Select(story => Page(
            frame, StoryBrief.AddressOf(story.SectionSlug, story.Id, story.Slug, story.Headline), story.UpdatedAt > story.PublishAt ? story.UpdatedAt : story.PublishAt)));
    }

    public static async Task<XStreamingElement> PagesAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var topics = await db.Topics.OrderBy(t => t.Slug).Select(t => "/topics/" + t.Slug).ToListAsync(ct);
        var writers = await db.Writers.OrderBy(w => w.Slug).Select(w => "/by/" + w.Slug).ToListAsync(ct);
        var months = await new ArchiveDays(db, frame).MonthsAsync(ct);
        string[] pages =
        [
            "/", .. frame.Menu.Select(item => item.Address), "/about", "/corrections", "/archive", "/api",
            .. topics, .. writers, .. months.Select(month => PageAddress.OfMonth(month.Month)),
        ];

        return Pages(pages.Take(LargestFile).Select(page => Page(frame, page)));
    }

    /// <summary>The news of the last two days; an index of files where they are too many for one.</summary>
    public static async Task<XStreamingElement> NewsAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var count = await Recent(db, frame).CountAsync(ct);
        return count <= LargestNewsFile
            ? (await NewsAsync(db, frame, 1, ct))!
            : Index(frame, Enumerable.Range(1, (count + LargestNewsFile - 1) / LargestNewsFile).Select(number => (string.Create(null, $"/sitemaps/news-{number}.xml"), (DateTimeOffset?)null)));
    }

    /// <summary>Null beyond the last file; the first is there even when there is no news.</summary>
    public static async Task<XStreamingElement?> NewsAsync(NewsroomDb db, PaperFrame frame, int number, CancellationToken ct)
    {
        var stories = await Recent(db, frame).NewestFirst()
            .Skip((number - 1) * LargestNewsFile).Take(LargestNewsFile).Briefs(db, frame.Now).NewestFirst()
            .ToListAsync(ct);
        if (stories.Count == 0 && number > 1)
            return null;
        if (stories.Count > 0)
            frame.Notes.GoodUntil(stories[^1].PublishAt + News);

        return new(Map + "urlset", new XAttribute(XNamespace.Xmlns + "news", NewsMap), stories.Select(story => NewsPage(story, frame)));
    }

    private static IQueryable<Story> Recent(NewsroomDb db, PaperFrame frame)
    {
        var since = frame.Now - News;
        return db.Stories.Live(frame.Now).Where(s => s.PublishAt > since);
    }

    private static XStreamingElement Index(PaperFrame frame, IEnumerable<(string Address, DateTimeOffset? ChangedAt)> files) =>
        new(Map + "sitemapindex", files.Select(file => Named("sitemap", frame, file.Address, file.ChangedAt)));

    private static XStreamingElement Pages(IEnumerable<XElement> pages) => new(Map + "urlset", pages);

    private static XElement Page(PaperFrame frame, string address, DateTimeOffset? changedAt = null) => Named("url", frame, address, changedAt);

    private static XElement Named(string kind, PaperFrame frame, string address, DateTimeOffset? changedAt) => new(Map + kind,
        new XElement(Map + "loc", frame.Absolute(address)),
        changedAt is { } moment ? new XElement(Map + "lastmod", frame.Clock.Machine(moment)) : null);

    private static XElement NewsPage(StoryBrief story, PaperFrame frame) => new(Map + "url",
        new XElement(Map + "loc", frame.Absolute(story.Address)),
        new XElement(NewsMap + "news",
            new XElement(NewsMap + "publication",
                new XElement(NewsMap + "name", frame.Settings.Name),
                new XElement(NewsMap + "language", frame.Settings.Language.Split('-')[0])),
            new XElement(NewsMap + "publication_date", frame.Clock.Machine(story.PublishAt)),
            new XElement(NewsMap + "title", story.Headline)));
}
