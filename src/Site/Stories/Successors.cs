using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

public static class Successors
{
    /// <summary>How far readers are led on: enough for any paper, and an end where editors made a circle.</summary>
    private const int LongestChain = 10;

    /// <summary>For withdrawn stories, the story at the end of their chain of successors.</summary>
    public static async Task<Dictionary<int, int>> OfAsync(NewsroomDb db, int[] ids, CancellationToken ct) => ids.Length == 0
        ? []
        : await db.Database.SqlQuery<Succession>($"""
            WITH RECURSIVE chain AS (
                SELECT id AS story_id, successor_id, 1 AS length FROM stories
                WHERE id = ANY({ids}) AND withdrawn_at IS NOT NULL AND successor_id IS NOT NULL
                UNION ALL
                SELECT chain.story_id, stories.successor_id, chain.length + 1 FROM chain JOIN stories ON stories.id = chain.successor_id
                WHERE stories.withdrawn_at IS NOT NULL AND stories.successor_id IS NOT NULL AND chain.length < {LongestChain})
            SELECT DISTINCT ON (story_id) story_id AS "StoryId", successor_id AS "SuccessorId" FROM chain ORDER BY story_id, length DESC
            """).ToDictionaryAsync(s => s.StoryId, s => s.SuccessorId, ct);

    private sealed record Succession(int StoryId, int SuccessorId);
}
