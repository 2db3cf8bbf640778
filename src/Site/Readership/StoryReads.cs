namespace LondonDefender.Readership;

/// <summary>How often a story was read on one day of the paper's clock. A sum, and nothing about anybody.</summary>
public sealed class StoryReads
{
    public required int StoryId { get; init; }
    public required DateOnly Day { get; init; }
    public int Reads { get; set; }
}

/// <summary>How often readers followed one block of a story to its target on one day.</summary>
public sealed class StoryFollows
{
    public required int FromId { get; init; }

    /// <summary>The block's place in the copy, from 0; -1 for the related list, -2 for "Later on this story".</summary>
    public required int Block { get; init; }

    public required int ToId { get; init; }
    public required DateOnly Day { get; init; }
    public int Follows { get; set; }
}
