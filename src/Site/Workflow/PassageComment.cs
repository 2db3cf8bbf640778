using LondonDefender.Copy;

namespace LondonDefender.Workflow;

/// <summary>What somebody of the newsroom says about some words of a story, or about all of it, or in answer to such a comment. Readers never see it.</summary>
public sealed class PassageComment
{
    public const int LongestWords = 2_000;
    public const int LongestQuote = 1_000;

    public int Id { get; private set; }
    public required int StoryId { get; init; }
    public required int? ById { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Words { get; init; }

    /// <summary>The first comment of a conversation; null for that one itself.</summary>
    public int? AnswersId { get; init; }

    /// <summary>The words it was made about, as they were; empty where it is about the whole story.</summary>
    public string Quote { get; init; } = "";

    /// <summary>The same words as they were last found in the text, and what stands around them.</summary>
    public string Anchor { get; private set; } = "";
    public string Before { get; private set; } = "";
    public string After { get; private set; } = "";

    public DateTimeOffset? ResolvedAt { get; private set; }
    public int? ResolvedById { get; private set; }

    public bool IsAboutWords => Quote.Length > 0;

    public Passage Passage => new(Anchor, Before, After);

    /// <summary>The text has changed, and this is where the words are now.</summary>
    public void Follow(Passage passage) => (Anchor, Before, After) = (passage.Words, passage.Before, passage.After);

    public void Resolve(bool isResolved, int byPerson, DateTimeOffset at) =>
        (ResolvedAt, ResolvedById) = isResolved ? (at, byPerson) : (default(DateTimeOffset?), default(int?));
}
