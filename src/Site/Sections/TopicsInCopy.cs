using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Sections;

/// <summary>A topic that a text speaks of without being filed under it.</summary>
/// <param name="Word">The topic's name, or another word for it, as it stands in the text.</param>
public sealed record FoundTopic(int Id, string Name, string Word)
{
    public string InWords => Word == Name ? Name : $"{Name} (“{Word}”)";
}

public static class TopicsInCopy
{
    private const int Shown = 6;

    // More than this of a very long text tells nothing new, and is read at each pause in typing.
    private const int LookedAt = 60_000;

    /// <summary>By whole words, in any case and without accents. Words of other topics, too, lead to theirs.</summary>
    /// <param name="filed">Those it is filed under.</param>
    public static async Task<IReadOnlyList<FoundTopic>> FindAsync(NewsroomDb db, string text, int[] filed, CancellationToken ct)
    {
        var looked = text.Length <= LookedAt ? text : text[..LookedAt];
        var found = await db.Database.SqlQuery<FoundTopic>($"""
            WITH words AS MATERIALIZED (SELECT to_tsvector('newsroom_words', {looked}) AS vector)
            SELECT topics.id AS "Id", topics.name AS "Name", named.word AS "Word"
            FROM words, (SELECT id, name AS word FROM topics UNION ALL SELECT topic_id, name FROM topic_synonyms) AS named (id, word)
            JOIN topics ON topics.id = named.id
            WHERE vector @@ phraseto_tsquery('newsroom_words', named.word) AND topics.id <> ALL ({filed})
            ORDER BY length(named.word) DESC, topics.name LIMIT 50
            """).ToListAsync(ct);
        return [.. found.DistinctBy(topic => topic.Id).Take(Shown)];
    }
}
