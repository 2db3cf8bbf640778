namespace LondonDefender.Wire.MovingIn;

/// <summary>
/// Which number a story of an old paper has here. Given before the first story is written, so that links between them are right from the
/// beginning, and kept, so that an import that was killed goes on with the same numbers.
/// </summary>
public sealed class MovedStory
{
    public required string SourceKey { get; init; }
    public required int StoryId { get; init; }

    /// <summary>Null while its turn has not come.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Whether the newsroom's list of its links is written.</summary>
    public bool IsTied { get; set; }

    /// <summary>What it lost on the way, as sentences.</summary>
    public string[] Losses { get; set; } = [];
}
