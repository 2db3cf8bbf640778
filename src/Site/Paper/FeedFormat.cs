namespace LondonDefender.Paper;

/// <summary>A format that every feed comes in. A feed's address is that of the page it follows, with the file's name behind it.</summary>
public sealed record FeedFormat(string Name, string File, string MediaType)
{
    public static readonly FeedFormat Rss = new("RSS", "rss.xml", "application/rss+xml");
    public static readonly FeedFormat Atom = new("Atom", "atom.xml", "application/atom+xml");
    public static readonly FeedFormat Json = new("JSON Feed", "feed.json", "application/feed+json");

    public static readonly IReadOnlyList<FeedFormat> All = [Rss, Atom, Json];

    /// <param name="page">The page the feed follows: "/" or "/world" for example, or the same with the paper's origin before it.</param>
    public string AddressFor(string page) => $"{page.TrimEnd('/')}/{File}";

    public static IEnumerable<(string Type, string Title, string Address)> Alternates(string title, string page) =>
        All.Select(format => (format.MediaType, $"{title} ({format.Name})", format.AddressFor(page)));
}
