namespace LondonDefender.Pictures;

/// <summary>What became of a file that was sent in.</summary>
public abstract record Intake
{
    private Intake() { }

    /// <param name="IsNew">False where the paper had this very file already, and nothing was changed.</param>
    public sealed record Taken(Picture Picture, bool IsNew) : Intake;

    /// <param name="Sentence">Why, for the person who sent it.</param>
    /// <param name="TryAgain">The file may be all right: too many came at once. Answer 503 with Retry-After.</param>
    public sealed record Refused(string Sentence, bool TryAgain = false) : Intake;
}
