namespace LondonDefender.Workflow;

/// <summary>
/// Where the work on a story stands: its stage, who has it, until when. Beside the story and not in its row, so that no reader's page is
/// told of it, and the text's revisions do not count it.
/// </summary>
public sealed class StoryProgress
{
    public int StoryId { get; private init; }

    /// <summary>Counts every change. Whoever changes it names the one they have seen.</summary>
    public int Version { get; private set; }

    /// <summary>The stage it was moved to last; <see cref="StageBeyond"/> says whether that still holds.</summary>
    public Stage Stage { get; private set; }

    /// <summary>The story's newest revision when it was moved there.</summary>
    public int Revision { get; private set; }

    public int? MovedById { get; private set; }
    public int? AssigneeId { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The last change of any of it.</summary>
    public DateTimeOffset ChangedAt { get; private set; }
    public int? ChangedById { get; private set; }

    public static StoryProgress Of(int storyId) => new() { StoryId = storyId };

    /// <summary>Work on what readers have is done: a story that was changed since begins its way anew.</summary>
    public Stage StageBeyond(int? publishedNumber) => Revision > (publishedNumber ?? 0) ? Stage : Stage.Draft;

    public void MoveTo(Stage stage, int revision, int byPerson, DateTimeOffset at)
    {
        (Stage, Revision, MovedById) = (stage, revision, byPerson);
        Change(byPerson, at);
    }

    public void Assign(int? assignee, DateTimeOffset? due, int byPerson, DateTimeOffset at)
    {
        (AssigneeId, DueAt) = (assignee, due);
        Change(byPerson, at);
    }

    private void Change(int byPerson, DateTimeOffset at)
    {
        Version++;
        (ChangedById, ChangedAt) = (byPerson, at);
    }
}
