using System.Globalization;
using System.Security.Claims;
using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Readership;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>The calls of the tool that arranges fronts. As with stories, the work lives in the browser and is saved with the revision it was based on.</summary>
public static class FrontDeskEndpoints
{
    public static void MapFrontDesk(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/desk/fronts").RequireAuthorization(Rights.Editors).WithMetadata(new NewsroomCall()).AddEndpointFilter(OnlyOwnFrontsAsync).RequireFormToken();
        calls.MapPut("/{front:int}", SaveAsync);
        calls.MapPost("/{front:int}/presence", PresenceAsync);
        calls.MapDelete("/{front:int}/presence", LeaveAsync);
        calls.MapPost("/{front:int}/look", LookAsync);
        calls.MapPost("/{front:int}/preview", PreviewAsync);
        calls.MapPost("/{front:int}/publish", PublishAsync);
        calls.MapPost("/{front:int}/versions/{version:int}/take-back", TakeBackAsync);
        app.MapGet("/desk/fronts/{front:int}/versions", VersionsAsync).RequireAuthorization(Rights.Editors).WithMetadata(new NewsroomCall()).AddEndpointFilter(OnlyOwnFrontsAsync);
        app.MapGet("/desk/fronts/{front:int}/versions/{version:int}", VersionAsync).RequireAuthorization(Rights.Editors).WithMetadata(new NewsroomCall()).AddEndpointFilter(OnlyOwnFrontsAsync);
    }

