using LondonDefender.Stories;

namespace LondonDefender.Archive;

/// <summary>One page of what the search found, and where else to look.</summary>
public sealed record SearchResult
{
    public static readonly SearchResult Nothing = new();

    public IReadOnlyList<SearchHit> Hits { get; init; } = [];
    public bool HasMore { get; init; }

    /// <summary>How many stories can be paged through.</summary>
    public int Count { get; init; }

    /// <summary>Whether there are more than can be paged through.</summary>
    public bool IsCut { get; init; }

    /// <summary>The day back to which stories were looked through, where that was too much work to be done for all of them.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The words these are results for, where what was asked is found nowhere and is a slip away from them.</summary>
    public string? Corrected { get; init; }

    /// <summary>Words that far more stories have, and that what was asked may be a slip for.</summary>
    public string? Suggested { get; init; }

    public SearchPlaces Places { get; init; } = SearchPlaces.None;
}

/// <summary>A story found by the search; matching words stand between <see cref="MarkStart"/> and <see cref="MarkEnd"/>.</summary>
public sealed record SearchHit(StoryBrief Story, string MarkedHeadline, string MarkedExcerpt)
{
    // Private-use characters: no copy holds them after cleaning by the query, so no reader's text can forge a mark.
    public const char MarkStart = '\uE000';
    public const char MarkEnd = '\uE001';

    public static string WithoutMarks(string text) => text.Replace(MarkStart, ' ').Replace(MarkEnd, ' ');
}
