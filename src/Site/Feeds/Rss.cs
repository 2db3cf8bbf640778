using System.Globalization;
using System.Xml.Linq;
using LondonDefender.Paper;

namespace LondonDefender.Feeds;

/// <summary>RSS 2.0 with the whole text, which the paper's feeds had first.</summary>
public static class Rss
{
    private static readonly XNamespace AtomSpace = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    public static XDocument Of(Feed feed) => new(new XDeclaration("1.0", "utf-8", null), new XElement("rss",
        new XAttribute("version", "2.0"),
        new XAttribute(XNamespace.Xmlns + "atom", AtomSpace),
        new XAttribute(XNamespace.Xmlns + "content", Content),
        new XAttribute(XNamespace.Xmlns + "dc", DublinCore),
        new XAttribute(XNamespace.Xmlns + "media", Media),
        new XElement("channel",
            new XElement("title", feed.Title),
            new XElement("link", feed.Home),
            new XElement("description", feed.About),
            new XElement("language", feed.Language),
            new XElement(AtomSpace + "link",
                new XAttribute("href", feed.AddressIn(FeedFormat.Rss)), new XAttribute("rel", "self"), new XAttribute("type", FeedFormat.Rss.MediaType)),
            feed.Items.Count == 0 ? null : new XElement("lastBuildDate", Moment(feed.ChangedAt)),
            feed.Items.Select(Item))));

    private static XElement Item(FeedItem item) => new("item",
        new XElement("title", item.Title),
        new XElement("link", item.Address),
        // Neither a new headline nor a new address makes an old story new in anybody's reader.
        new XElement("guid", new XAttribute("isPermaLink", "false"), item.Guid),
        new XElement("pubDate", Moment(item.PublishedAt)),
        item.Authors.Select(author => new XElement(DublinCore + "creator", author.Name)),
        item.Categories.Select(category => new XElement("category", category)),
        new XElement("description", item.Summary),
        new XElement(Content + "encoded", item.Html),
        item.Picture is { Bytes: { } bytes } picture
            ? new XElement("enclosure", new XAttribute("url", picture.Address), new XAttribute("length", bytes), new XAttribute("type", picture.MediaType))
            : null,
        item.Picture is null ? null : MediaContent(item.Picture));

    private static XElement MediaContent(FeedPicture picture) => new(Media + "content",
        new XAttribute("url", picture.Address),
        new XAttribute("medium", "image"),
        new XAttribute("type", picture.MediaType),
        new XAttribute("width", picture.Width),
        new XAttribute("height", picture.Height),
        picture.Alt.Length == 0 ? null : new XElement(Media + "description", new XAttribute("type", "plain"), picture.Alt),
        picture.Credit.Length == 0 ? null : new XElement(Media + "credit", picture.Credit));

    private static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
}
