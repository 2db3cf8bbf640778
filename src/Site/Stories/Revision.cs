namespace LondonDefender.Stories;

/// <summary>A story's text as it was saved once. Never changed afterwards, but for the notes of its publication and of a later autosave.</summary>
public sealed class Revision
{
    public static readonly TimeSpan AsOneRevision = TimeSpan.FromMinutes(10);

    /// <summary>For so long a text may lie in somebody's browser and still be merged by its paragraphs.</summary>
    public static readonly TimeSpan KeptWhilePassing = TimeSpan.FromDays(7);

    public int StoryId { get; private set; }

    /// <summary>1 for the first save of a story, counting up with every save; so revisions that passing autosaves stood between are some numbers apart.</summary>
    public int Number { get; private set; }

    public StoryText Text { get; private set; } = new();
    public DateTimeOffset SavedAt { get; private set; }
    public int? SavedById { get; private set; }

    /// <summary>When readers got, or will get, this revision; null while they never did.</summary>
    public DateTimeOffset? PublishedAt { get; internal set; }

    /// <summary>Whether the editor called the change substantive: only such a change moves a story's "updated".</summary>
    public bool IsSubstantive { get; internal set; }

    public string Reason { get; internal set; } = "";

    /// <summary>The embargo that stood while this was the newest text.</summary>
    public DateTimeOffset? EmbargoUntil { get; internal set; }

    /// <summary>The earlier revision that this one, or a part of it, was put back from.</summary>
    public int? RestoredFrom { get; private set; }

    /// <summary>In words for an editor; empty where it was the whole text.</summary>
    public string RestoredPart { get; private set; } = "";

    /// <summary>When the first of the autosaves was made that this one stands for; null where an editor saved it.</summary>
    public DateTimeOffset? AutosavedSince { get; private set; }

    /// <summary>An autosave that a later one stands for. It is no revision to anybody but to whom has a text open that is based on it.</summary>
    public bool IsPassing { get; private set; }

    /// <summary>What one person writes within ten minutes is one revision.</summary>
    internal bool GivesWayTo(int? byPerson, DateTimeOffset at) =>
        AutosavedSince is { } since && at - since < AsOneRevision && SavedById == byPerson && PublishedAt is null;

    internal void GiveWay() => IsPassing = true;

    /// <summary>An editor has said that this is how it is to be kept.</summary>
    internal void Close() => AutosavedSince = null;

    internal void Restores(Restored restored) => (RestoredFrom, RestoredPart) = (restored.From, restored.Part);

    internal void Illustrate(Func<StoryText, StoryText> withPicture) => Text = withPicture(Text);

    internal static Revision Of(Story story, DateTimeOffset savedAt, int? savedById, DateTimeOffset? autosavedSince) => new()
    {
        StoryId = story.Id,
        Number = story.RevisionNumber,
        Text = story.Draft with { },
        SavedAt = savedAt,
        SavedById = savedById,
        AutosavedSince = autosavedSince,
        EmbargoUntil = story.EmbargoUntil,
    };
}

/// <summary>What a save puts back.</summary>
/// <param name="From">The number of an earlier revision of the same story.</param>
/// <param name="Part">As <see cref="Revision.RestoredPart"/> has it.</param>
public sealed record Restored(int From, string Part);
