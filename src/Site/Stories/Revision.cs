namespace LondonDefender.Stories;

/// <summary>A story's text as it was saved once. Never changed afterwards, but for the note of its publication.</summary>
public sealed class Revision
{
    public int StoryId { get; private set; }

    /// <summary>1 for the first save of a story, then counting up.</summary>
    public int Number { get; private set; }

    public StoryText Text { get; private set; } = new();
    public DateTimeOffset SavedAt { get; private set; }
    public int? SavedById { get; private set; }

    /// <summary>When readers got, or will get, this revision; null while they never did.</summary>
    public DateTimeOffset? PublishedAt { get; internal set; }

    /// <summary>Whether the editor called the change substantive: only such a change moves a story's "updated".</summary>
    public bool IsSubstantive { get; internal set; }

    public string Reason { get; internal set; } = "";

    internal void Illustrate(Func<StoryText, StoryText> withPicture) => Text = withPicture(Text);

    internal static Revision Of(Story story, DateTimeOffset savedAt, int? savedById) => new()
    {
        StoryId = story.Id,
        Number = story.RevisionNumber,
        Text = story.Draft with { },
        SavedAt = savedAt,
        SavedById = savedById,
    };
}
