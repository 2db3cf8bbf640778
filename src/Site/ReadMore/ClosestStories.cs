using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>The related list at the end of a story: hand-picked first, then the closest by topic, words and recency.</summary>
public static class ClosestStories
{
    public const int Shown = 6;

    /// <summary>How many may be struck out of a list that was asked for before it was known what else the page offers.</summary>
    private const int Spare = LaterStories.Shown + 1;

    /// <summary>
    /// A shared topic weighs most, then the words of headline and standfirst that stand in the other's headline, then the section, then
    /// how many days ago the other was published: days, so that nothing changes its place before midnight. Only the newest of each topic and of the
    /// section are looked at, so that a million stories cost no more than a thousand. What the search has filed may be withdrawn since, so readers'
    /// eyes are asked for at the end once more.
    /// </summary>
    private const string Found = $$"""
        WITH asked AS MATERIALIZED (
            SELECT replace(plainto_tsquery('newsroom', $3)::text, '&', '|')::tsquery AS words
        ), by_topic AS MATERIALIZED (
            SELECT story.id, shared.topics, story.section_id, story.publish_at
            FROM (
                SELECT newest.story_id, count(*) AS topics
                FROM unnest($4) AS topic (id) CROSS JOIN LATERAL (
                    SELECT story_id FROM story_topics WHERE topic_id = topic.id ORDER BY story_id DESC LIMIT 100) AS newest
                GROUP BY newest.story_id ORDER BY count(*) DESC, newest.story_id DESC LIMIT 30) AS shared
            JOIN stories story ON story.id = shared.story_id
            WHERE {{LiveStories.OfferedInSql}}
        ), by_words AS MATERIALIZED (
            SELECT newest.story_id AS id, newest.published_at, CASE WHEN newest.heading @@ asked.words THEN ts_rank('{1,1,1,1}', newest.heading, asked.words) ELSE 0 END AS words
            FROM asked, (
                SELECT story_id, published_at, heading FROM search_entries
                WHERE section_id = $5 AND published_at <= $1 ORDER BY published_at DESC, story_id DESC LIMIT 300) AS newest
            ORDER BY words DESC, newest.published_at DESC, newest.story_id DESC LIMIT 30
        ), near AS (
            SELECT id, coalesce(publish_at, published_at) AS publish_at, coalesce(topics, 0) * 2 + coalesce(words, 0) * 8
                + CASE WHEN by_words.id IS NOT NULL OR by_topic.section_id = $5 THEN 1 ELSE 0 END
                - ln(1 + greatest(0, ceil(extract(epoch FROM $2 - coalesce(publish_at, published_at))::float8 / 86400))) * 0.5 AS nearness
            FROM by_topic FULL JOIN by_words USING (id)
        ), by_hand AS (
            SELECT story.id, place FROM unnest($6) WITH ORDINALITY AS chosen (id, place) JOIN stories story ON story.id = chosen.id
            WHERE {{LiveStories.InSql}}
        ), closest AS (
            SELECT id, place, nearness FROM (
                SELECT id, place, 0 AS nearness, NULL AS publish_at FROM by_hand
                UNION ALL SELECT id, NULL, nearness, publish_at FROM near WHERE id <> ALL ($6)) AS all_of_them
            WHERE id <> ALL ($7)
                -- What was picked by hand is the editor's own; of the others, no story whose proceedings are active.
                AND (place IS NOT NULL OR NOT EXISTS (SELECT FROM stories matter WHERE matter.id = all_of_them.id AND matter.has_active_proceedings))
            ORDER BY place NULLS LAST, nearness DESC, publish_at DESC, id DESC LIMIT $8
        )
        SELECT {{BriefRows.Columns}}
        FROM closest JOIN stories story ON story.id = closest.id
        {{BriefRows.Joins}}
        WHERE {{LiveStories.InSql}}
        ORDER BY closest.place NULLS LAST, closest.nearness DESC, story.publish_at DESC, story.id DESC
        """;

    /// <summary>What the list of such a story is drawn from: where proceedings are active, from what was picked by hand alone.</summary>
    public static StoryText DrawnFrom(StoryText text, bool hasActiveProceedings) =>
        hasActiveProceedings ? new() { RelatedIds = text.RelatedIds } : text;

    /// <param name="taken">Stories the page offers already; none is repeated.</param>
    public static Question To(int storyId, StoryText text, IEnumerable<int> taken, PaperClock clock, DateTimeOffset now) => new(
        Found, now, clock.StartOf(clock.Day(now)).ToUniversalTime(), $"{text.Headline} {text.Standfirst}", text.TopicIds, text.SectionId ?? 0, text.RelatedIds,
        (int[])[.. taken, storyId], Shown + Spare);

    /// <summary>What is shown of the answer to <see cref="To"/>.</summary>
    public static IReadOnlyList<StoryBrief> Without(this IEnumerable<StoryBrief> closest, IReadOnlyCollection<int> taken) =>
        [.. closest.Where(story => !taken.Contains(story.Id)).Take(Shown)];

    /// <inheritdoc cref="To"/>
    public static async Task<IReadOnlyList<StoryBrief>> ForAsync(
        NewsroomDb db, int storyId, StoryText text, IEnumerable<int> taken, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, To(storyId, text, taken, clock, now));
        return (await answers.AllAsync(BriefRows.Read)).Without([]);
    }
}
