using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>A question as the database understands it: words as PostgreSQL reads them, names as ids, days as moments.</summary>
public sealed record SearchScope
{
    /// <summary>Null where the question has no words.</summary>
    public AskedWords? Words { get; init; }

    public int? SectionId { get; init; }
    public int? TopicId { get; init; }
    public int? WriterId { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>Null when nothing can be found: a name nobody knows, or no word worth looking for.</summary>
    public static async Task<SearchScope?> OfAsync(NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        var words = query.Words.Length == 0 ? null : await AskedWords.ReadAsync(db, query.Words, ct);
        var section = query.Section.Length == 0 ? null : await db.Sections.Where(s => s.Slug == query.Section).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct);
        var topic = query.Topic.Length == 0 ? null : await db.Topics.Where(t => t.Slug == query.Topic).Select(t => (int?)t.Id).SingleOrDefaultAsync(ct);
        var writer = query.Writer.Length == 0 ? null : await db.Writers.Where(w => w.Slug == query.Writer).Select(w => (int?)w.Id).SingleOrDefaultAsync(ct);
        if (words is { Lexemes: [] } || Misses(query.Section, section) || Misses(query.Topic, topic) || Misses(query.Writer, writer))
            return null;

        return new()
        {
            Words = words,
            SectionId = section,
            TopicId = topic,
            WriterId = writer,
            From = query.From is { } from ? frame.Clock.StartOf(from).ToUniversalTime() : null,
            Before = query.To is { } to ? frame.Clock.StartOf(to.AddDays(1)).ToUniversalTime() : null,
        };
    }

    private static bool Misses(string slug, int? id) => slug.Length > 0 && id is null;
}

/// <param name="Query">As a tsquery is written.</param>
/// <param name="Lexemes">The stems that are looked for; those that must not be there are left out, and so are words everybody uses.</param>
public sealed partial record AskedWords(string Query, string[] Lexemes)
{
    /// <summary>Whether words must stand beside each other, which the index does not know.</summary>
    public bool HasPhrase => Distance().IsMatch(Query);

    public static async Task<AskedWords> ReadAsync(NewsroomDb db, string words, CancellationToken ct)
    {
        var read = await db.Database.SqlQuery<Reading>($"""
            SELECT asked::text AS "Query", querytree(asked) AS "Wanted" FROM websearch_to_tsquery('newsroom', {words}) AS asked
            """).SingleAsync(ct);
        return new(read.Query, [.. Lexeme().Matches(read.Wanted).Select(lexeme => lexeme.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)
            .Replace(@"\\", @"\", StringComparison.Ordinal)).Distinct()]);
    }

    private sealed record Reading(string Query, string Wanted);

    [GeneratedRegex(@" <(?:-|\d+)> ")]
    private static partial Regex Distance();

    [GeneratedRegex(@"'((?:[^']|'')*)'")]
    private static partial Regex Lexeme();
}
