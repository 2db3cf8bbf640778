using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>The related list at the end of a story: hand-picked first, then the closest by topic, words and recency.</summary>
public static class ClosestStories
{
    public const int Shown = 6;
    private const int Looked = 300;

    /// <param name="taken">Stories the page offers already; none is repeated.</param>
    public static async Task<IReadOnlyList<StoryBrief>> ForAsync(
        NewsroomDb db, int storyId, StoryText text, IEnumerable<int> taken, DateTimeOffset now, CancellationToken ct)
    {
        HashSet<int> notAgain = [.. taken, storyId];
        int[] candidates = [.. text.RelatedIds, .. await NearestAsync(db, storyId, text, now, ct)];
        int[] wanted = [.. candidates.Where(id => !notAgain.Contains(id)).Distinct()];

        var live = await db.Stories.Live(now).Where(s => wanted.Contains(s.Id)).Briefs(db, now).ToDictionaryAsync(b => b.Id, ct);
        return [.. wanted.Where(live.ContainsKey).Take(Shown).Select(id => live[id])];
    }

    /// <summary>
    /// Ids in order of nearness. A shared topic weighs most, then shared words of headline and standfirst, then the section, then how
    /// recent the other is. Only the newest of each topic and of the paper are looked at, so that a million stories cost no more than a
    /// thousand; whether readers may see them is asked of <see cref="LiveStories.Live"/> afterwards.
    /// </summary>
    private static Task<List<int>> NearestAsync(NewsroomDb db, int storyId, StoryText text, DateTimeOffset now, CancellationToken ct)
    {
        var words = text.Headline + " " + text.Standfirst;
        return db.Database.SqlQuery<int>($"""
            WITH asked AS MATERIALIZED (
                SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
                FROM unnest(to_tsvector('newsroom', {words})) WHERE lexeme ~ '^[[:alnum:]]+$'
            ), recent AS MATERIALIZED (
                SELECT id FROM stories
                WHERE published_number IS NOT NULL AND withdrawn_at IS NULL AND publish_at <= {now}
                ORDER BY publish_at DESC, id DESC LIMIT {Looked}
            ), by_topic AS (
                SELECT shared.story_id AS id, count(*)::float8 AS topics, 0::float8 AS words
                FROM unnest({text.TopicIds}) AS topic (id) CROSS JOIN LATERAL (
                    SELECT story_id FROM story_topics WHERE topic_id = topic.id ORDER BY story_id DESC LIMIT {Looked}) AS shared
                GROUP BY shared.story_id
            ), by_words AS (
                SELECT entry.story_id AS id, 0::float8 AS topics, ts_rank(entry.vector, asked.words, 1)::float8 AS words
                FROM asked, recent JOIN search_entries entry ON entry.story_id = recent.id
                WHERE entry.vector @@ asked.words
            )
            SELECT stories.id AS "Value"
            FROM (SELECT id, sum(topics) AS topics, sum(words) AS words FROM (SELECT * FROM by_topic UNION ALL SELECT * FROM by_words) AS found GROUP BY id) AS near
            JOIN stories ON stories.id = near.id
            WHERE stories.id <> {storyId} AND stories.publish_at <= {now}
            ORDER BY topics * 2 + words * 8 + CASE WHEN stories.section_id = {text.SectionId} THEN 1 ELSE 0 END
                - ln(1 + extract(epoch FROM {now} - stories.publish_at) / 86400) * 0.5 DESC
            LIMIT 40
            """).ToListAsync(ct);
    }
}
