using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>What can be done to a story: each a short context of its own, from the first look to the last write.</summary>
public sealed partial class StoryDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<StoryDesk> log)
{
    public async Task<int> BeginAsync(int? ownerId, StoryText text, string? sourceKey = null, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);

        var story = Story.Begin(ownerId, clock.GetUtcNow(), sourceKey);
        story.Rewrite(await OnlyKnownAsync(db, text, ct), ownerId, clock.GetUtcNow());
        db.Add(story);
        await db.SaveChangesAsync(ct);
        await TieAsync(db, story, ct);
        await turn.CommitAsync(ct);

        log.LogInformation("Story {StoryId} was begun", story.Id);
        return story.Id;
    }

    public Task<StoryOutcome> SaveAsync(int id, int basedOn, StoryText text, int? byPerson, CancellationToken ct = default) =>
        SaveAsync(id, new StorySave(basedOn, text), byPerson, ct);

    /// <summary>
    /// Where a colleague has saved since, both texts are merged for whoever can take in what comes of it; nothing is written while something
    /// is in dispute. The same text once more is answered as it was the first time, when the answer may have been lost.
    /// </summary>
    public Task<StoryOutcome> SaveAsync(int id, StorySave save, int? byPerson, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            var mine = save.Text.Cleaned();
            if (mine.WhatIsTooLong().ToList() is { Count: > 0 } tooLong)
                return new StoryOutcome.Refused(tooLong);

            var isStale = save.BasedOn != story.RevisionNumber;
            if (isStale && !save.TakesMerge)
                return story.Draft.SaysTheSameAs(mine) ? new StoryOutcome.Done(story) : new StoryOutcome.Stale(story);

            var merge = !isStale ? null : StoryMerge.Of(await WentOutFromAsync(db, story, save, mine, byPerson, ct), story.Draft, mine);
            if (merge is { Disputes.Count: > 0 })
                return new StoryOutcome.Stale(story, merge);
            if (merge?.Text.WhatIsTooLong().ToList() is { Count: > 0 } tooLongTogether)
                return new StoryOutcome.Refused(tooLongTogether);

            await KeepAsync(db, story, await OnlyKnownAsync(db, merge?.Text ?? mine, ct), byPerson, now, save, ct);
            return new StoryOutcome.Done(story, merge);
        });

    private async Task KeepAsync(NewsroomDb db, Story story, StoryText text, int? byPerson, DateTimeOffset now, StorySave save, CancellationToken ct)
    {
        if (!story.Draft.SaysTheSameAs(text))
        {
            var headlineBefore = story.Draft.Headline;
            var revision = story.Rewrite(text, byPerson, now, save.IsAutosave);
            if (save.Restored is { } restored)
                revision.Restores(restored);
            await db.SaveChangesAsync(ct);
            if (story.Revisions.Exists(revision => revision.IsPassing))
                await ForgetWhatPassedAsync(db, story, headlineBefore, now, ct);
            await TieAsync(db, story, ct);
            await CommentDesk.FollowAsync(db, story, ct);
            log.LogInformation("Story {StoryId} was saved as revision {Revision}", story.Id, story.RevisionNumber);
        }
        else if (!save.IsAutosave && story.SavedById == byPerson)
        {
            story.CloseRevision();
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>A headline that was half typed when an autosave was made is no headline that other stories' lines may find the story by.</summary>
    private static async Task ForgetWhatPassedAsync(NewsroomDb db, Story story, string headlineBefore, DateTimeOffset now, CancellationToken ct)
    {
        await db.Revisions.Where(r => r.StoryId == story.Id && r.IsPassing && r.SavedAt < now - Revision.KeptWhilePassing).ExecuteDeleteAsync(ct);
        if (story.Draft.Headline == headlineBefore)
            return;

        var meant = await db.Revisions.Where(r => r.StoryId == story.Id && !r.IsPassing).Select(r => r.Text.Headline).Distinct().ToListAsync(ct);
        await ReadMoreLinks.ForgetHeadlineAsync(db, story.Id, headlineBefore, meant, now, ct);
    }

    /// <summary>
    /// The text that both have changed. The answer to an earlier try may have been lost on its way: then what was saved by it is what the
    /// editor went on from.
    /// </summary>
    private static async Task<StoryText?> WentOutFromAsync(NewsroomDb db, Story story, StorySave save, StoryText mine, int? byPerson, CancellationToken ct)
    {
        var since = await db.Revisions.AsNoTracking().Where(r => r.StoryId == story.Id && r.Number > save.BasedOn && r.SavedById == byPerson)
            .OrderByDescending(r => r.Number).Take(20).ToListAsync(ct);
        if (since.Find(revision => revision.Text.SaysTheSameAs(mine)) is { } savedAlready)
            return savedAlready.Text;

        return save.WentOutFrom?.Cleaned() ?? await db.Revisions.AsNoTracking().Where(r => r.StoryId == story.Id && r.Number == save.BasedOn).Select(r => r.Text).SingleOrDefaultAsync(ct);
    }

    /// <param name="embargo">Applied in the same breath, so that nothing is public before it; null leaves the embargo as it stands.</param>
    /// <param name="isByHand">An editor is asked for what pictures still need; an import takes a story as it stood elsewhere.</param>
    public Task<StoryOutcome> PublishAsync(
        int id, int basedOn, DateTimeOffset? at = null, bool isSubstantive = true, string reason = "", NewEmbargo? embargo = null, bool isByHand = false,
        int? byPerson = null, CancellationToken ct = default) =>
        ChangeAsync(id, basedOn, ct, async (db, story, now) =>
        {
            var copy = await ReadAsync(db, story.Draft.Copy, ct);
            if (story.WhatIsInTheWay(story.Draft, copy, at ?? now, now) is { Count: > 0 } inTheWay)
                return new StoryOutcome.Refused(inTheWay);
            if (isByHand && Unfinished.WhatIsAskedFor(story.Draft, copy) is { Count: > 0 } asked)
                return new StoryOutcome.Refused(asked);
            if (isByHand && byPerson is { } publisher && await FourEyes.WhyNotAsync(db, story, publisher, ct) is { } noSecondEyes)
                return new StoryOutcome.Refused([noSecondEyes]);
            if (embargo is not null && story.WhyNotEmbargo(embargo.Until, now) is { } objection)
                return new StoryOutcome.Refused([objection]);

            if (embargo is not null)
                story.Embargo(embargo.Until, now);
            await GiveToReadersAsync(db, story, copy, at ?? now, now, isSubstantive, reason, byPerson, ct);
            await ReadMoreLinks.LookAgainAsync(db, id, now, ct);
            log.LogInformation("Story {StoryId} was published as revision {Revision}, for {PublishAt}", story.Id, story.RevisionNumber, story.PublishAt);
            return new StoryOutcome.Done(story);
        });

    /// <summary>The newest revision becomes the readers' one, with all that is kept beside it.</summary>
    private static async Task GiveToReadersAsync(
        NewsroomDb db, Story story, CopyText copy, DateTimeOffset at, DateTimeOffset now, bool isSubstantive, string reason, int? byPerson, CancellationToken ct)
    {
        await LoadFilingAsync(db, story, ct);
        story.Publish(at, now, isSubstantive, PlainWords.OneLine(reason));
        await SearchFiling.EnterAsync(db, story, copy, ct);
        if (byPerson is { } by)
            db.Add(FourEyes.Published(story, by, now));
        await db.SaveChangesAsync(ct);
        await PictureUses.TieAsync(db, story, copy, ct);
    }

    /// <summary>For imported stories: the moment of the last substantive change, as another system recorded it.</summary>
    public Task<StoryOutcome> RememberUpdateAsync(int id, DateTimeOffset updatedAt, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            story.RememberUpdate(updatedAt);
            await db.SaveChangesAsync(ct);
            return new StoryOutcome.Done(story);
        });

    /// <summary>For imported stories: pictures that come later than their story. A story that a person has had in hand is left as it is.</summary>
    public Task<StoryOutcome> IllustrateAsync(int id, Func<StoryText, StoryText> withPicture, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            await db.Entry(story).Collection(s => s.Revisions).LoadAsync(ct);
            if (story.SourceKey is null || story.SavedById is not null || story.Revisions.Any(r => r.SavedById is not null))
                return new StoryOutcome.NotFound();

            story.Illustrate(withPicture);
            await db.SaveChangesAsync(ct);
            await PictureUses.TieAsync(db, story, await ReadAsync(db, story.Draft.Copy, ct), ct);
            return new StoryOutcome.Done(story);
        });

    public Task<StoryOutcome> EmbargoAsync(int id, DateTimeOffset? until, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (story.WhyNotEmbargo(until, now) is { } obstacle)
                return new StoryOutcome.Refused([obstacle]);

            story.Embargo(until, now);
            await SearchFiling.MoveAsync(db, story, ct);
            await db.SaveChangesAsync(ct);
            return new StoryOutcome.Done(story);
        });

    public Task<StoryOutcome> TakeScheduleBackAsync(int id, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (story.StateAt(now) != StoryState.Due)
                return new StoryOutcome.Refused([new("at", "The story is not waiting to be published (any more).")]);

            await LoadFilingAsync(db, story, ct);
            story.TakeScheduleBack(now);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Story {StoryId} was taken off the schedule", story.Id);
            return new StoryOutcome.Done(story);
        });

    public Task<StoryOutcome> WithdrawAsync(int id, int? successorId = null, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (story.StateAt(now) != StoryState.Live)
                return new StoryOutcome.Refused([new("state", "The story is not live, so there is nothing to withdraw.")]);
            if (successorId == id)
                return new StoryOutcome.Refused([new("successor", "A story cannot be its own successor.")]);
            if (successorId is not null && !await db.Stories.AnyAsync(s => s.Id == successorId, ct))
                return new StoryOutcome.Refused([new("successor", $"There is no story {successorId} to send readers to.")]);

            story.Withdraw(now, successorId);
            await db.SaveChangesAsync(ct);
            await ReadMoreLinks.LookAgainAsync(db, id, now, ct);
            log.LogInformation("Story {StoryId} was withdrawn", story.Id);
            return new StoryOutcome.Done(story);
        });

    public Task<StoryOutcome> BringBackAsync(int id, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (story.StateAt(now) != StoryState.Withdrawn)
                return new StoryOutcome.Refused([new("state", "The story has not been withdrawn.")]);
            if (story.KilledAt is not null)
                return new StoryOutcome.Refused([new("state", "This story was killed. The chief editor alone can bring it back.")]);

            story.BringBack();
            await db.SaveChangesAsync(ct);
            await ReadMoreLinks.LookAgainAsync(db, id, now, ct);
            log.LogInformation("Story {StoryId} was brought back", story.Id);
            return new StoryOutcome.Done(story);
        });

    /// <summary>A draft that readers never saw may be thrown away; anything else is withdrawn instead.</summary>
    /// <param name="basedOn">The revision the editor has seen; a newer one is not thrown away with it.</param>
    public Task<StoryOutcome> SpikeAsync(int id, int? basedOn = null, CancellationToken ct = default) =>
        ChangeAsync(id, basedOn, ct, async (db, story, now) =>
        {
            if (story.StateAt(now) != StoryState.Draft)
                return new StoryOutcome.Refused([new("state", "Only a draft can be spiked. Withdraw the story instead.")]);

            var headlines = await ReadMoreLinks.KnownHeadlinesOfAsync(db, id, ct);
            db.Remove(story);
            await db.SaveChangesAsync(ct);
            await ReadMoreLinks.LookAgainAsync(db, headlines, now, ct);
            log.LogInformation("Draft {StoryId} was spiked", story.Id);
            return new StoryOutcome.Done(story);
        });

    internal async Task<StoryOutcome> ChangeAsync(
        int id, int? basedOn, CancellationToken ct, Func<NewsroomDb, Story, DateTimeOffset, Task<StoryOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);

        var story = await db.Stories.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (story is null)
            return new StoryOutcome.NotFound();
        if (basedOn is not null && basedOn != story.RevisionNumber)
            return new StoryOutcome.Stale(story);

        await db.Entry(story).Collection(s => s.Revisions).Query().Where(r => r.Number == story.RevisionNumber).LoadAsync(ct);
        var outcome = await apply(db, story, clock.GetUtcNow());
        if (outcome is StoryOutcome.Done)
            await turn.CommitAsync(ct);
        return outcome;
    }

    private static async Task TieAsync(NewsroomDb db, Story story, CancellationToken ct)
    {
        var copy = await ReadAsync(db, story.Draft.Copy, ct);
        await ReadMoreLinks.TieAsync(db, story, copy, ct);
        await PictureUses.TieAsync(db, story, copy, ct);
    }

    /// <summary>An id that means nothing (any more) is left out rather than kept as a broken reference.</summary>
    private static async Task<StoryText> OnlyKnownAsync(NewsroomDb db, StoryText written, CancellationToken ct)
    {
        var text = await FormerSlugs.PresentAsync(db, written, ct);
        var sections = await db.Sections.Where(s => s.Id == text.SectionId).Select(s => s.Id).ToListAsync(ct);
        var topics = await db.Topics.Where(t => text.TopicIds.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        var writers = await db.Writers.Where(w => text.WriterIds.Contains(w.Id)).Select(w => w.Id).ToListAsync(ct);
        var pictures = await db.Pictures.Where(p => p.Id == text.PictureId).Select(p => p.Id).ToListAsync(ct);
        var related = await db.Stories.Where(s => text.RelatedIds.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);

        return text.Cleaned() with
        {
            SectionId = sections.Count > 0 ? text.SectionId : null,
            PictureId = pictures.Count > 0 ? text.PictureId : null,
            TopicIds = [.. text.TopicIds.Where(topics.Contains).Distinct()],
            WriterIds = [.. text.WriterIds.Where(writers.Contains).Distinct()],
            RelatedIds = [.. text.RelatedIds.Where(related.Contains).Distinct()],
        };
    }

    internal static async Task LoadFilingAsync(NewsroomDb db, Story story, CancellationToken ct)
    {
        await db.Entry(story).Collection(s => s.Topics).LoadAsync(ct);
        await db.Entry(story).Collection(s => s.Bylines).LoadAsync(ct);
    }

    internal static async Task<CopyText> ReadAsync(NewsroomDb db, string copy, CancellationToken ct) =>
        CopyText.Read(copy, (await db.SettingsAsync(ct)).LabelsInUse);
}

