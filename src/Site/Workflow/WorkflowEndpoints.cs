using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Desk;
using LondonDefender.Paper;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>The calls by which a story is handed on and talked about, as the editing page makes them.</summary>
public static class WorkflowEndpoints
{
    public static void MapWorkflow(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/desk/stories/{id:int}").RequireAuthorization().WithMetadata(new NewsroomCall());
        calls.MapGet("/work", ShowAsync);

        var changes = calls.MapGroup("").RequireFormToken();
        changes.MapPost("/stage", MoveAsync);
        changes.MapPost("/comments", CommentAsync);
        changes.MapPost("/comments/{comment:int}/resolved", ResolveAsync);
        changes.MapGroup("").RequireAuthorization(Rights.Editors).MapPost("/assignment", AssignAsync);
        changes.MapGroup("").RequireAuthorization(Rights.ChiefEditors).MapPost("/second-eyes", WaiveAsync);
    }

    private static async Task<IResult> ShowAsync(int id, ClaimsPrincipal who, NewsroomDb db, TimeProvider clock, CancellationToken ct)
    {
        var story = await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        return story is null || !who.MayWriteIn(story)
            ? Answer(new WorkOutcome.NotYours("You may see the work on your own drafts only."))
            : new RazorComponentResult<StageBar>(new { Work = await StoryWork.ReadAsync(db, story, who, clock.GetUtcNow(), ct) });
    }

    private static async Task<IResult> MoveAsync(int id, StageOrder order, ClaimsPrincipal who, WorkflowDesk desk, CancellationToken ct) =>
        Answer(await desk.MoveAsync(id, new(order.Version, order.BasedOn, Stages.Named(order.To), order.Note), who, ct));

    private static async Task<IResult> AssignAsync(int id, AssignmentOrder order, ClaimsPrincipal who, NewsroomDb db, WorkflowDesk desk, CancellationToken ct)
    {
        var clock = new PaperClock((await db.SettingsAsync(ct)).Zone);
        return clock.TryReadField(order.DueAt, out var due)
            ? Answer(await desk.AssignAsync(id, new(order.Version, order.PersonId, due), who, ct))
            : Answer(new WorkOutcome.Refused("That time was not understood. Give a date and a time, or neither."));
    }

    private static async Task<IResult> WaiveAsync(int id, WaiverOrder order, ClaimsPrincipal who, WorkflowDesk desk, CancellationToken ct) =>
        Answer(await desk.WaiveSecondEyesAsync(id, order.BasedOn, order.Reason, who, ct));

    private static async Task<IResult> CommentAsync(int id, NewComment comment, ClaimsPrincipal who, CommentDesk desk, CancellationToken ct) => Answer(await desk.AddAsync(id, comment, who, ct));

    private static async Task<IResult> ResolveAsync(int id, int comment, Resolution resolution, ClaimsPrincipal who, CommentDesk desk, CancellationToken ct) =>
        Answer(await desk.ResolveAsync(id, comment, resolution.IsResolved, who, ct));

    private static IResult Answer(WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Done done => TypedResults.Json(new { said = done.Said }),
        WorkOutcome.Overtaken overtaken => Problem(StatusCodes.Status409Conflict, overtaken.Sentence),
        WorkOutcome.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Sentence),
        WorkOutcome.NotYours notYours => Problem(StatusCodes.Status403Forbidden, notYours.Sentence),
        WorkOutcome.NotFound => Problem(StatusCodes.Status404NotFound, "That is not there any more."),
        _ => throw new InvalidOperationException("An outcome nobody knows."),
    };

    private static IResult Problem(int status, string sentence) => TypedResults.Json(new { problem = sentence }, statusCode: status);

    /// <param name="To">A stage by its name.</param>
    internal sealed record StageOrder(int Version, int BasedOn, string? To, string? Note);

    /// <param name="DueAt">A wall-clock time in the paper's zone, as a datetime-local field gives it; empty for none.</param>
    internal sealed record AssignmentOrder(int Version, int? PersonId, string? DueAt);

    internal sealed record WaiverOrder(int BasedOn, string? Reason);

    internal sealed record Resolution(bool IsResolved);
}
