using LondonDefender.Paper;

namespace LondonDefender.Feeds;

/// <summary>JSON Feed 1.1. READ MORE lines are in an extension beside the text, as its rules ask: a name with an underscore before it.</summary>
public sealed record JsonFeed
{
    public const string Version11 = "https://jsonfeed.org/version/1.1";

    public string Version { get; } = Version11;
    public required string Title { get; init; }
    public required string HomePageUrl { get; init; }
    public required string FeedUrl { get; init; }
    public string? NextUrl { get; init; }
    public required string Description { get; init; }
    public required string Language { get; init; }
    public required IReadOnlyList<Author> Authors { get; init; }
    public required IReadOnlyList<Item> Items { get; init; }

    public sealed record Author(string Name, string? Url);

    public sealed record Item
    {
        public required string Id { get; init; }
        public required string Url { get; init; }
        public required string Title { get; init; }
        public required string ContentHtml { get; init; }
        public required string Summary { get; init; }
        public string? Image { get; init; }
        public required DateTimeOffset DatePublished { get; init; }
        public required DateTimeOffset DateModified { get; init; }
        public IReadOnlyList<Author>? Authors { get; init; }
        public IReadOnlyList<string>? Tags { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("_read_more")]
        public IReadOnlyList<ReadMoreLine>? ReadMore { get; init; }
    }

    public sealed record ReadMoreLine(string Title, string Url);

    public static JsonFeed Of(Feed feed, string? address = null, string? next = null) => new()
    {
        Title = feed.Title,
        HomePageUrl = feed.Home,
        FeedUrl = address ?? feed.AddressIn(FeedFormat.Json),
        NextUrl = next,
        Description = feed.About,
        Language = feed.Language,
        Authors = [new(feed.Paper.Name, feed.Paper.Address)],
        Items = [.. feed.Items.Select(Of)],
    };

    private static Item Of(FeedItem item) => new()
    {
        Id = item.Id,
        Url = item.Address,
        Title = item.Title,
        ContentHtml = item.Html,
        Summary = item.Summary,
        Image = item.Picture?.Address,
        DatePublished = item.PublishedAt.ToUniversalTime(),
        DateModified = item.ChangedAt.ToUniversalTime(),
        Authors = item.Authors.Count == 0 ? null : [.. item.Authors.Select(author => new Author(author.Name, author.Address))],
        Tags = item.Categories.Count == 0 ? null : item.Categories,
        ReadMore = item.ReadMore.Count == 0 ? null : [.. item.ReadMore.Select(link => new ReadMoreLine(link.Words, link.Address))],
    };
}
