using System.Globalization;

namespace LondonDefender.Benchmarks;

public sealed record FigureOptions
{
    public IReadOnlyList<int> Stories { get; init; } = [1_000, 1_000_000];
    public IReadOnlyList<string> Only { get; init; } = [];
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);
    public int Rounds { get; init; } = 7;
    public int Nodes { get; init; } = 3;

    /// <summary>Only whether everything runs: what it prints means nothing.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whose papers are kept there; null keeps none.</summary>
    public string? Papers { get; init; }

    public string? Programs { get; init; }

    /// <summary>Null when the words are not understood.</summary>
    public static FigureOptions? Read(string[] words)
    {
        var options = new FigureOptions();
        for (var at = 0; at < words.Length; at++)
        {
            var next = words[at] == "--short"
                ? options with { IsShort = true, Stories = [300], Time = TimeSpan.FromSeconds(1), Rounds = 1, Nodes = 2 }
                : at + 1 < words.Length ? With(options, words[at], words[++at]) : null;
            if (next is null)
                return null;
            options = next;
        }

        return options;
    }

    private static FigureOptions? With(FigureOptions options, string name, string value) => name switch
    {
        "--stories" when Counts(value) is { } stories => options with { Stories = stories },
        "--seconds" when Counts(value) is [var seconds] => options with { Time = TimeSpan.FromSeconds(seconds) },
        "--rounds" when Counts(value) is [var rounds] => options with { Rounds = rounds },
        "--nodes" when Counts(value) is [var nodes] => options with { Nodes = nodes },
        "--only" when value.Split(',') is var rows && rows.All(Figures.Rows.ContainsKey) => options with { Only = rows },
        "--paper" => options with { Papers = Path.GetFullPath(value) },
        "--postgres" => options with { Programs = value },
        _ => null,
    };

    private static int[]? Counts(string words)
    {
        var counts = words.Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0).ToArray();
        return counts.All(count => count > 0) ? counts : null;
    }
}
