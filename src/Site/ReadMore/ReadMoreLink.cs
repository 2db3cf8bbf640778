namespace LondonDefender.ReadMore;

/// <summary>
/// One line of a READ MORE block, or an inline link, as a relation between two stories. Kept for the revision being worked on and
/// for the published one; written in the transaction that saves the copy.
/// </summary>
public sealed class ReadMoreLink
{
    public int Id { get; private set; }
    public required int FromId { get; init; }

    /// <summary>The number of the linking story's revision whose copy holds the line.</summary>
    public required int RevisionNumber { get; init; }

    /// <summary>The line's number within that copy; negative for inline links.</summary>
    public required int Position { get; init; }

    /// <summary>The story it leads to; null while a headline in plain words waits for its story.</summary>
    public int? ToId { get; set; }

    /// <summary>The normalised headline of a line written in plain words.</summary>
    public string? Headline { get; init; }

    /// <summary>The same headline as the editor wrote it.</summary>
    public string? WrittenHeadline { get; init; }

    public string? PinnedWording { get; init; }

    /// <summary>The target's headline when its wording was pinned: once it has moved on, the pin is listed as drifted.</summary>
    public string? HeadlineWhenPinned { get; set; }

    /// <summary>Since when the story has had a line in these words.</summary>
    public DateTimeOffset WaitingSince { get; init; }

    /// <summary>When an editor said that a pending line is right, and its story will come.</summary>
    public DateTimeOffset? LetWaitAt { get; set; }

    public bool IsInline => Position < 0;
}

/// <summary>A headline a story has or once had, normalised, so that lines in plain words find it.</summary>
public sealed class KnownHeadline
{
    public required int StoryId { get; init; }
    public required string Headline { get; init; }
}
