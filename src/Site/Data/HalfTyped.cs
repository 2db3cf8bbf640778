using LondonDefender.Copy;

namespace LondonDefender.Data;

/// <summary>What somebody types into a search field of the newsroom: all words count, each of them perhaps half typed.</summary>
public static class HalfTyped
{
    private const int MostWords = 12;
    private const int LongestWord = 60;

    /// <returns>A tsquery for the configuration newsroom_words; empty when there is no word in it.</returns>
    public static string Query(string? words) => string.Join(" & ", Words(words).Select(word => $"'{word}':*"));

    private static IEnumerable<string> Words(string? words) =>
        new string([.. PlainWords.Clean(words).Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => PlainWords.Cut(word, LongestWord));
}
