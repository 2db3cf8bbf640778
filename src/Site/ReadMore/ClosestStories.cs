using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>The related list at the end of a story: hand-picked first, then the closest by topic, words and recency.</summary>
public static class ClosestStories
{
    public const int Shown = 6;

    /// <param name="taken">Stories the page offers already; none is repeated.</param>
    public static async Task<IReadOnlyList<StoryBrief>> ForAsync(
        NewsroomDb db, int storyId, StoryText text, IEnumerable<int> taken, DateTimeOffset now, CancellationToken ct)
    {
        HashSet<int> notAgain = [.. taken, storyId];
        int[] candidates = [.. text.RelatedIds, .. await NearestAsync(db, storyId, text, now, ct)];
        int[] wanted = [.. candidates.Where(id => !notAgain.Contains(id)).Distinct()];

        var live = await db.Stories.Live(now).Where(s => wanted.Contains(s.Id)).Briefs(db).ToDictionaryAsync(b => b.Id, ct);
        return [.. wanted.Where(live.ContainsKey).Take(Shown).Select(id => live[id])];
    }

    /// <summary>
    /// Ids in order of nearness. A shared topic weighs most, then shared words of headline and standfirst, then the section, then how
    /// recent the other is. Each way of finding stories is bounded, so that a million stories cost no more than a thousand.
    /// </summary>
    private static Task<List<int>> NearestAsync(NewsroomDb db, int storyId, StoryText text, DateTimeOffset now, CancellationToken ct)
    {
        var words = text.Headline + " " + text.Standfirst;
        return db.Database.SqlQuery<int>($"""
            WITH asked AS MATERIALIZED (
                SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
                FROM unnest(to_tsvector('newsroom', {words})) WHERE lexeme ~ '^[[:alnum:]]+$'
            ), by_topic AS (
                SELECT s.id, count(*)::float8 AS topics, 0::float8 AS words, s.publish_at, s.section_id
                FROM story_topics t JOIN stories s ON s.id = t.story_id
                WHERE t.topic_id = ANY({text.TopicIds}) AND s.publish_at <= {now}
                GROUP BY s.id ORDER BY s.publish_at DESC LIMIT 80
            ), by_words AS (
                SELECT s.id, 0::float8 AS topics, ts_rank(e.vector, asked.words, 1)::float8 AS words, s.publish_at, s.section_id
                FROM asked, search_entries e JOIN stories s ON s.id = e.story_id
                WHERE e.vector @@ asked.words AND s.publish_at <= {now}
                ORDER BY words DESC LIMIT 80
            )
            SELECT id AS "Value" FROM (SELECT * FROM by_topic UNION ALL SELECT * FROM by_words) AS near
            WHERE id <> {storyId}
            GROUP BY id, publish_at, section_id
            ORDER BY sum(topics) * 2 + sum(words) * 8 + CASE WHEN section_id = {text.SectionId} THEN 1 ELSE 0 END - ln(1 + extract(epoch FROM {now} - publish_at) / 86400) * 0.5 DESC
            LIMIT 40
            """).ToListAsync(ct);
    }
}
