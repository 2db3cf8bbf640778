using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>The paper for machines: full-text RSS of the paper and of each section, topic and writer; sitemaps; robots.txt.</summary>
public static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet("/rss.xml", PaperRssAsync).AllowAnonymous();
        app.MapGet("/{section}/rss.xml", SectionRssAsync).AllowAnonymous();
        app.MapGet("/topics/{topic}/rss.xml", TopicRssAsync).AllowAnonymous();
        app.MapGet("/by/{writer}/rss.xml", WriterRssAsync).AllowAnonymous();
        app.MapGet("/sitemap.xml", SitemapAsync).AllowAnonymous();
        app.MapGet("/sitemap-news.xml", NewsSitemapAsync).AllowAnonymous();
        app.MapGet("/robots.txt", RobotsAsync).AllowAnonymous();
    }

    private static async Task<IResult> PaperRssAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return Xml(await Rss.OfAsync(db, frame, new(frame.Settings.Name, frame.Settings.About, "/"), db.Stories.Live(frame.Now), ct), Rss.MediaType);
    }

    private static async Task<IResult> SectionRssAsync(string section, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == section, ct);
        return found is null
            ? await NotFoundEndpoint.AnswerAsync(db, frames, ct)
            : Xml(await Rss.OfAsync(db, frame, new(found.Name, found.About, "/" + found.Slug), db.Stories.Live(frame.Now).Where(s => s.SectionId == found.Id), ct), Rss.MediaType);
    }

    private static async Task<IResult> TopicRssAsync(string topic, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == topic, ct);
        return found is null
            ? await NotFoundEndpoint.AnswerAsync(db, frames, ct)
            : Xml(await Rss.OfAsync(db, frame, new(found.Name, found.About, "/topics/" + found.Slug), db.Stories.Live(frame.Now).Where(s => s.Topics.Any(t => t.TopicId == found.Id)), ct), Rss.MediaType);
    }

    private static async Task<IResult> WriterRssAsync(string writer, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Writers.AsNoTracking().SingleOrDefaultAsync(w => w.Slug == writer, ct);
        return found is null
            ? await NotFoundEndpoint.AnswerAsync(db, frames, ct)
            : Xml(await Rss.OfAsync(db, frame, new(found.Name, found.About, "/by/" + found.Slug), db.Stories.Live(frame.Now).Where(s => s.Bylines.Any(b => b.WriterId == found.Id)), ct), Rss.MediaType);
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

    private static IResult Xml(XDocument document, string mediaType) =>
        TypedResults.Text(document.Declaration + "\n" + document.ToString(SaveOptions.DisableFormatting), mediaType + "; charset=utf-8");
}
