using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace LondonDefender.Tests.Feeds;

/// <summary>What the specifications of the formats say must be. Each rule answers with what is against it, in words; nothing when all is well.</summary>
internal static partial class FeedRules
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    public static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    public static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    public static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";

    public static List<string> OfRss(string text)
    {
        List<string> faults = [];
        var root = XDocument.Parse(text).Root!;
        if (root.Name != "rss" || root.Attribute("version")?.Value != "2.0" || root.Elements().Count() != 1)
            return ["The root is not rss 2.0 with one channel."];

        var channel = root.Element("channel")!;
        foreach (var needed in new[] { "title", "link", "description" })
            faults.AddRange(Once(channel, needed));
        faults.AddRange(Address(channel.Element("link")?.Value));
        faults.AddRange(Language(channel.Element("language")?.Value));
        faults.AddRange(Rfc822(channel.Element("lastBuildDate")?.Value));
        if (channel.Elements(Atom + "link").SingleOrDefault(link => link.Attribute("rel")?.Value == "self") is not { } self)
            faults.Add("There is no atom:link to itself.");
        else
            faults.AddRange(Address(self.Attribute("href")?.Value));

        var items = channel.Elements("item").ToList();
        faults.AddRange(Twice(items.Select(item => item.Element("guid")?.Value)));
        foreach (var item in items)
        {
            foreach (var needed in new[] { "title", "link", "guid", "pubDate", "description" })
                faults.AddRange(Once(item, needed));
            faults.AddRange(Once(item, Content + "encoded"));
            faults.AddRange(Address(item.Element("link")?.Value));
            faults.AddRange(Rfc822(item.Element("pubDate")?.Value));
            faults.AddRange(Html(item.Element(Content + "encoded")?.Value));
            if (item.Elements("enclosure").Any(e => !long.TryParse(e.Attribute("length")?.Value, CultureInfo.InvariantCulture, out _) || e.Attribute("type") is null) || item.Elements("enclosure").Count() > 1)
                faults.Add("An enclosure has no length or type, or there are two.");
            // Plain e-mail addresses belong in <author>; names have dc:creator.
            if (item.Elements("author").Any())
                faults.Add("An author that is no e-mail address.");
        }

        return faults;
    }

    public static List<string> OfAtom(string text)
    {
        List<string> faults = [];
        var feed = XDocument.Parse(text).Root!;
        if (feed.Name != Atom + "feed")
            return ["The root is not an Atom feed."];

        faults.AddRange(Language(feed.Attribute(XNamespace.Xml + "lang")?.Value));
        faults.AddRange(AtomCommon(feed));
        if (!Links(feed, "self").Any())
            faults.Add("The feed does not link to itself.");
        var entries = feed.Elements(Atom + "entry").ToList();
        if (!feed.Elements(Atom + "author").Any() && entries.Any(entry => !entry.Elements(Atom + "author").Any()))
            faults.Add("Neither the feed nor an entry has an author.");
        faults.AddRange(Twice(entries.Select(entry => entry.Element(Atom + "id")?.Value)));
        foreach (var entry in entries)
        {
            faults.AddRange(AtomCommon(entry));
            faults.AddRange(Rfc3339(entry.Element(Atom + "published")?.Value));
            faults.AddRange(Once(entry, Atom + "content"));
            if (Links(entry, "alternate").Count() != 1)
                faults.Add("An entry is to be read at one place.");
            if (entry.Element(Atom + "content")?.Attribute("type")?.Value != "html")
                faults.Add("The content is not said to be HTML.");
            faults.AddRange(Html(entry.Element(Atom + "content")?.Value));
        }

        return faults;
    }

    private static IEnumerable<string> AtomCommon(XElement element) =>
    [
        .. Once(element, Atom + "id"),
        .. Once(element, Atom + "title"),
        .. Once(element, Atom + "updated"),
        .. Address(element.Element(Atom + "id")?.Value),
        .. Rfc3339(element.Element(Atom + "updated")?.Value),
        .. element.Elements(Atom + "link").SelectMany(link => Address(link.Attribute("href")?.Value)),
        .. element.Elements(Atom + "author").SelectMany(author => Once(author, Atom + "name")),
        .. element.Elements(Atom + "author").Elements(Atom + "uri").SelectMany(uri => Address(uri.Value)),
        .. element.Elements(Atom + "category").Where(category => string.IsNullOrEmpty(category.Attribute("term")?.Value)).Select(_ => "A category has no term."),
    ];

    private static IEnumerable<XElement> Links(XElement element, string rel) => element.Elements(Atom + "link").Where(link => link.Attribute("rel")?.Value == rel);

    public static List<string> OfJsonFeed(string text)
    {
        List<string> faults = [];
        var feed = JsonDocument.Parse(text).RootElement;
        if (Said(feed, "version") != "https://jsonfeed.org/version/1.1")
            faults.Add("The version is not 1.1’s address.");
        if (string.IsNullOrEmpty(Said(feed, "title")))
            faults.Add("The feed has no title.");
        faults.AddRange(Address(Said(feed, "home_page_url")));
        faults.AddRange(Address(Said(feed, "feed_url")));
        faults.AddRange(Language(Said(feed, "language")));
        if (!feed.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
            return [.. faults, "There is no list of items."];

        faults.AddRange(Twice(items.EnumerateArray().Select(item => Said(item, "id"))));
        foreach (var item in items.EnumerateArray())
        {
            faults.AddRange(Address(Said(item, "url")));
            faults.AddRange(Rfc3339(Said(item, "date_published")));
            faults.AddRange(Rfc3339(Said(item, "date_modified")));
            faults.AddRange(Html(Said(item, "content_html")));
            if (item.TryGetProperty("authors", out var authors))
                faults.AddRange(authors.EnumerateArray().Where(author => string.IsNullOrEmpty(Said(author, "name"))).Select(_ => "An author has no name."));
        }

        return faults;
    }

    public static List<string> OfSitemap(string text)
    {
        List<string> faults = [];
        var root = XDocument.Parse(text).Root!;
        var kind = root.Name == Map + "sitemapindex" ? "sitemap" : "url";
        if (kind == "url" && root.Name != Map + "urlset")
            return ["The root is neither an index nor a map."];

        var entries = root.Elements().ToList();
        if (entries.Count > 50_000 || System.Text.Encoding.UTF8.GetByteCount(text) > 50 * 1024 * 1024)
            faults.Add("It is larger than the protocol takes.");
        faults.AddRange(entries.Where(entry => entry.Name != Map + kind).Select(entry => $"{entry.Name} stands in a list of {kind}."));
        faults.AddRange(Twice(entries.Select(entry => entry.Element(Map + "loc")?.Value)));
        foreach (var entry in entries)
        {
            faults.AddRange(Once(entry, Map + "loc"));
            faults.AddRange(Address(entry.Element(Map + "loc")?.Value));
            if (entry.Element(Map + "loc")?.Value.Length >= 2048)
                faults.Add("An address is longer than the protocol takes.");
            if (entry.Element(Map + "lastmod") is { } changed)
                faults.AddRange(Rfc3339(changed.Value));
        }

        var news = root.Descendants(News + "news").ToList();
        if (news.Count > 1_000)
            faults.Add("There is more news than one file takes.");
        foreach (var story in news)
        {
            faults.AddRange(Once(story, News + "publication"));
            faults.AddRange(Once(story, News + "title"));
            faults.AddRange(Once(story.Element(News + "publication")!, News + "name"));
            if (!Regex.IsMatch(story.Element(News + "publication")?.Element(News + "language")?.Value ?? "", "^([a-z]{2,3}|zh-(cn|tw))$"))
                faults.Add("The language has more or fewer than two or three letters.");
            faults.AddRange(Rfc3339(story.Element(News + "publication_date")?.Value));
        }

        return faults;
    }

    /// <summary>ninjs 2.1: the schema's closed list of properties, and the forms of those that have one.</summary>
    public static List<string> OfNinjs(JsonElement story, bool isAssociation = false)
    {
        List<string> faults = [];
        faults.AddRange(story.EnumerateObject().Where(p => !NinjsProperties.Contains(p.Name) && !(isAssociation && p.Name == "name")).Select(p => $"ninjs knows no {p.Name}."));
        faults.AddRange(Address(Said(story, "uri")));
        if (isAssociation && string.IsNullOrEmpty(Said(story, "name")))
            faults.Add("An association has no name.");
        foreach (var moment in new[] { "firstcreated", "versioncreated", "contentcreated", "embargoed", "expires" }.Where(name => story.TryGetProperty(name, out _)))
            faults.AddRange(Rfc3339(Said(story, moment)));
        foreach (var (name, values) in new[]
        {
            ("type", new[] { "text", "audio", "video", "picture", "graphic", "composite", "component" }),
            ("representationtype", ["full", "partial"]),
            ("pubstatus", ["usable", "withheld", "canceled"]),
        })
        {
            if (Said(story, name) is { } said && !values.Contains(said))
                faults.Add($"{said} is no {name}.");
        }

        foreach (var name in new[] { "headlines", "bodies", "descriptions" })
            faults.AddRange(Each(story, name).Where(words => Said(words, "value") is null).Select(_ => $"One of the {name} has no value."));
        faults.AddRange(Each(story, "renditions").Where(rendition => string.IsNullOrEmpty(Said(rendition, "name"))).Select(_ => "A rendition has no name."));
        faults.AddRange(Each(story, "renditions").SelectMany(rendition => Address(Said(rendition, "href"))));
        faults.AddRange(new[] { "subjects", "infosources", "genres" }.SelectMany(name => Each(story, name)).Where(c => c.TryGetProperty("uri", out _)).SelectMany(c => Address(Said(c, "uri"))));
        faults.AddRange(Each(story, "bodies").Where(body => Said(body, "contenttype") == "text/html").SelectMany(body => Html(Said(body, "value"))));
        faults.AddRange(Each(story, "associations").SelectMany(association => OfNinjs(association, isAssociation: true)));
        return faults;
    }

    private static readonly string[] NinjsProperties =
    [
        "uri", "type", "representationtype", "profile", "version", "firstcreated", "versioncreated", "contentcreated", "embargoed", "pubstatus", "urgency",
        "copyrightholder", "copyrightnotice", "usageterms", "ednote", "language", "descriptions", "bodies", "headlines", "people", "organisations", "places",
        "subjects", "events", "objects", "infosources", "title", "by", "slugline", "located", "renditions", "associations", "altids", "trustindicators",
        "standard", "genres", "expires", "rightsinfo",
    ];

    private static IEnumerable<JsonElement> Each(JsonElement thing, string name) => thing.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];

    private static string? Said(JsonElement thing, string name) => thing.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Once(XElement parent, XName name)
    {
        var found = parent.Elements(name).ToList();
        return found is [var only] && (only.Value.Trim().Length > 0 || only.HasElements) ? [] : [$"{parent.Name.LocalName} has {found.Count} {name.LocalName}, or an empty one."];
    }

    private static IEnumerable<string> Twice(IEnumerable<string?> ids) =>
        ids.GroupBy(id => id).Where(same => same.Key is null || same.Count() > 1).Select(same => $"The id {same.Key ?? "(none)"} is there {same.Count()} times.");

    private static IEnumerable<string> Address(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && Uri.IsWellFormedUriString(address, UriKind.Absolute) ? [] : [$"“{address}” is no whole address."];

    private static IEnumerable<string> Rfc3339(string? moment) =>
        moment is not null && Rfc3339Form().IsMatch(moment) && DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, out _) ? [] : [$"“{moment}” is no moment by RFC 3339."];

    private static IEnumerable<string> Rfc822(string? moment) =>
        moment is null || (Rfc822Form().IsMatch(moment) && DateTimeOffset.TryParseExact(moment, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) ? [] : [$"“{moment}” is no moment by RFC 822."];

    private static IEnumerable<string> Language(string? language) =>
        language is not null && LanguageForm().IsMatch(language) ? [] : [$"“{language}” is no language."];

    /// <summary>What feed readers can show: whole addresses, and nothing that runs.</summary>
    private static IEnumerable<string> Html(string? html)
    {
        if (string.IsNullOrWhiteSpace(html))
            return ["There is no text."];

        var body = new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;
        return
        [
            .. body.QuerySelectorAll("[href], [src], [cite], [poster]").SelectMany(e => new[] { "href", "src", "cite", "poster" }.Select(e.GetAttribute)).OfType<string>().SelectMany(Address),
            .. body.QuerySelectorAll("[srcset]").SelectMany(e => e.GetAttribute("srcset")!.Split(',')).SelectMany(source => Address(source.Trim().Split(' ')[0])),
            .. body.QuerySelectorAll("script, style, iframe, object, form, [style]").Select(e => $"There is a {e.LocalName} in the text."),
            .. body.QuerySelectorAll("*").SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal)).Select(a => $"There is {a.Name} in the text."),
        ];
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Rfc3339Form();

    [GeneratedRegex(@"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$")]
    private static partial Regex Rfc822Form();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageForm();
}
