namespace LondonDefender.Stories;

public enum CorrectionKind
{
    /// <summary>Something was wrong.</summary>
    Correction,

    /// <summary>Something was right, but could be misunderstood.</summary>
    Clarification,
}

/// <summary>Where on the story's page it stands: a serious error is put right where it cannot be missed.</summary>
public enum CorrectionPlacement
{
    AtFoot,
    OnTop,
}

/// <summary>What the paper got wrong, and what is right, said in public.</summary>
public sealed class Correction
{
    public const int LongestWords = 2_000;

    public int Id { get; internal init; }
    public required int StoryId { get; init; }
    public required CorrectionKind Kind { get; set; }
    public required CorrectionPlacement Placement { get; set; }

    /// <summary>Plain words.</summary>
    public required string Words { get; set; }

    public required DateTimeOffset PublishedAt { get; init; }
    public int? ById { get; init; }

    /// <summary>Where it stands on the story's page.</summary>
    public string Anchor => string.Create(null, $"correction-{Id}");

    public IReadOnlyList<string> Paragraphs => Words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
