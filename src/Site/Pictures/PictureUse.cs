namespace LondonDefender.Pictures;

/// <summary>A picture stands in a revision of a story: on top, or inside its copy. Kept for the working and the published revision.</summary>
public sealed class PictureUse
{
    public required int PictureId { get; init; }
    public required int StoryId { get; init; }
    public required int RevisionNumber { get; init; }
}
