using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>A story handed on: from stage to stage, and from one to another.</summary>
public sealed class WorkflowDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<WorkflowDesk> log)
{
    private const string SavedMeanwhile = "The text has been saved since you looked at it. Look at it again before you say that it is ready.";

    public Task<WorkOutcome> MoveAsync(int id, StageMove move, ClaimsPrincipal who, CancellationToken ct = default) =>
        ChangeAsync(id, who, ct, async (db, story, progress) =>
        {
            var from = progress.StageBeyond(story.PublishedNumber);
            if (move.To is not { } to)
                return new WorkOutcome.Refused("Say where the story is to go: to review, to the lawyer, back, or ready.");
            // The answer to the first try may have been lost; a text that was changed since is called ready anew.
            if (from == to && progress.MovedById == who.Id() && (to != Stage.Ready || progress.Revision == story.RevisionNumber))
                return new WorkOutcome.Done();
            if (await OvertakenAsync(db, progress, move.Version, ct) is { } overtaken)
                return overtaken;
            if (WhyNot(story, from, to, move, who) is { } problem)
                return problem;

            progress.MoveTo(to, story.RevisionNumber, who.Id(), clock.GetUtcNow());
            db.Add(Step(story, to.AsStep(), who, PlainWords.OneLine(move.Note)));
            await Notices.OfMoveAsync(db, story, progress, to, who.Id(), clock.GetUtcNow(), ct);
            log.LogInformation("Story {StoryId} was moved from {From} to {Stage} by {PersonId}", id, from, to, who.Id());
            return new WorkOutcome.Done();
        });

    public Task<WorkOutcome> AssignAsync(int id, Assignment given, ClaimsPrincipal who, CancellationToken ct = default) =>
        ChangeAsync(id, who, ct, async (db, story, progress) =>
        {
            if (progress.AssigneeId == given.PersonId && progress.DueAt == given.DueAt)
                return new WorkOutcome.Done();
            if (await OvertakenAsync(db, progress, given.Version, ct) is { } overtaken)
                return overtaken;
            if (given.PersonId is { } person && !await db.Users.AnyAsync(p => p.Id == person && p.IsActive, ct))
                return new WorkOutcome.Refused("That person is not on the staff.");

            var (now, assigneeBefore, dueBefore) = (clock.GetUtcNow(), progress.AssigneeId, progress.DueAt);
            progress.Assign(given.PersonId, given.DueAt, who.Id(), now);
            if (given.PersonId != assigneeBefore)
            {
                db.Add(Step(story, StepKind.Assigned, who, person: given.PersonId));
                Notices.Tell(db, [given.PersonId], story.Id, NoticeKind.Assigned, who.Id(), now);
            }

            if (given.DueAt != dueBefore)
                db.Add(Step(story, StepKind.DueSet, who, due: given.DueAt));
            log.LogInformation("Story {StoryId} was given to {AssigneeId}, due {DueAt}, by {PersonId}", id, given.PersonId, given.DueAt, who.Id());
            return new WorkOutcome.Done();
        });

    /// <summary>Lets this very text be published by whoever wrote it.</summary>
    public Task<WorkOutcome> WaiveSecondEyesAsync(int id, int basedOn, string? reason, ClaimsPrincipal who, CancellationToken ct = default) =>
        ChangeAsync(id, who, ct, (db, story, _) =>
        {
            var words = PlainWords.OneLine(reason);
            if (words.Length is 0 or > StoryStep.LongestWords)
                return Task.FromResult<WorkOutcome>(new WorkOutcome.Refused($"Give the reason, in up to {StoryStep.LongestWords} characters; it stays with the story."));
            if (basedOn != story.RevisionNumber)
                return Task.FromResult<WorkOutcome>(new WorkOutcome.Overtaken("The text has been saved since you looked at it. Look at it again first."));

            db.Add(Step(story, StepKind.SecondEyesWaived, who, words));
            log.LogInformation("Person {PersonId} let revision {Revision} of story {StoryId} be published without a second pair of eyes", who.Id(), basedOn, id);
            return Task.FromResult<WorkOutcome>(new WorkOutcome.Done());
        });

