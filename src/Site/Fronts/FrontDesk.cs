using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>What can be done to a front: its draft saved, a version given to readers now or at a moment, and taken off the schedule again.</summary>
public sealed class FrontDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<FrontDesk> log)
{
    /// <summary>
    /// Where a colleague has saved since, both are merged; nothing is written while something is in dispute. The same arrangement once more is
    /// answered as it was the first time, when the answer may have been lost.
    /// </summary>
    public Task<FrontOutcome> SaveAsync(int id, FrontSave save, int? byPerson, CancellationToken ct = default) =>
        ChangeAsync(id, ct, async (db, front, now) =>
        {
            var mine = await OnlyKnownAsync(db, save.Arrangement.Cleaned(), ct);
            if (await WhyNotAsync(db, mine, now, ct) is { } objection)
                return new FrontOutcome.Refused(objection);

            var isStale = save.BasedOn != front.Revision && !front.Draft.SaysTheSameAs(mine);
            var merge = isStale ? FrontMerge.Of(save.WentOutFrom?.Cleaned(), front.Draft, mine) : null;
            if (merge is { Disputes.Count: > 0 })
                return new FrontOutcome.Stale(front, merge, mine);

            var arrangement = merge?.Arrangement ?? mine;
            if (merge is not null && await WhyNotAsync(db, arrangement, now, ct) is { } objectionToBoth)
                return new FrontOutcome.Refused(objectionToBoth);

            if (!front.Draft.SaysTheSameAs(arrangement))
            {
                front.Rearrange(arrangement, byPerson, now);
                await db.SaveChangesAsync(ct);
                log.LogInformation("Front {FrontId} was saved as revision {Revision}", id, front.Revision);
            }

            return new FrontOutcome.Done(front, merge);
        });

    /// <param name="basedOn">What the editor has seen; what a colleague has done since is not given to readers with it.</param>
    /// <param name="at">Null for now.</param>
    public Task<FrontOutcome> PublishAsync(int id, int basedOn, DateTimeOffset? at, int? byPerson, CancellationToken ct = default) =>
        ChangeAsync(id, ct, async (db, front, now) =>
        {
            if (basedOn != front.Revision)
                return new FrontOutcome.Stale(front);
            if (Front.WhyNotPublish(at ?? now, now) is { } obstacle)
                return new FrontOutcome.Refused(obstacle);

            var version = front.Publish(at ?? now, byPerson, now);
            db.Add(version);
            db.AddRange(version.Arrangement.Pins.Where(card => card.PictureId is not null)
                .Select(card => new FrontPicture { Version = version, StoryId = card.StoryId, PictureId = card.PictureId!.Value }));
            await db.SaveChangesAsync(ct);
            log.LogInformation("Front {FrontId} was published as version {Version}, for {PublishAt}", id, version.Id, version.PublishAt);
            return new FrontOutcome.Done(front);
        });

    public Task<FrontOutcome> TakeBackAsync(int id, int version, CancellationToken ct = default) =>
        ChangeAsync(id, ct, async (db, front, now) =>
        {
            if (await db.FrontVersions.SingleOrDefaultAsync(v => v.FrontId == id && v.Id == version, ct) is not { } waiting)
                return new FrontOutcome.NotFound();
            if (!waiting.IsWaitingAt(now))
                return new FrontOutcome.Refused("That version is not waiting (any more). To undo it, publish an earlier one.");

            waiting.TakeBack(now);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Version {Version} of front {FrontId} was taken off the schedule", version, id);
            return new FrontOutcome.Done(front);
        });

    /// <summary>What a front nobody has touched yet begins with: as readers have it.</summary>
    public static FrontArrangement Beginning(int id, string name) => new()
    {
        Containers =
        [
            id == Front.OfThePaper
                ? new() { Key = "newest", Title = ReadersWords.Latest, Layout = ContainerLayout.Lead, Size = FrontFilling.ShownUnarranged }
                : new() { Key = "newest", Title = name, Layout = ContainerLayout.Lead, Size = 7, Fill = new() { SectionId = id } },
        ],
    };

