using Markdig.Parsers;
using Markdig.Syntax;

namespace LondonDefender.Copy;

/// <summary>Part of a copy between two lines of colons: a fact box, a timeline, an entry of a live story.</summary>
internal sealed class NewsElement(BlockParser parser) : ContainerBlock(parser)
{
    public required ElementOpening Opening { get; init; }

    /// <summary>Within a list or a quotation, where an element cannot be set.</summary>
    public required bool IsMisplaced { get; init; }

    /// <summary>By a line of its own, not by what came after it.</summary>
    public bool IsClosed { get; set; }

    public bool HasEnded { get; set; }

    public ElementKind Kind => Opening.Kind;
}

/// <summary>A closing line of colons where nothing is open.</summary>
internal sealed class StrayFence(BlockParser parser) : LeafBlock(parser);

/// <summary>The line that says whose words those above it are.</summary>
internal sealed class AttributionLine(BlockParser parser) : LeafBlock(parser);
