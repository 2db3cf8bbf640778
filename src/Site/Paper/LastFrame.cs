namespace LondonDefender.Paper;

/// <summary>The frame as it was drawn last, for moments when the database cannot be asked for it.</summary>
public sealed class LastFrame
{
    private PaperFrame? frame;

    public void Remember(PaperFrame drawn) => frame = drawn;

    /// <summary>Null until a page was drawn. Without a banner, whose story may have been withdrawn since.</summary>
    public PaperFrame? At(DateTimeOffset now) => frame is null ? null : frame with { Now = now, Banner = null };
}
