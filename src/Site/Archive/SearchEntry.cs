using NpgsqlTypes;

namespace LondonDefender.Archive;

/// <summary>A story's published words, as the search finds them. Written when a story is published.</summary>
public sealed class SearchEntry
{
    public int StoryId { get; init; }
    public required string Headline { get; set; }
    public required string Standfirst { get; set; }
    public required string Body { get; set; }
    public NpgsqlTsVector Vector { get; private set; } = null!;
}
