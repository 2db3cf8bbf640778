namespace LondonDefender.ReadMore;

/// <summary>A story of our own to lead readers to, and why, in words.</summary>
public sealed record Suggestion(StoryHit Story, IReadOnlyList<string> Reasons);

/// <summary>A paragraph that readers have had before.</summary>
/// <param name="Beginning">The first words of it.</param>
public sealed record RepeatedParagraph(string Beginning, StoryHit Story, bool IsWordForWord);

/// <summary>What the archive has to say about a text that is being written.</summary>
public sealed record ArchiveAdvice(IReadOnlyList<Suggestion> Suggestions, IReadOnlyList<RepeatedParagraph> Repeats);
