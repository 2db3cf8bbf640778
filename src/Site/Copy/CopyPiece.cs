namespace LondonDefender.Copy;

/// <summary>What readers get of a copy, in order: prose, and between it the blocks that lead to the next story.</summary>
public abstract record CopyPiece
{
    private CopyPiece() { }

    public sealed record Prose(string Html) : CopyPiece;

    public sealed record ReadMore(string Label, IReadOnlyList<ReadMoreLine> Lines) : CopyPiece;
}
