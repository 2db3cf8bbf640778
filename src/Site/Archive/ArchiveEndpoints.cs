using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>Days gone by: all months, one month, one day.</summary>
public static class ArchiveEndpoints
{
    private const int MostOfADay = 500;

    public static void MapArchive(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/archive", PageRoutes.Reading, OpenAsync).IsKeptPage();
        app.MapMethods("/archive/{year:int}/{month:int}", PageRoutes.Reading, OpenMonthAsync).IsKeptPage(hasPages: true);
        app.MapMethods("/archive/{year:int}/{month:int}/{day:int}", PageRoutes.Reading, OpenDayAsync).IsKeptPage();
        app.MapMethods("/search", PageRoutes.Reading, SearchEndpoint.AnswerAsync).IsPage().IsDear().PrintedOnce();
    }

    private static async Task<IResult> OpenAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads(PageKey.Stories);
        var archive = new ArchiveDays(db, frame);
        return new RazorComponentResult<ArchivePage>(new { Frame = frame, Months = await archive.MonthsAsync(ct) });
    }

    private static async Task<IResult> OpenMonthAsync(
        int year, int month, string? page, NewsroomDb db, PaperFrames frames, HttpContext http, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (DayAsked(year, month, 1) is not { } first || first > frame.Clock.Day(frame.Now))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        if (http.Request.Path != PageAddress.OfMonth(first))
            return TypedResults.LocalRedirect("~" + PageAddress.OfMonth(first), permanent: true);

        frame.Notes.Reads(PageKey.Stories);
        var archive = new ArchiveDays(db, frame);
        var shown = await archive.MonthAsync(first, ct);
        return await archive.Between(first, first.AddMonths(1)).AnswerAsync(page, db, frame, frames,
            list => new RazorComponentResult<MonthPage>(new { Frame = frame, Month = shown, List = list }), ct);
    }

    private static async Task<IResult> OpenDayAsync(int year, int month, int day, NewsroomDb db, PaperFrames frames, HttpContext http, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (DayAsked(year, month, day) is not { } asked || asked > frame.Clock.Day(frame.Now))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        if (http.Request.Path != PageAddress.Of(asked))
            return TypedResults.LocalRedirect("~" + PageAddress.Of(asked), permanent: true);

        frame.Notes.Reads(PageKey.Stories);
        var archive = new ArchiveDays(db, frame);
        var stories = await archive.Between(asked, asked.AddDays(1)).Briefs(db, frame.Now).NewestFirst().Take(MostOfADay).ToListAsync(ct);
        var (before, after) = await archive.AroundAsync(asked, asked.AddDays(1), ct);
        return new RazorComponentResult<DayPage>(new
        {
            Frame = frame,
            Day = asked,
            Stories = (IReadOnlyList<StoryBrief>)stories,
            Month = await archive.MonthAsync(new DateOnly(year, month, 1), ct),
            Previous = before,
            Next = after,
        });
    }

    /// <summary>Null where there is no such day.</summary>
    internal static DateOnly? DayAsked(int year, int month, int day) =>
        year is >= 1000 and <= 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
