namespace LondonDefender.Sections;

/// <summary>Other words for a topic. Typed where a topic is asked for, or found in copy, they mean it.</summary>
public sealed class TopicSynonym
{
    public const int MostOfOneTopic = 40;

    /// <summary>As its words would stand in an address: two spellings of it are one.</summary>
    public required string Slug { get; init; }

    public required int TopicId { get; set; }
    public required string Name { get; set; }
}
