namespace LondonDefender.Sections;

/// <summary>What has a page and feeds under a name of its own.</summary>
public enum NamedKind
{
    Section,
    Topic,
    Writer,
}

/// <summary>An address that a section, topic or writer once had. It leads on for ever.</summary>
public sealed class FormerSlug
{
    public required NamedKind Kind { get; init; }
    public required string Slug { get; init; }

    /// <summary>Whose it was, if that was merged into another: texts may still name it by this number.</summary>
    public int? FormerId { get; init; }

    public required int TargetId { get; set; }
}