    private static WorkOutcome? WhyNot(Story story, Stage from, Stage to, StageMove move, ClaimsPrincipal who) => to switch
    {
        _ when story.WithdrawnAt is not null => new WorkOutcome.Refused("The story has been withdrawn. Bring it back first."),
        _ when story.PublishedNumber == story.RevisionNumber => new WorkOutcome.Refused("This text is published, or waits for its time; there is nothing to hand on until it is changed."),
        _ when !who.IsEditorOf(story) && (from, to) is not ((Stage.Draft, Stage.InReview) or (Stage.InReview, Stage.Draft)) =>
            new WorkOutcome.NotYours("Writers send their drafts to review, and may take them back from there; the rest is the editors’."),
        Stage.Draft when who.IsEditorOf(story) && story.OwnerId != who.Id() && PlainWords.OneLine(move.Note).Length == 0 => new WorkOutcome.Refused("Say what is to be done, so that the writer knows why it comes back."),
        _ when PlainWords.OneLine(move.Note).Length > StoryStep.LongestWords => new WorkOutcome.Refused($"The note takes up to {StoryStep.LongestWords} characters. A comment on the passage has room for more."),
        Stage.Ready when move.BasedOn != story.RevisionNumber => new WorkOutcome.Overtaken(SavedMeanwhile),
        _ => null,
    };

    private async Task<WorkOutcome.Overtaken?> OvertakenAsync(NewsroomDb db, StoryProgress progress, int seen, CancellationToken ct)
    {
        if (seen == progress.Version)
            return null;

        var by = await db.Users.Where(p => p.Id == progress.ChangedById).Select(p => p.Name).SingleOrDefaultAsync(ct) ?? "Somebody";
        var paperClock = new PaperClock((await db.SettingsAsync(ct)).Zone);
        var until = progress.DueAt is { } due ? $", due {paperClock.DateAndTime(due)}" : "";
        var has = await db.Users.Where(p => p.Id == progress.AssigneeId).Select(p => p.Name).SingleOrDefaultAsync(ct) is { } name ? $"{name} has it" : "nobody has it";
        return new($"{by} was quicker, at {paperClock.Time(progress.ChangedAt)}: the story is at “{progress.Stage.InWords()}” now, and {has}{until}. Nothing of yours was changed; look again before you go on.");
    }

    private StoryStep Step(Story story, StepKind kind, ClaimsPrincipal who, string words = "", int? person = null, DateTimeOffset? due = null) => new()
    {
        StoryId = story.Id,
        Kind = kind,
        ById = who.Id(),
        At = clock.GetUtcNow(),
        RevisionNumber = story.RevisionNumber,
        PersonId = person,
        DueAt = due,
        Words = words,
    };

    /// <summary>Steps take turns with saves: what somebody calls ready is the text that they have seen.</summary>
    private async Task<WorkOutcome> ChangeAsync(int id, ClaimsPrincipal who, CancellationToken ct, Func<NewsroomDb, Story, StoryProgress, Task<WorkOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);

        var story = await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (story is null)
            return new WorkOutcome.NotFound();
        if (!who.MayWriteIn(story))
            return new WorkOutcome.NotYours("You may hand on your own drafts only; an editor can help with others.");

        var progress = await db.StoryProgress.SingleOrDefaultAsync(p => p.StoryId == id, ct) ?? db.Add(StoryProgress.Of(id)).Entity;
        var outcome = await apply(db, story, progress);
        if (outcome is not WorkOutcome.Done)
            return outcome;

        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return outcome;
    }
}

/// <param name="Version">The progress that was seen; 0 where there was none yet.</param>
/// <param name="BasedOn">The revision that was seen.</param>
/// <param name="To">Null where nobody knows what was meant.</param>
public sealed record StageMove(int Version, int BasedOn, Stage? To, string? Note);

public sealed record Assignment(int Version, int? PersonId, DateTimeOffset? DueAt);
