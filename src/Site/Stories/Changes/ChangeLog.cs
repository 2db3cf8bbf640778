using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Changes;

/// <summary>One page of all that readers had of a story, newest first.</summary>
public sealed record ChangeLog(IReadOnlyList<ChangeLog.Entry> Entries, int Changes, int Page, bool HasMore)
{
    private const int PageSize = 10;

    /// <param name="Ordinal">1 for what was first published; the anchor of the entry.</param>
    /// <param name="Parts">What differs from the version before; empty for the first.</param>
    public sealed record Entry(PublishedVersion Version, int Ordinal, IReadOnlyList<PartChanges> Parts)
    {
        public bool IsFirst => Ordinal == 1;
        public string Anchor => string.Create(null, $"version-{Ordinal}");
    }

    /// <summary>Null where there is no such page.</summary>
    public static async Task<ChangeLog?> OfAsync(NewsroomDb db, Story story, int page, PaperFrame frame, CancellationToken ct)
    {
        var versions = await PublishedVersions.OfAsync(db, story, frame.Now, ct);
        var newest = versions.Count - ((page - 1) * PageSize);
        if (newest < 1)
            return null;

        var oldest = Math.Max(1, newest - PageSize + 1);
        var texts = await TextsAsync(db, story.Id, [.. versions.Skip(oldest - 2).Take(newest - Math.Max(oldest - 2, 0))], frame, ct);
        var entries = versions.Index().Skip(oldest - 1).Take(newest - oldest + 1).Reverse()
            .Select(version => new Entry(version.Item, version.Index + 1, version.Index == 0
                ? []
                : PartChanges.Between(texts[versions[version.Index - 1].Number], texts[version.Item.Number])));
        return new([.. entries], versions.Count - 1, page, oldest > 1);
    }

    private static async Task<Dictionary<int, ShownText>> TextsAsync(NewsroomDb db, int storyId, IReadOnlyList<PublishedVersion> versions, PaperFrame frame, CancellationToken ct)
    {
        int[] numbers = [.. versions.Select(version => version.Number)];
        var texts = await db.Revisions.AsNoTracking().Where(r => r.StoryId == storyId && numbers.Contains(r.Number)).OrderBy(r => r.Number)
            .Select(r => new { r.Number, r.Text }).ToListAsync(ct);
        var shown = await ShownText.OfAsync(db, storyId, texts.Select(r => r.Text), frame.Settings, frame.Now, ct);
        return texts.Zip(shown).ToDictionary(pair => pair.First.Number, pair => pair.Second);
    }
}
