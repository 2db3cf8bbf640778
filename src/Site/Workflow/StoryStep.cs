namespace LondonDefender.Workflow;

public enum StepKind
{
    SentToReview,
    SentToLegal,
    SentBack,
    MarkedReady,
    Assigned,
    DueSet,
    Published,

    /// <summary>A chief editor let somebody publish their own text.</summary>
    SecondEyesWaived,
}

/// <summary>One step of a story's way through the newsroom. Only ever added, so that it can be read later who did what, and why.</summary>
public sealed class StoryStep
{
    public const int LongestWords = 1_000;

    public int Id { get; private set; }
    public required int StoryId { get; init; }
    public required StepKind Kind { get; init; }
    public required int? ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The text it was about.</summary>
    public required int RevisionNumber { get; init; }

    /// <summary>Whom it was given to.</summary>
    public int? PersonId { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What there is to do, or the reason.</summary>
    public string Words { get; init; } = "";
}
