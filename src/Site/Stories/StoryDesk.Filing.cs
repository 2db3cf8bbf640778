using LondonDefender.Data;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

public sealed partial class StoryDesk
{
    /// <summary>
    /// Files a story elsewhere. Readers who have it, or will, get what they have filed so, as a minor change; what has not been published stays so,
    /// and is filed there, too. A withdrawn story is filed so in its working text alone.
    /// </summary>
    /// <param name="reason">Stands among the story's public changes.</param>
    public Task<StoryOutcome> RefileAsync(int id, Func<StoryText, StoryText> refile, string reason, int? byPerson, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            var (working, workingNumber, publishedNumber) = (story.Draft, story.RevisionNumber, story.PublishedNumber);
            if (story is { PublishedNumber: { } number, WithdrawnAt: null })
            {
                var published = story.HasUnpublishedChanges ? await TextAsync(db, id, number, ct) : working;
                if (await RefilePublishedAsync(db, story, published, refile(published), reason, byPerson, now, ct) is { } refusal)
                    return refusal;
            }

            await KeepAsync(db, story, await OnlyKnownAsync(db, refile(working), ct), byPerson, now, new(story.RevisionNumber, working), ct);
            if (story.PublishedNumber != publishedNumber && story.HasUnpublishedChanges)
                await KeepStageAsync(db, story, workingNumber, publishedNumber ?? 0, ct);
            return new StoryOutcome.Done(story);
        });

    /// <summary>Makes a story somebody's own, or nobody's. Its text stays as it is.</summary>
    public Task<StoryOutcome> GiveToAsync(int id, int? personId, CancellationToken ct = default) =>
        ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (personId is not null && !await db.Users.AnyAsync(p => p.Id == personId && p.IsActive, ct))
                return new StoryOutcome.Refused([new("owner", "Nobody of that number works here (any more).")]);

            story.GiveTo(personId);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Story {StoryId} was given to person {PersonId}", id, personId);
            return new StoryOutcome.Done(story);
        });

    private async Task<StoryOutcome?> RefilePublishedAsync(
        NewsroomDb db, Story story, StoryText published, StoryText refiled, string reason, int? byPerson, DateTimeOffset now, CancellationToken ct)
    {
        var text = await OnlyKnownAsync(db, refiled, ct);
        if (text.SaysTheSameAs(published))
            return null;

        var copy = await ReadAsync(db, text.Copy, ct);
        var at = story.HasAppearedAt(now) ? now : story.PublishAt!.Value;
        if (story.WhatIsInTheWay(text, copy, at, now) is { Count: > 0 } inTheWay)
            return new StoryOutcome.Refused(inTheWay);

        await KeepAsync(db, story, text, byPerson, now, new(story.RevisionNumber, text), ct);
        await GiveToReadersAsync(db, story, copy, at, now, isSubstantive: false, reason, byPerson, ct);
        log.LogInformation("Story {StoryId} was filed elsewhere as revision {Revision}", story.Id, story.RevisionNumber);
        return null;
    }

    /// <summary>A change that was being worked on is no further and no less far for it. Only what was changed since it was ready has to be called so again.</summary>
    private static Task<int> KeepStageAsync(NewsroomDb db, Story story, int workingNumber, int publishedNumber, CancellationToken ct) => db.StoryProgress
        .Where(p => p.StoryId == story.Id && p.Revision > publishedNumber && (p.Stage != Stage.Ready || p.Revision == workingNumber))
        .ExecuteUpdateAsync(set => set.SetProperty(p => p.Revision, story.RevisionNumber), ct);

    private static Task<StoryText> TextAsync(NewsroomDb db, int id, int number, CancellationToken ct) =>
        db.Revisions.AsNoTracking().Where(r => r.StoryId == id && r.Number == number).Select(r => r.Text).SingleAsync(ct);
}
