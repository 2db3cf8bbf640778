namespace LondonDefender.ReadMore;

/// <summary>A story of our own to lead readers to, and why, in words.</summary>
public sealed record Suggestion(StoryHit Story, IReadOnlyList<string> Reasons);

/// <summary>Paragraphs that readers have had before.</summary>
/// <param name="Beginning">The first words of the first.</param>
/// <param name="More">How many others of the same story there are.</param>
public sealed record RepeatedParagraph(string Beginning, int More, StoryHit Story, bool IsWordForWord);

/// <summary>What the archive has to say about a text that is being written.</summary>
public sealed record ArchiveAdvice(IReadOnlyList<Suggestion> Suggestions, IReadOnlyList<RepeatedParagraph> Repeats)
{
    /// <summary>Beside a story whose matter is before a court nothing is offered, whatever it is.</summary>
    public static ArchiveAdvice None { get; } = new([], []);
}
