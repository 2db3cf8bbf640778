using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>Finding stories again: by day, and by their words.</summary>
public static class ArchiveEndpoints
{
    public static void MapArchive(this IEndpointRouteBuilder app)
    {
        app.MapPage("/archive/{year:int}/{month:int}/{day:int}", OpenDayAsync);
        app.MapPage("/archive", OpenTodayAsync);
        app.MapPage("/search", SearchAsync);
    }

    private static async Task<IResult> OpenTodayAsync(PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return TypedResults.LocalRedirect("~" + PageAddress.Of(frame.Clock.Day(frame.Now)));
    }

    private static async Task<IResult> OpenDayAsync(int year, int month, int day, NewsroomDb db, PaperFrames frames, HttpContext http, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (DayAsked(year, month, day) is not { } asked || asked > frame.Clock.Day(frame.Now))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        if (http.Request.Path != PageAddress.Of(asked))
            return TypedResults.LocalRedirect("~" + PageAddress.Of(asked), permanent: true);

        var (start, end) = (frame.Clock.StartOf(asked).ToUniversalTime(), frame.Clock.StartOf(asked.AddDays(1)).ToUniversalTime());
        var live = db.Stories.Live(frame.Now);
        var stories = await live.Where(s => s.PublishAt >= start && s.PublishAt < end).Briefs(db, frame.Now).NewestFirst().Take(500).ToListAsync(ct);
        var before = await live.Where(s => s.PublishAt < start).MaxAsync(s => s.PublishAt, ct);
        var after = await live.Where(s => s.PublishAt >= end).MinAsync(s => s.PublishAt, ct);

        return new RazorComponentResult<DayPage>(new
        {
            Frame = frame,
            Day = asked,
            Stories = (IReadOnlyList<StoryBrief>)stories,
            Previous = before is null ? (DateOnly?)null : frame.Clock.Day(before.Value),
            Next = after is null ? (DateOnly?)null : frame.Clock.Day(after.Value),
        });
    }

    private static DateOnly? DayAsked(int year, int month, int day) =>
        year is >= 1000 and <= 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static async Task<IResult> SearchAsync(
        string? q, string? section, string? from, string? to, string? page, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (StoryLists.PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var sections = await db.Sections.AsNoTracking().OrderBy(s => s.Position).ToListAsync(ct);
        var (query, problem) = Read(q, section, from, to, number);
        var result = problem is null ? await ArchiveSearch.FindAsync(db, query, frame, ct) : SearchResult.Nothing;
        return new RazorComponentResult<SearchPage>(new
        {
            Frame = frame,
            Query = query,
            Sections = (IReadOnlyList<Sections.Section>)sections,
            Hits = result.Hits,
            HasMore = result.HasMore,
            Problem = problem,
        });
    }

    private static (SearchQuery Query, string? Problem) Read(string? q, string? section, string? from, string? to, int page)
    {
        var words = PlainWords.OneLine(q);
        string? problem = null;
        if (words.Length > SearchQuery.LongestWords)
        {
            words = words[..SearchQuery.LongestWords];
            problem = $"That is a long question: the search takes up to {SearchQuery.LongestWords} characters.";
        }

        var query = new SearchQuery { Words = PlainWords.Clean(words), Section = section ?? "", From = Date(from), To = Date(to), Page = page };
        if (Unreadable(from, query.From) || Unreadable(to, query.To))
            problem ??= "A date was not understood. Write it as year-month-day, such as 2026-11-22.";
        if (query.From > query.To)
            problem ??= "The first date is after the last one.";
        return (query, problem);
    }

    private static DateOnly? Date(string? date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1000 and <= 9000 ? day : null;

    private static bool Unreadable(string? written, DateOnly? read) => !string.IsNullOrWhiteSpace(written) && read is null;
}
