using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>A word or a name by which stories about the same may be found.</summary>
/// <param name="Name">Null for a word that is no name.</param>
/// <param name="Query">As a tsquery is written.</param>
/// <param name="Share">In how many of all stories PostgreSQL expects the rarest word of it.</param>
public sealed record Clue(string Words, NamedInText? Name, string Query, string[] Lexemes, double Share);

/// <summary>
/// What a text is about, as far as the archive's own words tell it: how rare each of them is says PostgreSQL, which counts the ten thousand
/// most frequent anyway. Nothing is read of the archive for it.
/// </summary>
public sealed class TextClues
{
    /// <summary>Of long texts the beginning says what they are about.</summary>
    private const int MostParagraphs = 120, LongestParagraph = 20_000;

    /// <summary>In a paper this small nothing is known of frequencies, and any word may be looked for.</summary>
    private const int Small = 1_000;

    // One trip for everything that is to be read of a text: its paragraphs, then its names.
    private const string Asked = """
        WITH counted AS MATERIALIZED (
            SELECT word, share FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS counted (word, share)
            WHERE schemaname = current_schema() AND tablename = 'search_entries' AND attname = 'vector' AND word IS NOT NULL
        )
        SELECT part.place::int, lexeme.lexeme, (coalesce(counted.share, (SELECT min(share) FROM counted) / 2, 0) * 1000000)::int, counted.word IS NOT NULL
        FROM unnest($1) WITH ORDINALITY AS part (words, place), LATERAL unnest(to_tsvector('newsroom', part.words)) AS lexeme
        LEFT JOIN counted ON counted.word = lexeme.lexeme
        """;

    private const string Stories = "SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = 'search_entries'::regclass";

    private TextClues(string[] paragraphs, IReadOnlyList<Clue> names, IReadOnlyList<Clue> words, IReadOnlyList<Read>[] lexemes, int stories) =>
        (Paragraphs, Names, Words, LexemesOfParagraphs, StoriesInPaper) = (paragraphs, names, words, lexemes, stories);

    public string[] Paragraphs { get; }
    public IReadOnlyList<Clue> Names { get; }

    /// <summary>Those few stories have, the rarest and most used first.</summary>
    public IReadOnlyList<Clue> Words { get; }

    public IReadOnlyList<Read>[] LexemesOfParagraphs { get; }

    /// <summary>About how many there are.</summary>
    public int StoriesInPaper { get; }

    /// <param name="Share">Of all stories, about how many have it.</param>
    public sealed record Read(string Lexeme, double Share, bool IsCounted);

    public static async Task<TextClues> OfAsync(NewsroomDb db, StoryText text, CopyText copy, CancellationToken ct)
    {
        string[] paragraphs = [$"{text.Headline}. {text.Standfirst}", .. copy.PlainText.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Take(MostParagraphs).Select(paragraph => PlainWords.Cut(paragraph, LongestParagraph))];
        var names = NamesInText.Read(string.Join("\n\n", paragraphs), text.Dateline);

        await using var answers = await db.AskAsync(ct, new Question(Asked, new object[] { (string[])[.. paragraphs, .. names.Select(name => name.Words)] }), new Question(Stories));
        var read = (await answers.AllAsync(row => (Place: row.Number(), Lexeme: row.Text(), Share: row.Number() / 1e6, IsCounted: row.Flag()))).ToLookup(row => row.Place, row => new Read(row.Lexeme, row.Share, row.IsCounted));
        var stories = (await answers.AllAsync(row => row.Number()))[0];

        IReadOnlyList<Read>[] lexemes = [.. paragraphs.Select((_, i) => read[i + 1].ToList())];
        List<Clue> known = [.. names.Select((name, i) => ClueOf(name, [.. read[paragraphs.Length + i + 1]])).OfType<Clue>()];
        return new(paragraphs, known, Rarest(lexemes, known, paragraphs, stories), lexemes, stories);
    }

    private static Clue? ClueOf(NamedInText name, Read[] lexemes) =>
        lexemes.Length == 0 ? null : new(name.Words, name, And(lexemes), [.. lexemes.Select(read => read.Lexeme)], lexemes.Min(read => read.Share));

    private static List<Clue> Rarest(IReadOnlyList<Read>[] lexemes, List<Clue> names, string[] paragraphs, int stories)
    {
        var inNames = names.SelectMany(name => name.Lexemes).ToHashSet(StringComparer.Ordinal);
        var rareFrom = stories < Small ? 1 : Math.Min(.01, 1_500.0 / stories);
        var written = string.Join(' ', paragraphs);
        return
        [
            .. lexemes.SelectMany(paragraph => paragraph).GroupBy(read => read.Lexeme, StringComparer.Ordinal)
                .Select(group => (group.First().Lexeme, group.First().Share, Times: group.Count()))
                .Where(word => word.Share <= rareFrom && word.Lexeme.Length > 3 && !word.Lexeme.Any(char.IsDigit) && !inNames.Contains(word.Lexeme))
                .OrderByDescending(word => (1 + Math.Log(word.Times)) * word.Lexeme.Length)
                .Select(word => new Clue(AsWritten(word.Lexeme, written), null, Quoted(word.Lexeme), [word.Lexeme], word.Share))
                .Take(60),
        ];
    }

    /// <summary>A stem is no word; the text has one that begins like it.</summary>
    private static string AsWritten(string lexeme, string text)
    {
        // "vacanc", "happi": the word goes on otherwise than its stem ends.
        var stem = lexeme[^1] == 'i' ? lexeme[..^1] : lexeme;
        for (var at = text.IndexOf(stem, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(stem, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
                continue;

            var end = at;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            if (end - at < lexeme.Length + 4)
                return text[at..end];
        }

        return lexeme;
    }

    public static string And(IEnumerable<Read> lexemes) => string.Join(" & ", lexemes.Select(read => Quoted(read.Lexeme)));

    private static string Quoted(string lexeme) => $"'{lexeme.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