    private static async ValueTask<object?> OnlyOwnFrontsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var front = int.Parse((string)context.HttpContext.GetRouteValue("front")!, CultureInfo.InvariantCulture);
        return context.HttpContext.User.MayArrange(front) ? await next(context) : Problem(StatusCodes.Status403Forbidden, "You are not editor of what this front shows.");
    }

    private static async Task<IResult> SaveAsync(int front, FrontForm form, ClaimsPrincipal who, NewsroomDb db, FrontDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var save = form.AsSave();
        var outcome = await desk.SaveAsync(front, save, who.Id(), ct);
        Count(outcome);
        return outcome switch
        {
            FrontOutcome.Done { Merge: { } merge } done => TypedResults.Json(new
            {
                revision = done.Front.Revision,
                merged = new { arrangement = merge.Arrangement, by = await NameAsync(db, done.Front.SavedById, ct) },
            }),
            FrontOutcome.Stale { Merge: { } merge } stale => TypedResults.Json(await InDisputeAsync(db, stale, merge, clock.GetUtcNow(), ct), statusCode: StatusCodes.Status409Conflict),
            _ => Answer(outcome),
        };
    }

    private static void Count(FrontOutcome outcome)
    {
        if (outcome is FrontOutcome.Done)
            PaperMeters.Saves.Add(1);
        if (outcome is FrontOutcome.Done { Merge: not null })
            PaperMeters.Merges.Add(1);
        else if (outcome is FrontOutcome.Stale)
            PaperMeters.SaveConflicts.Add(1);
    }

    private static async Task<object> InDisputeAsync(NewsroomDb db, FrontOutcome.Stale stale, FrontMerge merge, DateTimeOffset now, CancellationToken ct)
    {
        var (theirs, mine) = (merge.Theirs, stale.Mine!);
        var words = await FrontWords.ForAsync(db, now, [merge.Was, theirs, mine], ct);
        return new
        {
            problem = "Somebody changed this front while you were at it. Nothing of either is lost.",
            revision = stale.Front.Revision,
            by = await NameAsync(db, stale.Front.SavedById, ct),
            was = new { arrangement = merge.Was },
            disputes = merge.Disputes.Select(unit => new
            {
                field = words.Name(unit, theirs, mine),
                theirs = words.Said(unit, theirs),
                mine = words.Said(unit, mine),
                // Chosen either way, it is from then on a change of this editor's to an arrangement that says theirs.
                values = new { arrangement = unit.Take(theirs, merge.Was) },
                taken = unit.Take(theirs, mine),
            }),
        };
    }

    private static async Task<IResult> PresenceAsync(int front, SignOfLife sign, ClaimsPrincipal who, NewsroomDb db, CancellationToken ct)
    {
        if (!sign.IsSound)
            return Problem(StatusCodes.Status400BadRequest, "A page without a name cannot be told from the others.");
        if (await FrontDesk.NameAsync(db, front, ct) is null)
            return NoSuchFront();

        await FrontPresence.SayAsync(db, front, who.Id(), sign, ct);
        var revision = await db.Fronts.Where(f => f.Id == front).Select(f => f.Revision).SingleOrDefaultAsync(ct);
        return TypedResults.Json(new { revision, others = await FrontPresence.OfOthersAsync(db, front, who.Id(), sign.Tab!, ct) });
    }

    private static async Task<IResult> LeaveAsync(int front, string? tab, ClaimsPrincipal who, NewsroomDb db, CancellationToken ct)
    {
        await FrontPresence.LeaveAsync(db, front, who.Id(), tab ?? "", ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> LookAsync(int front, FrontForm form, NewsroomDb db, MostReadOnFront mostRead, TimeProvider clock, CancellationToken ct)
    {
        var arrangement = await FrontDesk.OnlyKnownAsync(db, form.AsSave().Arrangement, ct);
        return arrangement.WhyNot(story => $"story {story}") is { } objection
            ? Problem(StatusCodes.Status422UnprocessableEntity, objection)
            : TypedResults.Json(await LookOfFront.OfAsync(db, arrangement, await ClockAsync(db, ct), mostRead, clock.GetUtcNow(), ct));
    }

    /// <summary>The front as readers would have it, by the readers' own components. Pictures come from where the newsroom sees them.</summary>
    private static async Task<IResult> PreviewAsync(int front, FrontForm form, NewsroomDb db, PaperFrames frames, MostReadOnFront mostRead, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var arrangement = await FrontDesk.OnlyKnownAsync(db, form.AsSave().Arrangement, ct);
        if (arrangement.WhyNot(story => $"story {story}") is { } objection)
            return Problem(StatusCodes.Status422UnprocessableEntity, objection);

        var containers = (arrangement.Containers.Count > 0
            ? await FrontFilling.DraftAsync(db, arrangement, frame.Clock, mostRead, frame.Now, ct)
            : await FrontFilling.DraftAsync(db, FrontDesk.Beginning(front, ""), frame.Clock, mostRead, frame.Now, ct)).OnTheDesk().Containers;
        if (front == Front.OfThePaper)
            return new RazorComponentResult<FrontPage>(new { Frame = frame, Containers = containers });

        if (await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Id == front, ct) is not { } section)
            return NoSuchFront();

        await using var answers = await db.AskAsync(ct, StoryLists.InSection(section.Slug, 1, frame.Now));
        var list = (await answers.AllAsync(BriefRows.Read)).AsPage(1)!;
        return new RazorComponentResult<SectionFront>(new { Frame = frame, Section = section, List = list, Containers = arrangement.Containers.Count > 0 ? containers : [] });
    }

    private static async Task<IResult> PublishAsync(int front, FrontOrder order, ClaimsPrincipal who, NewsroomDb db, FrontDesk desk, CancellationToken ct)
    {
        var clock = await ClockAsync(db, ct);
        return clock.TryReadField(order.At, out var at)
            ? Answer(await desk.PublishAsync(front, order.BasedOn, at, who.Id(), ct))
            : Problem(StatusCodes.Status400BadRequest, "That moment was not understood. Give a date and a time.");
    }

    private static async Task<IResult> TakeBackAsync(int front, int version, FrontDesk desk, CancellationToken ct) => Answer(await desk.TakeBackAsync(front, version, ct));

    private static async Task<IResult> VersionsAsync(int front, NewsroomDb db, TimeProvider clock, CancellationToken ct) =>
        await FrontOnTheDesk.OpenAsync(db, front, await ClockAsync(db, ct), clock.GetUtcNow(), ct) is { } present ? TypedResults.Json(present) : NoSuchFront();

    private static async Task<IResult> VersionAsync(int front, int version, NewsroomDb db, CancellationToken ct) =>
        await db.FrontVersions.AsNoTracking().SingleOrDefaultAsync(v => v.FrontId == front && v.Id == version, ct) is { } found
            ? TypedResults.Json(new { arrangement = await FrontDesk.OnlyKnownAsync(db, found.Arrangement, ct) })
            : Problem(StatusCodes.Status404NotFound, "There is no such version of this front.");

    private static async Task<PaperClock> ClockAsync(NewsroomDb db, CancellationToken ct) => new((await db.SettingsAsync(ct)).Zone);

    private static async Task<string?> NameAsync(NewsroomDb db, int? person, CancellationToken ct) =>
        await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleOrDefaultAsync(ct);

    private static IResult Answer(FrontOutcome outcome) => outcome switch
    {
        FrontOutcome.Done done => TypedResults.Json(new { revision = done.Front.Revision }),
        FrontOutcome.Stale stale => TypedResults.Json(
            new { problem = "Somebody changed this front while you were at it. What they did comes into the page; look again before you go on.", revision = stale.Front.Revision },
            statusCode: StatusCodes.Status409Conflict),
        FrontOutcome.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Sentence),
        FrontOutcome.NotFound => NoSuchFront(),
        _ => throw new InvalidOperationException("An outcome nobody knows."),
    };

    private static IResult NoSuchFront() => Problem(StatusCodes.Status404NotFound, "There is no such front.");

    private static IResult Problem(int status, string sentence) => TypedResults.Json(new { problem = sentence }, statusCode: status);
}

/// <summary>The tool's work as its script sends it.</summary>
public sealed record FrontForm
{
    public int BasedOn { get; init; }
    public FrontForm? WentOutFrom { get; init; }
    public FrontArrangement? Arrangement { get; init; }

    public FrontSave AsSave() => new(BasedOn, (Arrangement ?? new()).Cleaned(), WentOutFrom?.Arrangement);
}

public sealed record FrontOrder
{
    public int BasedOn { get; init; }

    /// <summary>A wall-clock time in the paper's zone, as a datetime-local field gives it; empty for now.</summary>
    public string? At { get; init; }
}
