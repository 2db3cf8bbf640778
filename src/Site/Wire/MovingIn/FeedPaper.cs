using System.Globalization;
using System.Xml;
using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Wire.MovingIn;

/// <summary>A feed, RSS or Atom, saved as a file: the newest stories of a site that exports nothing else.</summary>
internal sealed class FeedPaper(string path, TimeZoneInfo zone) : OldPaper
{
    private const int WholeStory = 80;
    private const string Media = "http://search.yahoo.com/mrss/";

    private readonly PaperClock clock = new(zone);

    public override string Kind => "feed";

    public override IEnumerable<OldStory> Read(bool withTexts)
    {
        NotTaken.Clear();
        using (var root = OldXml.Guarded(() => OldXml.Root(path)))
        {
            if (root is not null && root.LocalName is not ("rss" or "feed" or "RDF"))
                throw new UnreadableOldPaper($"The file is XML, but neither WordPress’s export nor a feed: its outermost element is <{PlainWords.Cut(root.LocalName, 40)}>.");
        }

        foreach (var story in OldXml.Each(path, ReadElement))
            yield return story;
    }

    private OldStory? ReadElement(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "channel":
                reader.Read();
                return null;
            case "item" or "entry":
                return ReadEntry(reader);
            case "link":
                var address = reader.GetAttribute("rel") is null or "alternate" ? reader.GetAttribute("href") ?? OldXml.Text(reader, 2000) : "";
                Site ??= Uri.TryCreate(address.Trim(), UriKind.Absolute, out var site) && site.Scheme is "http" or "https" ? site : null;
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "link")
                    reader.Skip();
                return null;
            default:
                reader.Skip();
                return null;
        }
    }

    private OldStory? ReadEntry(XmlReader reader)
    {
        Dictionary<string, string> said = [];
        List<string> authors = [], tags = [];
        OldPicture? picture = null;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return null;
        }

        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else
                ReadPart();
        }

        reader.Read();
        return StoryOf(said, authors, tags, picture);

        void ReadPart()
        {
            switch (reader.LocalName)
            {
                case "link" when reader.GetAttribute("href") is { } href:
                    if (reader.GetAttribute("rel") is null or "alternate")
                        said.TryAdd("link", href);
                    reader.Skip();
                    break;
                case "author" or "creator":
                    authors.Add(PlainWords.OneLine(NameIn(OldXml.Text(reader, 1000))));
                    break;
                case "category" when reader.GetAttribute("term") is { } term:
                    tags.Add(PlainWords.OneLine(reader.GetAttribute("label") ?? term));
                    reader.Skip();
                    break;
                case "category":
                    tags.Add(PlainWords.OneLine(OldXml.Text(reader, 500)));
                    break;
                case "enclosure" or "content" or "thumbnail" when reader.GetAttribute("url") is { Length: > 0 } url && (reader.NamespaceURI == Media || reader.GetAttribute("type")?.StartsWith("image/", StringComparison.Ordinal) == true):
                    if (reader.GetAttribute("medium") is null or "image" && reader.GetAttribute("type") is null or ['i', 'm', 'a', 'g', 'e', ..])
                        picture ??= new(url);
                    reader.Skip();
                    break;
                case "content" when reader.GetAttribute("type") == "xhtml":
                    said["content"] = PlainWords.Cut(OldXml.Guarded(reader.ReadInnerXml), LongestField);
                    break;
                case "encoded":
                    said["content"] = OldXml.Text(reader);
                    break;
                default:
                    // Of media:title and title, the feed's own counts.
                    if (reader.NamespaceURI == Media)
                        reader.Skip();
                    else
                        said.TryAdd(reader.LocalName, OldXml.Text(reader));
                    break;
            }
        }
    }

    /// <summary>RSS has authors as an address and, in brackets, the name; Atom has the address of their page beside it.</summary>
    private static string NameIn(string author) =>
        author.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && author.Contains('@', StringComparison.Ordinal) ? author[(open + 1)..].TrimEnd(')', ' ')
        : author.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(line => !line.Contains("://", StringComparison.Ordinal) && !line.Contains('@', StringComparison.Ordinal)) ?? "";

    private OldStory? StoryOf(Dictionary<string, string> said, List<string> authors, List<string> tags, OldPicture? picture)
    {
        string Said(string name) => said.GetValueOrDefault(name, "").Trim();
        var link = Said("link");
        var key = new[] { Said("guid"), Said("id"), link }.FirstOrDefault(name => name.Length > 0);
        if (key is null)
        {
            Leave("entries with neither address nor number");
            return null;
        }

        var (whole, summary) = (Said("content"), Said("description") is { Length: > 0 } description ? description : Said("summary"));
        var html = whole.Length > 0 ? whole : summary;
        var isShort = whole.Length == 0 && PlainText.Of(html).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Length < WholeStory;
        return new()
        {
            Key = PlainWords.Cut(key, 300),
            Headline = PlainWords.OneLine(PlainText.Of(Said("title"))),
            Html = html,
            Standfirst = whole.Length > 0 && PlainText.Of(summary) is { Length: < 500 } words && !words.EndsWith("[…]", StringComparison.Ordinal) && !words.Contains("The post ", StringComparison.Ordinal) ? words : "",
            Published = Moment(Said("pubDate")) ?? Moment(Said("published")) ?? Moment(Said("date")) ?? Moment(Said("updated")),
            WhyDraft = isShort ? "The feed has only its beginning, so it is a draft." : null,
            Authors = [.. authors.Where(name => name.Length > 0).Distinct()],
            Categories = [.. tags.Where(name => name.Length > 0)],
            Addresses = link.Length > 0 ? [link] : [],
            Picture = picture,
        };
    }

    private DateTimeOffset? Moment(string written)
    {
        if (written.Length == 0)
            return null;

        // RFC 822 names zones that .NET does not know; GMT and UT are the ones met with.
        var plain = written.Replace(" UT", " +00:00", StringComparison.Ordinal).Replace("+00:00C", "+00:00", StringComparison.Ordinal);
        if (!DateTime.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read) || read.Year is < 1000 or > 9000)
            return null;

        return read.Kind == DateTimeKind.Utc ? new(read) : clock.AtLocal(read).ToUniversalTime();
    }
}
