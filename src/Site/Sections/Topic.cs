namespace LondonDefender.Sections;

/// <summary>What a story is about: any number each, across sections.</summary>
public sealed class Topic
{
    public int Id { get; private set; }
    public required string Name { get; set; }
    public required string Slug { get; set; }
    public string About { get; set; } = "";
}
