namespace LondonDefender.Stories.Publishing;

/// <summary>Something to be said before a story is published, and what mends it.</summary>
/// <param name="Stops">Whether it is published only when this is mended; else it is advice.</param>
/// <param name="Field">Where it is mended, by the id that the editing page has for it.</param>
public sealed record Remark(bool Stops, string Field, string Sentence)
{
    /// <summary>The words of the field that are meant.</summary>
    public Place? Place { get; init; }

    public IReadOnlyList<Mend> Mends { get; init; } = [];
}

/// <summary>From one character of a field up to another, that one excluded.</summary>
public readonly record struct Place(int From, int To);

/// <summary>One key, and it is mended. The words say what is done.</summary>
public abstract record Mend(string Words)
{
    /// <param name="Was">What stands there now; where something else does, the text has been changed meanwhile and is looked at anew.</param>
    public sealed record Rewrite(string Words, string Field, Place Place, string Was, string With) : Mend(Words);

    /// <summary>A story picked by hand for the end of the page.</summary>
    public sealed record Unpick(string Words, int StoryId) : Mend(Words);

    /// <summary>What is mended on a page of its own.</summary>
    public sealed record Open(string Words, string Address) : Mend(Words);
}
