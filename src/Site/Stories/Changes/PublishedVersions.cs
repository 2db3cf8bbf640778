using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Changes;

/// <summary>A text of a story as readers had it from one moment on.</summary>
/// <param name="Number">The revision's.</param>
/// <param name="Reason">What the editor said of the change; empty where nothing was said.</param>
public sealed record PublishedVersion(int Number, DateTimeOffset At, bool IsSubstantive, string Reason);

public static class PublishedVersions
{
    /// <summary>A live story's, oldest first.</summary>
    public static async Task<IReadOnlyList<PublishedVersion>> OfAsync(NewsroomDb db, Story story, DateTimeOffset now, CancellationToken ct)
    {
        var noted = await db.Revisions.Where(r => r.StoryId == story.Id && r.Number <= story.PublishedNumber && r.PublishedAt != null)
            .OrderBy(r => r.Number).Select(r => new PublishedVersion(r.Number, r.PublishedAt!.Value, r.IsSubstantive, r.Reason)).ToListAsync(ct);
        return ReadersHad(noted, story.PublishAt!.Value, now);
    }

    /// <summary>
    /// Of all that was ever meant for readers, what they had. A version that was scheduled and then replaced, or held back by an
    /// embargo and replaced, keeps the moment it was meant for; it was never public and must not become so here.
    /// </summary>
    /// <param name="noted">In the order they were saved.</param>
    /// <param name="firstPublished">Nothing was public before.</param>
    public static IReadOnlyList<PublishedVersion> ReadersHad(IReadOnlyList<PublishedVersion> noted, DateTimeOffset firstPublished, DateTimeOffset now)
    {
        List<PublishedVersion> had = [];
        foreach (var version in noted.Reverse())
        {
            var from = version.At > firstPublished ? version.At : firstPublished;
            if (from <= now && (had.Count == 0 || from < had[^1].At))
                had.Add(version with { At = from });
        }

        had.Reverse();
        // The first one published again in the same words carries the later moment, yet readers had it from the beginning.
        return had.Count == 0 ? [] : [had[0] with { At = firstPublished, IsSubstantive = false, Reason = "" }, .. had.Skip(1)];
    }
}
