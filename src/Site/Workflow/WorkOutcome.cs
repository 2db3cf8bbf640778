namespace LondonDefender.Workflow;

/// <summary>What became of a step in the work on a story; expected outcomes are values.</summary>
public abstract record WorkOutcome
{
    private WorkOutcome() { }

    /// <param name="Said">A sentence about what is not as one may expect; null when all is.</param>
    public sealed record Done(string? Said = null) : WorkOutcome;

    /// <summary>Somebody else was there meanwhile; nothing was changed.</summary>
    public sealed record Overtaken(string Sentence) : WorkOutcome;

    public sealed record Refused(string Sentence) : WorkOutcome;

    public sealed record NotYours(string Sentence) : WorkOutcome;

    public sealed record NotFound : WorkOutcome;
}
