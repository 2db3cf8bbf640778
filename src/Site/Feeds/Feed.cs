using LondonDefender.Paper;

namespace LondonDefender.Feeds;

/// <summary>What follows a page, in no format yet; every address in it is whole. <see cref="FeedPrinting"/> sets it as RSS, Atom and JSON Feed.</summary>
public sealed record Feed
{
    public required string Title { get; init; }
    public required string About { get; init; }
    public required string Language { get; init; }
    public required FeedAuthor Paper { get; init; }

    /// <summary>The page the feed follows.</summary>
    public required string Home { get; init; }

    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>The last change an item tells of; an empty feed has the oldest moment there is to tell.</summary>
    public DateTimeOffset ChangedAt => Items.Count == 0 ? DateTimeOffset.UnixEpoch : Items.Max(item => item.ChangedAt);

    public string AddressIn(FeedFormat format) => format.AddressFor(Home);

    /// <param name="page">The page it follows, from its first slash.</param>
    public static Feed Of(PaperFrame frame, string page, string title, string about, IReadOnlyList<FeedItem> items) => new()
    {
        Title = page == "/" ? title : $"{title} | {frame.Settings.Name}",
        About = about.Length > 0 ? about : title,
        Language = frame.Settings.Language,
        Paper = new(frame.Settings.Name, frame.Absolute("/")),
        Home = frame.Absolute(page),
        Items = items,
    };
}

public sealed record FeedItem
{
    /// <summary>A whole address that never changes, whatever becomes of headline, section and slug.</summary>
    public required string Id { get; init; }

    /// <summary>What RSS readers have known the item by since the first edition.</summary>
    public required string Guid { get; init; }

    public required string Title { get; init; }

    /// <summary>Where it is read.</summary>
    public required string Address { get; init; }

    /// <summary>Plain words.</summary>
    public required string Summary { get; init; }

    /// <summary>The whole text, as <see cref="FullText"/> prints it.</summary>
    public required string Html { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The last change an editor called substantive.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    public IReadOnlyList<FeedAuthor> Authors { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where its READ MORE lines lead.</summary>
    public IReadOnlyList<FeedLink> ReadMore { get; init; } = [];

    public FeedPicture? Picture { get; init; }

    public DateTimeOffset ChangedAt => UpdatedAt > PublishedAt ? UpdatedAt.Value : PublishedAt;
}

/// <param name="Address">The writer's page; null for an agency or a guest.</param>
public sealed record FeedAuthor(string Name, string? Address);

public sealed record FeedLink(string Words, string Address);

/// <param name="Bytes">The file's size where it is known; without it RSS cannot call the picture an enclosure.</param>
public sealed record FeedPicture(string Address, string MediaType, int Width, int Height, string Credit, string Alt, long? Bytes = null);
