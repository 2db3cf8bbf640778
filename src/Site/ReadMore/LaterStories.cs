using LondonDefender.Data;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>An old story leads on to the new ones: those published after it whose readers are led back to it, by a line, a link or by hand.</summary>
public static class LaterStories
{
    public const int Shown = 5;

    // Most stories pick none by hand, so those that do are a small index of their own.
    private const string Found = $"""
        SELECT {BriefRows.Columns}
        FROM (
            SELECT from_id AS id, revision_number AS number FROM read_more_links WHERE to_id = $2
            UNION
            SELECT story_id, number FROM revisions WHERE related_ids @> ARRAY[$2] AND related_ids <> ARRAY[]::integer[]
        ) AS back
        JOIN stories story ON story.id = back.id AND story.published_number = back.number
        {BriefRows.Joins}
        WHERE story.publish_at > $3 AND story.id <> $2 AND story.id <> ALL ($4) AND {LiveStories.OfferedInSql}
        ORDER BY story.publish_at DESC, story.id DESC LIMIT $5
        """;

    /// <param name="taken">Stories the page's own lines offer already; none is repeated.</param>
    public static Question Than(int storyId, DateTimeOffset publishAt, int[] taken, DateTimeOffset now) => new(Found, now, storyId, publishAt, taken, Shown);

    /// <inheritdoc cref="Than"/>
    public static async Task<IReadOnlyList<StoryBrief>> ThanAsync(
        NewsroomDb db, int storyId, DateTimeOffset publishAt, IEnumerable<int> taken, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, Than(storyId, publishAt, [.. taken], now));
        return await answers.AllAsync(BriefRows.Read);
    }
}
