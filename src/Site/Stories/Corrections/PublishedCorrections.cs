using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Corrections;

/// <summary>A correction, and the live story it stands on.</summary>
public sealed record PublishedCorrection(Correction Correction, StoryBrief Story)
{
    public string Address => $"{Story.Address}#{Correction.Anchor}";
}

public static class PublishedCorrections
{
    private const string OfOne = "SELECT id, story_id, kind, placement, words, published_at FROM corrections WHERE story_id = $1 ORDER BY published_at, id";

    /// <inheritdoc cref="OfStoryAsync"/>
    public static Question OfStory(int id) => new(OfOne, id);

    public static Correction Read(Row row) => new()
    {
        Id = row.Number(),
        StoryId = row.Number(),
        Kind = row.Word<CorrectionKind>(),
        Placement = row.Word<CorrectionPlacement>(),
        Words = row.Text(),
        PublishedAt = row.Moment(),
    };

    /// <summary>One story's, in the order they were made.</summary>
    public static async Task<IReadOnlyList<Correction>> OfStoryAsync(NewsroomDb db, int storyId, CancellationToken ct) =>
        await db.Corrections.AsNoTracking().Where(c => c.StoryId == storyId).OrderBy(c => c.PublishedAt).ThenBy(c => c.Id).ToListAsync(ct);

    /// <summary>The whole paper's, newest first.</summary>
    public static async Task<IReadOnlyList<PublishedCorrection>> NewestAsync(NewsroomDb db, DateTimeOffset now, int skip, int take, CancellationToken ct)
    {
        var corrections = await db.Corrections.AsNoTracking().Where(c => db.Stories.Live(now).Any(s => s.Id == c.StoryId))
            .OrderByDescending(c => c.PublishedAt).ThenByDescending(c => c.Id).Skip(skip).Take(take).ToListAsync(ct);
        int[] ids = [.. corrections.Select(c => c.StoryId).Distinct()];
        var stories = await db.Stories.Live(now).Where(s => ids.Contains(s.Id)).Briefs(db, now).ToDictionaryAsync(s => s.Id, ct);

        // A story withdrawn between the two questions takes its correction along.
        return [.. corrections.Where(c => stories.ContainsKey(c.StoryId)).Select(c => new PublishedCorrection(c, stories[c.StoryId]))];
    }
}
