namespace LondonDefender.Workflow;

/// <summary>How far the work on a story has come, whatever readers see of it.</summary>
public enum Stage
{
    Draft,
    InReview,

    /// <summary>With the lawyer; most stories never are.</summary>
    Legal,

    Ready,
}

public static class Stages
{
    public static string InWords(this Stage stage) => stage switch
    {
        Stage.Draft => "Draft",
        Stage.InReview => "In review",
        Stage.Legal => "Legal",
        Stage.Ready => "Ready",
        _ => throw new InvalidOperationException($"A stage without a name: {stage}"),
    };

    /// <summary>Where a story goes from here when nothing is amiss; null at the end of the way.</summary>
    public static Stage? Next(this Stage stage) => stage switch
    {
        Stage.Draft => Stage.InReview,
        Stage.InReview or Stage.Legal => Stage.Ready,
        Stage.Ready => null,
        _ => throw new InvalidOperationException($"A stage without a next one: {stage}"),
    };

    /// <summary>What is told of a story that has come here.</summary>
    public static StepKind AsStep(this Stage stage) => stage switch
    {
        Stage.Draft => StepKind.SentBack,
        Stage.InReview => StepKind.SentToReview,
        Stage.Legal => StepKind.SentToLegal,
        Stage.Ready => StepKind.MarkedReady,
        _ => throw new InvalidOperationException($"A stage that is no step: {stage}"),
    };

    /// <summary>By its name only: a number could mean a stage that nobody knows.</summary>
    public static Stage? Named(string? name) => Enum.GetValues<Stage>().Cast<Stage?>().FirstOrDefault(stage => stage.ToString() == name);
}
