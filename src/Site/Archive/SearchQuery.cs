namespace LondonDefender.Archive;

/// <summary>What a reader asked the search for. Section, topic and writer are slugs, as addresses name them.</summary>
public sealed record SearchQuery
{
    public const int LongestWords = 300;

    public string Words { get; init; } = "";
    public string Section { get; init; } = "";
    public string Topic { get; init; } = "";
    public string Writer { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool NewestFirst { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>The reader means the words as they are written, however few stories have them.</summary>
    public bool IsLiteral { get; init; }

    public bool IsNarrowed => Section.Length > 0 || Topic.Length > 0 || Writer.Length > 0 || From is not null || To is not null;

    /// <summary>The same words, of which one is enough; null for one word, and where the reader has used signs.</summary>
    public string? AnyOfTheWords =>
        Words.Contains(' ', StringComparison.Ordinal) && !Words.Contains('"', StringComparison.Ordinal) && !Words.Contains('-', StringComparison.Ordinal)
        && !Words.Contains(" or ", StringComparison.OrdinalIgnoreCase)
            ? Words.Replace(" ", " or ", StringComparison.Ordinal)
            : null;

    public bool IsAsked => Words.Length > 0 || IsNarrowed;
}
