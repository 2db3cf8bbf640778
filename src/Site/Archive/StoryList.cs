using LondonDefender.Stories;

namespace LondonDefender.Archive;

/// <summary>One page of a longer list of stories.</summary>
public sealed record StoryList(IReadOnlyList<StoryBrief> Stories, int Page, bool HasMore)
{
    /// <summary>Nobody reads further, and no visitor may make the database count to a billion.</summary>
    public const int LastPage = 500;

    public const int PageSize = 20;
}
