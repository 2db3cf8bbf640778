using LondonDefender.Stories;

namespace LondonDefender.Archive;

/// <summary>One page of a longer list of stories.</summary>
public sealed record StoryList(IReadOnlyList<StoryBrief> Stories, int Page, bool HasMore)
{
    /// <summary>Nobody reads further, and no visitor may make the database count to a billion.</summary>
    public const int LastPage = 500;

    public const int PageSize = 20;
}

/// <summary>A story found by the search; matching words stand between <see cref="MarkStart"/> and <see cref="MarkEnd"/>.</summary>
public sealed record SearchHit(StoryBrief Story, string MarkedHeadline, string MarkedExcerpt)
{
    // Private-use characters: no copy holds them after cleaning by the query, so no reader's text can forge a mark.
    public const char MarkStart = '\uE000';
    public const char MarkEnd = '\uE001';

    public static string WithoutMarks(string text) => text.Replace(MarkStart, ' ').Replace(MarkEnd, ' ');
}

/// <summary>What a reader asked the search for.</summary>
public sealed record SearchQuery
{
    public const int LongestWords = 300;

    public string Words { get; init; } = "";
    public string Section { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public int Page { get; init; } = 1;

    public bool IsNarrowed => Section.Length > 0 || From is not null || To is not null;
}
