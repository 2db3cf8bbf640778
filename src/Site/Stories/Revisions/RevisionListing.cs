using LondonDefender.Data;
using LondonDefender.Stories.Changes;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Revisions;

/// <summary>One page of a story's revisions, newest first. Autosaves that a later one stands for are none.</summary>
/// <param name="Older">The number that the next page begins below; null on the last.</param>
public sealed record RevisionListing(IReadOnlyList<RevisionListing.Row> Rows, int Count, int? Older)
{
    public const int PageSize = 15;

    public sealed record Row(int Number, DateTimeOffset SavedAt, string? SavedBy, DateTimeOffset? AutosavedSince, DateTimeOffset? PublishedAt,
        bool IsSubstantive, string Reason, int? RestoredFrom, string RestoredPart)
    {
        /// <summary>When readers got it, if they did.</summary>
        public DateTimeOffset? ReadersHadItFrom { get; init; }

        /// <summary>When the next one took its place; null for the last they had.</summary>
        public DateTimeOffset? ReadersHadItTo { get; init; }
    }

    public static async Task<RevisionListing> FindAsync(NewsroomDb db, Story story, int? below, DateTimeOffset now, CancellationToken ct)
    {
        var revisions = Kept(db, story.Id);
        var found = await revisions.Where(r => below == null || r.Number < below).OrderByDescending(r => r.Number).Take(PageSize + 1)
            .Select(r => new Row(r.Number, r.SavedAt, db.Users.Where(p => p.Id == r.SavedById).Select(p => p.Name).FirstOrDefault(),
                r.AutosavedSince, r.PublishedAt, r.IsSubstantive, r.Reason, r.RestoredFrom, r.RestoredPart))
            .ToListAsync(ct);

        var had = story.PublishAt is null ? [] : await PublishedVersions.OfAsync(db, story, now, ct);
        var rows = found.Take(PageSize).Select(row => Told(row, had)).ToList();
        return new(rows, await revisions.CountAsync(ct), found.Count > PageSize ? rows[^1].Number : null);
    }

    /// <summary>The one that an editor would say came before; null for the first.</summary>
    public static Task<int?> BeforeAsync(NewsroomDb db, int storyId, int number, CancellationToken ct) =>
        Kept(db, storyId).Where(r => r.Number < number).OrderByDescending(r => r.Number).Select(r => (int?)r.Number).FirstOrDefaultAsync(ct);

    private static IQueryable<Revision> Kept(NewsroomDb db, int storyId) => db.Revisions.AsNoTracking().Where(r => r.StoryId == storyId && !r.IsPassing);

    private static Row Told(Row row, IReadOnlyList<PublishedVersion> had)
    {
        var (place, version) = had.Index().FirstOrDefault(one => one.Item.Number == row.Number);
        return version is null ? row : row with { ReadersHadItFrom = version.At, ReadersHadItTo = place + 1 < had.Count ? had[place + 1].At : null };
    }
}
