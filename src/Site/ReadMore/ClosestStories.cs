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
    /// how many days ago the other was published: days, so that nothing changes its place before midnight. Only the newest 300 of each topic and
    /// of the section are looked at, so that a million stories cost no more than a thousand; whether readers may see them is asked afterwards.
    /// </summary>
    private const string Found = $$"""
        WITH asked AS MATERIALIZED (
            SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS words
            FROM unnest(to_tsvector('newsroom', $3)) WHERE lexeme ~ '^[[:alnum:]]+$'
        ), by_topic AS MATERIALIZED (
            SELECT shared.story_id AS id, count(*) AS topics
            FROM unnest($4) AS topic (id) CROSS JOIN LATERAL (
                SELECT story_id FROM story_topics WHERE topic_id = topic.id ORDER BY story_id DESC LIMIT 300) AS shared
            GROUP BY shared.story_id ORDER BY count(*) DESC, shared.story_id DESC LIMIT 30
        ), by_words AS MATERIALIZED (
            SELECT recent.story_id AS id, coalesce(ts_rank('{1,1,1,1}', recent.heading, asked.words), 0) AS words
            FROM asked, (
                SELECT story_id, published_at, heading FROM search_entries
                WHERE section_id = $5 AND published_at <= $1 ORDER BY published_at DESC, story_id DESC LIMIT 300) AS recent
            ORDER BY words DESC, recent.published_at DESC, recent.story_id DESC LIMIT 30
        ), picked AS (
            SELECT story.id, story.publish_at, place AS first, 0 AS nearness
            FROM unnest($6) WITH ORDINALITY AS by_hand (id, place) JOIN stories story ON story.id = by_hand.id
            WHERE {{LiveStories.InSql}}
            UNION ALL
            SELECT story.id, story.publish_at, NULL, coalesce(topics, 0) * 2 + coalesce(words, 0) * 8 + CASE WHEN story.section_id = $5 THEN 1 ELSE 0 END
                - ln(1 + greatest(0, ceil(extract(epoch FROM $2 - story.publish_at)::float8 / 86400))) * 0.5
            FROM by_topic FULL JOIN by_words USING (id) JOIN stories story USING (id)
            WHERE story.id <> ALL ($6) AND {{LiveStories.InSql}}
        ), closest AS (
            SELECT * FROM picked WHERE id <> ALL ($7) ORDER BY first NULLS LAST, nearness DESC, publish_at DESC, id DESC LIMIT $8
        )
        SELECT {{BriefRows.Columns}}
        FROM closest JOIN stories story ON story.id = closest.id
        {{BriefRows.Joins}}
        ORDER BY closest.first NULLS LAST, closest.nearness DESC, story.publish_at DESC, story.id DESC
        """;

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
