namespace LondonDefender.Wire.MovingIn;

/// <summary>Where a page of the old site went: to a story, or to what stories are filed under. A path alone, whichever host it stood on.</summary>
public sealed class OldAddress
{
    /// <summary>As <see cref="OldAddresses.KeyOf(string)"/> makes it.</summary>
    public required string Path { get; init; }

    public int? StoryId { get; init; }
    public int? SectionId { get; init; }
    public int? TopicId { get; init; }
    public int? WriterId { get; init; }
}
