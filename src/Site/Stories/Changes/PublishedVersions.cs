using LondonDefender.Data;

namespace LondonDefender.Stories.Changes;

/// <summary>A text of a story as readers had it from one moment on.</summary>
/// <param name="Number">The revision's.</param>
/// <param name="Reason">What the editor said of the change; empty where nothing was said.</param>
public sealed record PublishedVersion(int Number, DateTimeOffset At, bool IsSubstantive, string Reason);

public static class PublishedVersions
{
    private const string Noted = """
        SELECT text.number, text.published_at, text.is_substantive, text.reason
        FROM revisions text JOIN stories story ON story.id = text.story_id AND text.number <= story.published_number
        WHERE text.story_id = $1 AND text.published_at IS NOT NULL ORDER BY text.number
        """;

    /// <summary>All that was ever meant for readers: see <see cref="ReadersHad"/>.</summary>
    public static Question NotedOf(int storyId) => new(Noted, storyId);

    public static PublishedVersion Read(Row row) => new(row.Number(), row.Moment(), row.Flag(), row.Text());

    /// <summary>A live story's, oldest first.</summary>
    public static async Task<IReadOnlyList<PublishedVersion>> OfAsync(NewsroomDb db, Story story, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, NotedOf(story.Id));
        return ReadersHad(await answers.AllAsync(Read), story.PublishAt!.Value, now);
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
