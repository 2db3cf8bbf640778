using System.Globalization;
using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Staff;
using LondonDefender.Stories.Publishing;
using LondonDefender.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>The calls the editing page makes. The text lives in the browser and is saved over plain HTTP, with the revision it was based on.</summary>
public static class StoryDeskEndpoints
{
    public static void MapStoryDesk(this IEndpointRouteBuilder app)
    {
        app.MapPost("/desk/stories", BeginAsync).RequireAuthorization().RequireFormToken();

        var calls = app.MapGroup("/desk/stories").RequireAuthorization().WithMetadata(new NewsroomCall()).RequireFormToken();
        calls.MapPut("/{id:int}", SaveAsync);
        calls.MapPost("/{id:int}/presence", PresenceAsync);
        calls.MapDelete("/{id:int}/presence", LeaveAsync);
        calls.MapPost("/{id:int}/preview", PreviewAsync);
        calls.MapPost("/{id:int}/read-copy", ReadCopyAsync);
        calls.MapPost("/{id:int}/spike", SpikeAsync);

        var publishing = calls.MapGroup("").RequireAuthorization(Rights.Editors).AddEndpointFilter(OnlyInOwnSectionsAsync);
        publishing.MapPost("/{id:int}/publish", PublishAsync);
        publishing.MapPost("/{id:int}/embargo", EmbargoAsync);
        publishing.MapPost("/{id:int}/take-back", (int id, StoryDesk desk, CancellationToken ct) => AnswerAsync(desk.TakeScheduleBackAsync(id, ct)));
        app.MapPublishing(calls, publishing);

        app.MapGet("/desk/find-story", FindAsync).RequireAuthorization().WithMetadata(new NewsroomCall());
    }

    private static async Task<IResult> BeginAsync(ClaimsPrincipal who, StoryDesk desk, CancellationToken ct)
    {
        var id = await desk.BeginAsync(who.Id(), new StoryText(), ct: ct);
        return TypedResults.LocalRedirect($"~/desk/stories/{id}");
    }

    private static async Task<IResult> SaveAsync(int id, StoryForm form, ClaimsPrincipal who, NewsroomDb db, StoryDesk desk, CancellationToken ct)
    {
        if (!await MayWriteAsync(db, id, who, ct))
            return await WhyNotAsync(db, id, ct);

        var save = form.AsSave();
        var outcome = await desk.SaveAsync(id, save, who.Id(), ct);
        Count(outcome);
        return outcome switch
        {
            StoryOutcome.Done { Merge: { } merge } done when !merge.Text.SaysTheSameAs(save.Text) => TypedResults.Json(await MergeAnswers.MergedAsync(db, done.Story, merge, ct)),
            StoryOutcome.Stale { Merge: { } merge } stale => TypedResults.Json(await MergeAnswers.InDisputeAsync(db, stale.Story, merge, ct), statusCode: StatusCodes.Status409Conflict),
            _ => Answer(outcome),
        };
    }

    private static void Count(StoryOutcome outcome)
    {
        if (outcome is StoryOutcome.Done { Merge: null or { IsOfBoth: true } })
            PaperMeters.Saves.Add(1);
        if (outcome is StoryOutcome.Done { Merge.IsOfBoth: true })
            PaperMeters.Merges.Add(1);
        else if (outcome is StoryOutcome.Stale)
            PaperMeters.SaveConflicts.Add(1);
    }

    private static async Task<IResult> PresenceAsync(int id, SignOfLife sign, ClaimsPrincipal who, NewsroomDb db, CancellationToken ct)
    {
        if (!await MayWriteAsync(db, id, who, ct))
            return await WhyNotAsync(db, id, ct);
        if (!sign.IsSound)
            return Problem(StatusCodes.Status400BadRequest, "A page without a name cannot be told from the others.");

        await Presence.SayAsync(db, id, who.Id(), sign, ct);
        var revision = await db.Stories.Where(s => s.Id == id).Select(s => s.RevisionNumber).SingleOrDefaultAsync(ct);
        return TypedResults.Json(new { revision, others = await Presence.OfOthersAsync(db, id, who.Id(), sign.Tab!, ct) });
    }

