namespace LondonDefender.Wire.MovingIn;

/// <summary>A story as an old paper's file tells it, before it is turned into copy.</summary>
public sealed record OldStory
{
    /// <summary>What the old paper knows it by; no two of its stories have the same.</summary>
    public required string Key { get; init; }

    public required string Headline { get; init; }
    public string Html { get; init; } = "";

    /// <summary>Whether an empty line ends a paragraph and a line end a line, as in copy from WordPress's old editor.</summary>
    public bool HasLooseLines { get; init; }

    public string Standfirst { get; init; } = "";
    public string SearchHeadline { get; init; } = "";
    public string ShareHeadline { get; init; } = "";
    public string Slug { get; init; } = "";

    /// <summary>When readers had it first; null for what they never had.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>Why it comes as a draft although it has a moment, as a sentence; null where readers had it.</summary>
    public string? WhyDraft { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where readers found it; the first is the one it went by.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>What its relative links are relative to; its address where nothing else is said.</summary>
    public string? LinksFrom { get => field ?? Addresses.FirstOrDefault(); init; }

    public OldPicture? Picture { get; init; }
    public IReadOnlyList<Loss> Losses { get; init; } = [];

    public bool WasPublic => Published is not null && WhyDraft is null;
}

/// <summary>A picture as a story names it, with the words that stand there.</summary>
public sealed record OldPicture(string Address, string Alt = "", string Caption = "", string Credit = "");

/// <summary>What was lost on the way, or is another thing than it was.</summary>
/// <param name="Kind">In a few words, for counting.</param>
public sealed record Loss(string Kind, string Sentence);

/// <summary>A page of the old site that listed stories.</summary>
public sealed record OldListPage(string Path, OldListKind Kind, string Name);

public enum OldListKind
{
    Category,
    Tag,
    Author,
}

/// <summary>Somebody who wrote for the old paper.</summary>
public sealed record OldWriter(string Name, string About = "");

/// <summary>Why an old paper's file cannot be read, as a whole sentence.</summary>
public sealed class UnreadableOldPaper(string sentence) : Exception(sentence);
