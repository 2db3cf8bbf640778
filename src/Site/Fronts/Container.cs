namespace LondonDefender.Fronts;

public enum ContainerLayout
{
    Lead,
    Grid,
    List,

    /// <summary>Who says it counts as much as what is said.</summary>
    Opinion,

    /// <summary>One picture across the page, and what goes with it.</summary>
    Picture,

    /// <summary>What readers opened most. It fills itself, and shows nothing while there is too little to tell.</summary>
    MostRead,
}

/// <summary>A slice of the front page: hand-pinned stories first, then filled up with the newest of a section, a topic or the paper.</summary>
public sealed class Container
{
    public const int LargestSize = 24;

    public int Id { get; private set; }
    public required string Title { get; set; }
    public ContainerLayout Layout { get; set; }
    public int Position { get; set; }
    public int Size { get; set; } = 4;
    public int? SectionId { get; set; }
    public int? TopicId { get; set; }

    /// <summary>Ids of pinned stories in their order. One that is not live keeps its place and is passed over.</summary>
    public int[] PinnedIds { get; private set; } = [];

    public void Pin(int storyId) => PinnedIds = [.. PinnedIds.Where(id => id != storyId).Append(storyId)];

    public void PinFirst(int storyId) => PinnedIds = [storyId, .. PinnedIds.Where(id => id != storyId)];

    public void Unpin(int storyId) => PinnedIds = [.. PinnedIds.Where(id => id != storyId)];

    public void MoveUp(int storyId)
    {
        var at = Array.IndexOf(PinnedIds, storyId);
        if (at <= 0)
            return;

        int[] moved = [.. PinnedIds];
        (moved[at - 1], moved[at]) = (moved[at], moved[at - 1]);
        PinnedIds = moved;
    }
}