    private static async Task<IResult> LeaveAsync(int id, string? tab, ClaimsPrincipal who, NewsroomDb db, CancellationToken ct)
    {
        await Presence.LeaveAsync(db, id, who.Id(), tab ?? "", ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> PreviewAsync(int id, StoryForm form, ClaimsPrincipal who, NewsroomDb db, TimeProvider clock, IServiceProvider services, CancellationToken ct)
    {
        var story = await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (story is null || !who.MayWriteIn(story))
            return await WhyNotAsync(db, id, ct);

        var edited = await EditedStory.ReadAsync(db, story, form.AsText(), clock.GetUtcNow(), ct);
        return new RazorComponentResult<EditPanels>(new { Edited = edited, Page = await PreviewPage.PrintAsync(services, edited.Preview, ct) });
    }

    /// <summary>Pasted wire copy as fields, by the rules the importer has.</summary>
    private static async Task<IResult> ReadCopyAsync(int id, PastedCopy pasted, NewsroomDb db, CancellationToken ct)
    {
        var settings = await db.SettingsAsync(ct);
        var copy = WireCopy.Read(pasted.Text ?? "", settings);
        return TypedResults.Json(new { headline = copy.Headline, copy = copy.Body });
    }

    private static async Task<IResult> PublishAsync(int id, StoryOrder order, ClaimsPrincipal who, NewsroomDb db, StoryDesk desk, Witness witness, CancellationToken ct)
    {
        var (at, problem) = await MomentAsync(db, "moment", order.At, ct);
        var (until, otherProblem) = await MomentAsync(db, "embargo", order.Embargo, ct);
        var embargo = order.Embargo is null ? null : new NewEmbargo(until);
        return problem ?? otherProblem ?? await AnswerAsync(witness.SeeAsync(Deed.WentLive, who.Id(), order.Reason,
            desk.PublishAsync(id, order.BasedOn, at, order.IsSubstantive, order.Reason ?? "", embargo, isByHand: true, byPerson: who.Id(), ct), ct));
    }

    private static async Task<IResult> EmbargoAsync(int id, StoryOrder order, NewsroomDb db, StoryDesk desk, CancellationToken ct)
    {
        var (until, problem) = await MomentAsync(db, "embargo", order.At, ct);
        return problem ?? await AnswerAsync(desk.EmbargoAsync(id, until, ct));
    }

    private static async Task<IResult> SpikeAsync(int id, StoryOrder order, ClaimsPrincipal who, NewsroomDb db, StoryDesk desk, CancellationToken ct) =>
        await MayWriteAsync(db, id, who, ct) ? await AnswerAsync(desk.SpikeAsync(id, order.BasedOn, ct)) : await WhyNotAsync(db, id, ct);

    private static async Task<IResult> FindAsync(string? q, int? not, NewsroomDb db, TimeProvider clock, CancellationToken ct)
    {
        var settings = await db.SettingsAsync(ct);
        var hits = await StoryFinder.FindAsync(db, q ?? "", not ?? 0, clock.GetUtcNow(), ct);
        return new RazorComponentResult<PickerHits>(new { Hits = hits, Clock = new PaperClock(settings.Zone) });
    }

    internal static async Task<bool> MayWriteAsync(NewsroomDb db, int id, ClaimsPrincipal who, CancellationToken ct) =>
        await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } story && who.MayWriteIn(story);

    private static async ValueTask<object?> OnlyInOwnSectionsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var id = int.Parse((string)http.GetRouteValue("id")!, CultureInfo.InvariantCulture);
        var story = await http.RequestServices.GetRequiredService<NewsroomDb>().Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, http.RequestAborted);
        return story is null || http.User.IsEditorOf(story) ? await next(context) : Problem(StatusCodes.Status403Forbidden, "This story is filed under a section you are not editor of.");
    }

    private static async Task<(DateTimeOffset? At, IResult? Problem)> MomentAsync(NewsroomDb db, string name, string? at, CancellationToken ct)
    {
        var clock = new PaperClock((await db.SettingsAsync(ct)).Zone);
        return clock.TryReadField(at, out var moment)
            ? (moment, null)
            : (null, Problem(StatusCodes.Status400BadRequest, $"That {name} was not understood. Give a date and a time."));
    }

    internal static async Task<IResult> AnswerAsync(Task<StoryOutcome> change) => Answer(await change);

    private static IResult Answer(StoryOutcome outcome) => outcome switch
    {
        StoryOutcome.Done done => TypedResults.Json(new { revision = done.Story.RevisionNumber, savedAt = done.Story.SavedAt }),
        StoryOutcome.Refused refused => TypedResults.Json(
            new { problem = string.Join(" ", refused.Why.Select(m => m.Sentence)), missing = refused.Why }, statusCode: StatusCodes.Status422UnprocessableEntity),
        StoryOutcome.Stale stale => TypedResults.Json(
            new { problem = "Somebody saved this story while you were writing. Nothing of either text is lost.", revision = stale.Story.RevisionNumber, theirs = stale.Story.Draft, savedAt = stale.Story.SavedAt },
            statusCode: StatusCodes.Status409Conflict),
        StoryOutcome.NotFound => Problem(StatusCodes.Status404NotFound, "This story does not exist any more: somebody has spiked it. What you have written is still here; take it over into a new story."),
        _ => throw new InvalidOperationException("An outcome nobody knows."),
    };

    /// <summary>Why somebody may not write in a story: it is not theirs, or there is none any more.</summary>
    internal static async Task<IResult> WhyNotAsync(NewsroomDb db, int id, CancellationToken ct) => await db.Stories.AnyAsync(s => s.Id == id, ct)
        ? Problem(StatusCodes.Status403Forbidden, "You may write in your own drafts only; an editor can help with others.")
        : Answer(new StoryOutcome.NotFound());

    internal static IResult Problem(int status, string sentence) => TypedResults.Json(new { problem = sentence }, statusCode: status);

    public sealed record PastedCopy(string? Text);
}
