using System.Globalization;
using System.Xml.Linq;
using LondonDefender.Paper;

namespace LondonDefender.Feeds;

/// <summary>Atom 1.0 (RFC 4287) with the whole text. It has a word for a related link, so READ MORE lines are that too.</summary>
public static class Atom
{
    private static readonly XNamespace Space = "http://www.w3.org/2005/Atom";

    public static XDocument Of(Feed feed) => new(new XDeclaration("1.0", "utf-8", null), new XElement(Space + "feed",
        new XAttribute(XNamespace.Xml + "lang", feed.Language),
        new XElement(Space + "id", feed.Home),
        new XElement(Space + "title", feed.Title),
        new XElement(Space + "subtitle", feed.About),
        new XElement(Space + "updated", Moment(feed.ChangedAt)),
        Author(feed.Paper),
        Link("self", feed.AddressIn(FeedFormat.Atom), FeedFormat.Atom.MediaType),
        Link("alternate", feed.Home, "text/html"),
        feed.Items.Select(Entry)));

    private static XElement Entry(FeedItem item) => new(Space + "entry",
        new XElement(Space + "id", item.Id),
        new XElement(Space + "title", item.Title),
        new XElement(Space + "published", Moment(item.PublishedAt)),
        new XElement(Space + "updated", Moment(item.ChangedAt)),
        item.Authors.Select(Author),
        item.Categories.Select(category => new XElement(Space + "category", new XAttribute("term", category))),
        Link("alternate", item.Address, "text/html"),
        item.ReadMore.Select(link => Link("related", link.Address, title: link.Words)),
        item.Picture is { } picture ? Link("enclosure", picture.Address, picture.MediaType, picture.Alt, picture.Bytes) : null,
        new XElement(Space + "summary", item.Summary),
        new XElement(Space + "content", new XAttribute("type", "html"), item.Html));

    private static XElement Author(FeedAuthor author) => new(Space + "author",
        new XElement(Space + "name", author.Name),
        author.Address is null ? null : new XElement(Space + "uri", author.Address));

    private static XElement Link(string rel, string address, string? type = null, string title = "", long? bytes = null) => new(Space + "link",
        new XAttribute("rel", rel),
        new XAttribute("href", address),
        type is null ? null : new XAttribute("type", type),
        title.Length == 0 ? null : new XAttribute("title", title),
        bytes is null ? null : new XAttribute("length", bytes));

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
