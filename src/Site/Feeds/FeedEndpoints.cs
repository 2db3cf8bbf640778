using System.Diagnostics.CodeAnalysis;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>The paper for machines: full-text feeds of the paper and of each section, topic and writer.</summary>
public static class FeedEndpoints
{
    private const int Newest = 30;

    public static void AddFeeds(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PrintedFiles>();

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapFeed("/", (asked, ct) => asked.OfStoriesAsync("/", asked.Frame.Settings.Name, asked.Frame.Settings.About, asked.Live, ct)!);
        app.MapFeed("/{section}", OfSectionAsync);
        app.MapFeed("/topics/{topic}", OfTopicAsync);
        app.MapFeed("/by/{writer}", OfWriterAsync);
        app.MapSitemaps();
        app.MapWellKnownFiles();
        app.MapApi();
        app.MapOEmbed();
    }

    /// <summary>A page's feed in every format, beside the page.</summary>
    /// <param name="page">The page's pattern, with one value of the route at most.</param>
    /// <param name="find">The feed, or null where there is no such page.</param>
    public static void MapFeed(this IEndpointRouteBuilder app, [StringSyntax("Route")] string page, Func<FeedAsked, CancellationToken, Task<Feed?>> find)
    {
        foreach (var format in FeedFormat.All)
        {
            app.MapMethods(format.AddressFor(page), PageRoutes.Reading, async (HttpContext http, NewsroomDb db, PaperFrames frames, PrintedFiles files, CancellationToken ct) =>
            {
                var asked = new FeedAsked(db, await frames.DrawAsync(ct), http.Request.RouteValues.Values.SingleOrDefault() as string ?? "");
                // In full text a feed shows other stories' headlines, and what each story shows.
                asked.Frame.Notes.Reads(PageKey.Stories, PageKey.Corrections, PageKey.Topics, PageKey.Writers, PageKey.Pictures);
                return await find(asked, ct) is { } feed
                    ? PrintedFile.Answer(feed.Print(format), $"{format.MediaType}; charset=utf-8", $"{page} {asked.Slug} {format.File}", files, asked.Frame.Now)
                    : await LeadOnAsync(page, asked, http.Request, ct) ?? await NotFoundEndpoint.AnswerAsync(db, frames, ct);
            }).IsKeptPage();
        }
    }

    /// <summary>Followers of an address that a section, topic or writer once had go on following.</summary>
    private static async Task<IResult?> LeadOnAsync(string page, FeedAsked asked, HttpRequest request, CancellationToken ct) => page switch
    {
        "/{section}" => await FormerSlugs.LeadOnAsync(asked.Db, NamedKind.Section, asked.Slug, request, ct),
        "/topics/{topic}" => await FormerSlugs.LeadOnAsync(asked.Db, NamedKind.Topic, asked.Slug, request, ct),
        "/by/{writer}" => await FormerSlugs.LeadOnAsync(asked.Db, NamedKind.Writer, asked.Slug, request, ct),
        _ => null,
    };

    private static async Task<Feed?> OfSectionAsync(FeedAsked asked, CancellationToken ct) =>
        await asked.Db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == asked.Slug, ct) is { } found
            ? await asked.OfStoriesAsync("/" + found.Slug, found.Name, found.About, asked.Live.Where(s => s.SectionId == found.Id), ct)
            : null;

    private static async Task<Feed?> OfTopicAsync(FeedAsked asked, CancellationToken ct) =>
        await asked.Db.Topics.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == asked.Slug, ct) is { } found
            ? await asked.OfStoriesAsync("/topics/" + found.Slug, found.Name, found.About, asked.Live.Where(s => s.Topics.Any(t => t.TopicId == found.Id)), ct)
            : null;

    private static async Task<Feed?> OfWriterAsync(FeedAsked asked, CancellationToken ct) =>
        await asked.Db.Writers.AsNoTracking().SingleOrDefaultAsync(w => w.Slug == asked.Slug, ct) is { } found
            ? await asked.OfStoriesAsync("/by/" + found.Slug, found.Name, found.About, asked.Live.Where(s => s.Bylines.Any(b => b.WriterId == found.Id)), ct)
            : null;

    private static async Task<Feed> OfStoriesAsync(this FeedAsked asked, string page, string title, string about, IQueryable<Story> live, CancellationToken ct)
    {
        var stories = await StoryInFull.FindAsync(asked.Db, asked.Frame, live.NewestFirst().Take(Newest), ct);
        return Feed.Of(asked.Frame, page, title, about, [.. stories.Select(story => story.AsFeedItem(asked.Frame))]);
    }
}

/// <param name="Slug">What the page's pattern leaves open; empty where it leaves nothing.</param>
public sealed record FeedAsked(NewsroomDb Db, PaperFrame Frame, string Slug)
{
    public IQueryable<Story> Live => Db.Stories.Live(Frame.Now);
}
