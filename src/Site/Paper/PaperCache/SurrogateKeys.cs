namespace LondonDefender.Paper.PaperCache;

/// <summary>What a page read, told to whoever keeps copies for many (a CDN), so that all copies can be thrown away by what has changed.</summary>
public static class SurrogateKeys
{
    public const string Header = "Surrogate-Key";

    // Servers in between take some eight kilobytes of headers in all.
    private const int Longest = 4_000;

    /// <summary>The most particular first; what does not fit is left out.</summary>
    public static string Of(IEnumerable<string> keys)
    {
        var told = "";
        foreach (var key in keys.Select(InHeader).OrderBy(Rank))
        {
            if (told.Length + 1 + key.Length <= Longest)
                told += told.Length == 0 ? key : " " + key;
        }

        return told;
    }

    private static int Rank(string key) => key.StartsWith("headline:", StringComparison.Ordinal) ? 1 : key.Contains(':', StringComparison.Ordinal) ? 0 : 2;

    /// <summary>A headline has spaces, and letters that no header may have.</summary>
    private static string InHeader(string key) => Uri.EscapeDataString(key).Replace("%3A", ":", StringComparison.Ordinal);
}
