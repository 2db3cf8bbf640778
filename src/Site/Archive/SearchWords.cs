using System.Text.RegularExpressions;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>What a mistyped question may have meant, told from the words the paper itself uses.</summary>
public static partial class SearchWords
{
    private const int Shortest = 4;
    private const int MostWords = 8;

    /// <summary>The question with each word that no story has replaced by the nearest that one has; null when there is nothing to mend.</summary>
    public static Task<string?> CorrectAsync(NewsroomDb db, string words, CancellationToken ct) => MendAsync(db, words, word => word.Stories == 0, ct);

    /// <summary>The question with words that far more stories have; null when there are none.</summary>
    public static Task<string?> SuggestAsync(NewsroomDb db, string words, CancellationToken ct) => MendAsync(db, words, word => word.Stories < 3, ct);

    private static async Task<string?> MendAsync(NewsroomDb db, string words, Func<Known, bool> isDoubtful, CancellationToken ct)
    {
        var written = Word().Matches(words).Select(word => word.Value).Where(word => word.Length >= Shortest).Distinct(StringComparer.Ordinal).Take(MostWords).ToArray();
        Dictionary<string, string> better = [];
        foreach (var word in (await KnownAsync(db, written, ct)).Where(isDoubtful))
        {
            if (await NearestAsync(db, word, ct) is { } nearest)
                better[word.Written] = char.IsUpper(word.Written[0]) ? char.ToUpperInvariant(nearest[0]) + nearest[1..] : nearest;
        }

        return better.Count == 0 ? null : Word().Replace(words, word => better.GetValueOrDefault(word.Value, word.Value));
    }

    private sealed record Known(string Written, string Folded, int Stories);

    /// <summary>In how many stories each word is known to stand; a word that only texts have counts as one.</summary>
    private static Task<List<Known>> KnownAsync(NewsroomDb db, string[] written, CancellationToken ct) => db.Database.SqlQuery<Known>($"""
        SELECT written AS "Written", folded AS "Folded", coalesce(
            (SELECT stories FROM search_words WHERE word = folded),
            (SELECT 1 FROM search_entries WHERE vector @@ plainto_tsquery('newsroom', written) LIMIT 1), 0) AS "Stories"
        FROM unnest({written}) AS written, LATERAL unnest(tsvector_to_array(to_tsvector('newsroom_words', written))) AS folded
        """).ToListAsync(ct);

    private sealed record Neighbour(string Word, int Stories);

    private static async Task<string?> NearestAsync(NewsroomDb db, Known word, CancellationToken ct) =>
        Best(word, await ASlipAwayAsync(db, word.Folded, ct)) ?? (word.Folded.Length > 6 ? Best(word, await AlikeAsync(db, word.Folded, ct)) : null);

    private static Task<List<Neighbour>> ASlipAwayAsync(NewsroomDb db, string word, CancellationToken ct) => db.Database.SqlQuery<Neighbour>($"""
        SELECT word AS "Word", stories AS "Stories" FROM search_words WHERE near && near_words({word}) AND word <> {word} ORDER BY stories DESC LIMIT 100
        """).ToListAsync(ct);

    private static Task<List<Neighbour>> AlikeAsync(NewsroomDb db, string word, CancellationToken ct) => db.Database.SqlQuery<Neighbour>($"""
        SELECT word AS "Word", stories AS "Stories" FROM search_words WHERE word % {word} AND word <> {word} ORDER BY similarity(word, {word}) DESC LIMIT 30
        """).ToListAsync(ct);

    private static string? Best(Known meant, IEnumerable<Neighbour> neighbours) => neighbours
        .Where(near => near.Stories > meant.Stories * 10)
        .Select(near => (near.Word, near.Stories, Slips: Slips(meant.Folded, near.Word)))
        .Where(near => near.Slips <= (meant.Folded.Length < 8 ? 1 : 2))
        .OrderBy(near => near.Slips).ThenByDescending(near => near.Word[0] == meant.Folded[0]).ThenByDescending(near => near.Stories)
        .Select(near => near.Word).FirstOrDefault();

    /// <summary>How many letters were left out, put in, mistaken or swapped with their neighbour.</summary>
    public static int Slips(string one, string other)
    {
        var slips = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
                slips[i, j] = Math.Min(i, j) == 0 ? Math.Max(i, j) : Fewest(i, j);
        }

        return slips[one.Length, other.Length];

        int Fewest(int i, int j)
        {
            var mistaken = slips[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            var fewest = Math.Min(mistaken, Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
            var areSwapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            return areSwapped ? Math.Min(fewest, slips[i - 2, j - 2] + 1) : fewest;
        }
    }

    // A word after a minus must not be there, so there is nothing to mend in it.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}])(?<!-)\p{L}[\p{L}\p{M}]*(?![\p{N}])")]
    private static partial Regex Word();
}
