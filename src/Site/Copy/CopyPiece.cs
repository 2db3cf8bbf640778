namespace LondonDefender.Copy;

/// <summary>
/// What readers get of a copy, in order: prose, and between it the blocks that lead to the next story, the pictures, and the entries
/// of a live story, which hold pieces of their own.
/// </summary>
public abstract record CopyPiece
{
    private CopyPiece() { }

    public sealed record Prose(string Html) : CopyPiece;

    public sealed record ReadMore(string Label, IReadOnlyList<ReadMoreLine> Lines) : CopyPiece;

    public sealed record Picture(int PictureId, string Alt, string Caption) : CopyPiece;

    /// <param name="Day">By the paper's wall clock, as the time is.</param>
    /// <param name="Anchor">An id that no other element of the page has.</param>
    public sealed record Entry(DateOnly Day, TimeOnly Time, string Headline, bool IsKey, string Anchor, IReadOnlyList<CopyPiece> Pieces) : CopyPiece;
}
