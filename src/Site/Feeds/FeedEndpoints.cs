using System.Globalization;
using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Feeds;

/// <summary>The paper for machines: full-text RSS of the paper and of each section, topic and writer; sitemaps; robots.txt.</summary>
public static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapPage("/rss.xml", PaperRssAsync);
        app.MapPage("/{section}/rss.xml", SectionRssAsync);
        app.MapPage("/topics/{topic}/rss.xml", TopicRssAsync);
        app.MapPage("/by/{writer}/rss.xml", WriterRssAsync);
        app.MapPage("/sitemap.xml", SitemapAsync);
        app.MapPage("/sitemap-news.xml", NewsSitemapAsync);
        app.MapPage("/robots.txt", RobotsAsync);
        app.MapPage("/.well-known/security.txt", SecurityAsync);
    }

    private static async Task<IResult> PaperRssAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return Xml(await Rss.OfAsync(db, frame, new(frame.Settings.Name, frame.Settings.About, "/"), db.Stories.Live(frame.Now), ct), Rss.MediaType);
    }

    private static async Task<IResult> SectionRssAsync(string section, NewsroomDb db, PaperFrames frames, CancellationToken ct) =>
        await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == section, ct) is { } found
            ? await RssAsync(db, frames, new(found.Name, found.About, "/" + found.Slug), live => live.Where(s => s.SectionId == found.Id), ct)
            : await NotFoundEndpoint.AnswerAsync(db, frames, ct);

    private static async Task<IResult> TopicRssAsync(string topic, NewsroomDb db, PaperFrames frames, CancellationToken ct) =>
        await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == topic, ct) is { } found
            ? await RssAsync(db, frames, new(found.Name, found.About, "/topics/" + found.Slug), live => live.Where(s => s.Topics.Any(t => t.TopicId == found.Id)), ct)
            : await NotFoundEndpoint.AnswerAsync(db, frames, ct);

    private static async Task<IResult> WriterRssAsync(string writer, NewsroomDb db, PaperFrames frames, CancellationToken ct) =>
        await db.Writers.AsNoTracking().SingleOrDefaultAsync(w => w.Slug == writer, ct) is { } found
            ? await RssAsync(db, frames, new(found.Name, found.About, "/by/" + found.Slug), live => live.Where(s => s.Bylines.Any(b => b.WriterId == found.Id)), ct)
            : await NotFoundEndpoint.AnswerAsync(db, frames, ct);

    private static async Task<IResult> RssAsync(
        NewsroomDb db, PaperFrames frames, Rss.Channel channel, Func<IQueryable<Story>, IQueryable<Story>> narrowed, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return Xml(await Rss.OfAsync(db, frame, channel, narrowed(db.Stories.Live(frame.Now)), ct), Rss.MediaType);
    }

    private static async Task<IResult> SitemapAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct) =>
        Xml(await Sitemaps.OfPaperAsync(db, await frames.DrawAsync(ct), ct), Sitemaps.MediaType);

    private static async Task<IResult> NewsSitemapAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct) =>
        Xml(await Sitemaps.OfNewsAsync(db, await frames.DrawAsync(ct), ct), Sitemaps.MediaType);

    private static async Task<IResult> RobotsAsync(PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return TypedResults.Text($"""
            User-agent: *
            Disallow: /desk
            Disallow: /search

            Sitemap: {frame.Absolute("/sitemap.xml")}
            Sitemap: {frame.Absolute("/sitemap-news.xml")}

            """);
    }

    /// <summary>Whom to tell about a hole in the paper, by RFC 9116; only where the paper has said so.</summary>
    private static async Task<IResult> SecurityAsync(PaperFrames frames, NewsroomDb db, IOptions<PaperOptions> options, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(options.Value.SecurityContact))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var frame = await frames.DrawAsync(ct);
        var expires = frame.Now.UtcDateTime.Date.AddDays(180).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return TypedResults.Text($"Contact: {options.Value.SecurityContact.Trim()}\nExpires: {expires}\nPreferred-Languages: en\n");
    }

    private static IResult Xml(XDocument document, string mediaType) =>
        TypedResults.Text(document.Declaration + "\n" + document.ToString(SaveOptions.DisableFormatting), mediaType + "; charset=utf-8");
}
