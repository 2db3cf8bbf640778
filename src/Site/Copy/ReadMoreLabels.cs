using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

/// <summary>The words that open a READ MORE block when they stand in capitals before a colon.</summary>
public sealed class ReadMoreLabels
{
    private readonly Dictionary<string, string> shownByCapitals = [];

    public ReadMoreLabels(IReadOnlyList<string> labels)
    {
        Labels = [.. labels.Select(label => label.Trim().TrimEnd(':').TrimEnd()).Where(label => label.Length > 0)];

        foreach (var label in Labels)
            shownByCapitals.TryAdd(Capitals(label), label);
    }

    public static ReadMoreLabels Default { get; } = new(["READ MORE", "RELATED", "WATCH", "LISTEN", "JUST IN", "DON’T MISS"]);

    public static ReadMoreLabels None { get; } = new([]);

    public IReadOnlyList<string> Labels { get; }

    internal string Shown(string written) => shownByCapitals[Straight(written)];

    internal IEnumerable<char> FirstLetters => shownByCapitals.Keys.SelectMany(label => label[0] == '\'' ? "'’" : label[..1]);

    /// <summary>A regular expression that matches any label as copy may hold it.</summary>
    internal string Pattern => string.Join('|', shownByCapitals.Keys.Select(label =>
        string.Join(@"[ \t\u00A0]+", label.Split(' ').Select(word => Regex.Escape(word).Replace("'", "['’]", StringComparison.Ordinal)))));

    private static string Capitals(string label) => Straight(label.ToUpperInvariant());

    private static string Straight(string label) =>
        string.Join(' ', label.Replace('’', '\'').Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