/// <summary>A text as an editor's browser sends it.</summary>
/// <param name="BasedOn">The newest revision the editor has seen.</param>
/// <param name="IsAutosave">Saved by the page itself, in a pause.</param>
/// <param name="WentOutFrom">What the text was made from, where that is not the text of the revision it is based on.</param>
/// <param name="TakesMerge">Whether the sender takes a merged text in. One that did not would write over it with the next save.</param>
public sealed record StorySave(int BasedOn, StoryText Text, bool IsAutosave = false, StoryText? WentOutFrom = null, bool TakesMerge = false)
{
    /// <summary>The earlier revision whose text it is, whole or in a part.</summary>
    public Restored? Restored { get; init; }
}

/// <summary>An embargo as an editor orders it: until a moment, or none.</summary>
public sealed record NewEmbargo(DateTimeOffset? Until);

/// <summary>What became of a change; expected outcomes are values, not exceptions.</summary>
public abstract record StoryOutcome
{
    private StoryOutcome() { }

    /// <param name="Merge">Where a colleague's changes were taken in.</param>
    public sealed record Done(Story Story, StoryMerge? Merge = null) : StoryOutcome;

    /// <summary>Someone saved a newer revision meanwhile; nothing was written.</summary>
    /// <param name="Merge">What is in dispute, where a text was to be saved.</param>
    public sealed record Stale(Story Story, StoryMerge? Merge = null) : StoryOutcome;

    public sealed record Refused(IReadOnlyList<Missing> Why) : StoryOutcome;

    public sealed record NotFound : StoryOutcome;
}