    private async Task<FrontOutcome> ChangeAsync(int id, CancellationToken ct, Func<NewsroomDb, Front, DateTimeOffset, Task<FrontOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        if (await NameAsync(db, id, ct) is not { } name)
            return new FrontOutcome.NotFound();

        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO fronts (id, draft, revision, saved_at) VALUES ({id}, {Beginning(id, name).Write()}::jsonb, 0, {now}) ON CONFLICT DO NOTHING", ct);
        // Held until it is saved: two editors take turns.
        var front = await db.Fronts.FromSql($"SELECT * FROM fronts WHERE id = {id} FOR UPDATE").SingleAsync(ct);
        var outcome = await apply(db, front, now);
        if (outcome is FrontOutcome.Done)
            await turn.CommitAsync(ct);
        return outcome;
    }

    /// <summary>Null where there is no such front.</summary>
    public static async Task<string?> NameAsync(NewsroomDb db, int id, CancellationToken ct) =>
        id == Front.OfThePaper ? "Front page" : await db.Sections.Where(section => section.Id == id).Select(section => section.Name).SingleOrDefaultAsync(ct);

    private static async Task<string?> WhyNotAsync(NewsroomDb db, FrontArrangement arrangement, DateTimeOffset now, CancellationToken ct) =>
        arrangement.WhyNot(story => $"story {story}") is null ? null : arrangement.WhyNot((await FrontWords.ForAsync(db, now, [arrangement], ct)).Headline);

    /// <summary>An id that means nothing (any more) is left out rather than kept as a broken reference.</summary>
    internal static async Task<FrontArrangement> OnlyKnownAsync(NewsroomDb db, FrontArrangement given, CancellationToken ct)
    {
        int[] named = [.. given.Pins.Select(card => card.StoryId)], shown = [.. given.Pins.Select(card => card.PictureId).OfType<int>()];
        int[] filed = [.. given.Containers.Select(container => container.Fill.TopicId).OfType<int>()];
        var stories = await db.Stories.Where(s => named.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);
        var pictures = await db.Pictures.Where(p => shown.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        var topics = await db.Topics.Where(t => filed.Contains(t.Id)).Select(t => t.Id).ToListAsync(ct);
        var sections = await db.Sections.Select(s => s.Id).ToListAsync(ct);

        return given with
        {
            Containers = [.. given.Containers.Select(container => container with
            {
                Pins = [.. container.Pins.Where(card => stories.Contains(card.StoryId)).Select(card => card with { PictureId = card.PictureId is { } picture && pictures.Contains(picture) ? picture : null })],
                Fill = container.Fill with
                {
                    SectionId = container.Fill.SectionId is { } section && sections.Contains(section) ? section : null,
                    TopicId = container.Fill.TopicId is { } topic && topics.Contains(topic) ? topic : null,
                },
            })],
        };
    }
}

/// <summary>An arrangement as an editor's browser sends it.</summary>
/// <param name="BasedOn">The newest revision the editor has seen.</param>
/// <param name="WentOutFrom">What it was made from.</param>
public sealed record FrontSave(int BasedOn, FrontArrangement Arrangement, FrontArrangement? WentOutFrom = null);

/// <summary>What became of a change to a front.</summary>
public abstract record FrontOutcome
{
    private FrontOutcome() { }

    /// <param name="Merge">Where a colleague's changes were taken in.</param>
    public sealed record Done(Front Front, FrontMerge? Merge = null) : FrontOutcome;

    /// <summary>A colleague has saved meanwhile; nothing was written.</summary>
    /// <param name="Merge">What is in dispute, where something was to be saved.</param>
    public sealed record Stale(Front Front, FrontMerge? Merge = null, FrontArrangement? Mine = null) : FrontOutcome;

    public sealed record Refused(string Sentence) : FrontOutcome;

    public sealed record NotFound : FrontOutcome;
}
