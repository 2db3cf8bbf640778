namespace LondonDefender.Copy;

/// <summary>A READ MORE block as it is written in the copy. <paramref name="SourceLine"/> counts from 1.</summary>
public sealed record ReadMoreBlock(string Label, IReadOnlyList<ReadMoreLine> Lines, int SourceLine);

/// <summary>
/// One link of a block. <paramref name="Position"/> runs over the whole copy from 0; the span (its end excluded) is where
/// <paramref name="Written"/> stands in the Markdown, so that it can be replaced there.
/// </summary>
public sealed record ReadMoreLine(int Position, string Written, int SourceStart, int SourceEnd, ReadMoreTarget Target);

public abstract record ReadMoreTarget
{
    private ReadMoreTarget() { }

    public sealed record Story(int Id, string? PinnedWording) : ReadMoreTarget;

    public sealed record Pending(string Headline) : ReadMoreTarget;

    public sealed record Outside(string Words, string Address) : ReadMoreTarget;

    /// <summary>Leads nowhere; the problem is a sentence that tells the editor what to do.</summary>
    public sealed record Unusable(string Problem) : ReadMoreTarget;
}

/// <summary>A link to a story inside a sentence.</summary>
public sealed record StoryLink(int StoryId, string Words);
