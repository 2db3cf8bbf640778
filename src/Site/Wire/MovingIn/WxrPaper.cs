using System.Globalization;
using System.Xml;
using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Wire.MovingIn;

/// <summary>WordPress's own export, WXR. The plugin for several authors writes them as terms; they are read too.</summary>
internal sealed class WxrPaper(string path, TimeZoneInfo zone) : OldPaper
{
    private const string Own = "http://wordpress.org/export/", Content = "http://purl.org/rss/1.0/modules/content/", Dublin = "http://purl.org/dc/elements/1.1/";

    private readonly Dictionary<string, string> nameByLogin = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OldPicture> pictures = [];
    private readonly PaperClock clock = new(zone);

    public override string Kind => "WordPress";

    public static bool IsOne(string path)
    {
        using var root = OldXml.Root(path);
        if (root is not { LocalName: "rss" })
            return false;

        for (var i = 0; i < root.AttributeCount; i++)
        {
            root.MoveToAttribute(i);
            if (root.Value.StartsWith(Own, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    public override IEnumerable<OldStory> Read(bool withTexts)
    {
        NotTaken.Clear();
        ListPages.Clear();
        foreach (var item in OldXml.Each(path, reader => ReadElement(reader, withTexts)))
        {
            if (AsStory(item) is { } story)
                yield return story;
        }
    }

    public override OldPicture? PictureNumbered(string number) => pictures.GetValueOrDefault(number);

    private Item? ReadElement(XmlReader reader, bool withTexts)
    {
        switch (reader.LocalName)
        {
            case "channel":
                reader.Read();
                return null;
            case "item":
                return ReadItem(reader, withTexts);
            case "author" when IsOwn(reader):
                ReadAuthor(reader);
                return null;
            case "base_blog_url" when IsOwn(reader):
            case "base_site_url" when IsOwn(reader):
                var address = OldXml.Text(reader, 1000);
                Site ??= Uri.TryCreate(address, UriKind.Absolute, out var site) ? site : null;
                return null;
            case "category" when IsOwn(reader):
            case "tag" when IsOwn(reader):
                ReadTerm(reader, reader.LocalName);
                return null;
            default:
                reader.Skip();
                return null;
        }
    }

    private static bool IsOwn(XmlReader reader) => reader.NamespaceURI.StartsWith(Own, StringComparison.Ordinal);

    private void ReadAuthor(XmlReader reader)
    {
        var said = Children(reader);
        var login = said.GetValueOrDefault("author_login", "");
        var name = PlainWords.OneLine(said.GetValueOrDefault("author_display_name", "") is { Length: > 0 } shown ? shown : login);
        if (login.Length == 0 || name.Length == 0)
            return;

        nameByLogin[login] = name;
        Writers[name] = new(name);
        ListPages.Add(new($"/author/{login}", OldListKind.Author, name));
    }

    private void ReadTerm(XmlReader reader, string kind)
    {
        var said = Children(reader);
        var (slug, name) = kind == "tag"
            ? (said.GetValueOrDefault("tag_slug", ""), said.GetValueOrDefault("tag_name", ""))
            : (said.GetValueOrDefault("category_nicename", ""), said.GetValueOrDefault("cat_name", ""));
        if (slug.Length > 0 && name.Length > 0)
            ListPages.Add(new($"/{kind}/{slug}", kind == "tag" ? OldListKind.Tag : OldListKind.Category, PlainWords.OneLine(name)));
    }

    private static Dictionary<string, string> Children(XmlReader reader)
    {
        Dictionary<string, string> said = [];
        ForEachChild(reader, () => said[reader.LocalName] = OldXml.Text(reader, 10_000));
        return said;
    }

    /// <param name="read">Leaves the reader behind the child.</param>
    private static void ForEachChild(XmlReader reader, Action read)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
                read();
            else
                reader.Read();
        }

        reader.Read();
    }

    private static Item ReadItem(XmlReader reader, bool withTexts)
    {
        var item = new Item();
        ForEachChild(reader, () => ReadPart(reader, item, withTexts));
        return item;
    }

    private static void ReadPart(XmlReader reader, Item item, bool withTexts)
    {
        switch (reader.LocalName, reader.NamespaceURI)
        {
            case ("encoded", Content):
                if (withTexts)
                    item.Text = OldXml.Text(reader);
                else
                    reader.Skip();
                break;
            case ("encoded", _):
                item.Excerpt = OldXml.Text(reader, 20_000);
                break;
            case ("creator", Dublin):
                item.Creator = OldXml.Text(reader, 500);
                break;
            case ("category", ""):
                var term = (Domain: reader.GetAttribute("domain") ?? "", Nice: reader.GetAttribute("nicename") ?? "");
                if (item.Terms.Count < 500)
                    item.Terms.Add((term.Domain, PlainWords.OneLine(OldXml.Text(reader, 500))));
                else
                    reader.Skip();
                break;
            case ("postmeta", _):
                var meta = Children(reader);
                if (item.Meta.Count < 500 && meta.GetValueOrDefault("meta_key") is { Length: > 0 } key)
                    item.Meta[key] = meta.GetValueOrDefault("meta_value", "");
                break;
            case ("comment", _):
                item.Comments++;
                reader.Skip();
                break;
            default:
                item.Said[reader.LocalName] = OldXml.Text(reader, 20_000);
                break;
        }
    }

    private OldStory? AsStory(Item item)
    {
        switch (item["post_type"])
        {
            case "attachment":
                Remember(item);
                Leave("entries of WordPress’s picture library (what stands in stories is taken with them)");
                return null;
            case "page":
                Leave("pages");
                return null;
            case "post":
                break;
            case var other:
                Leave($"entries of the kind “{PlainWords.Cut(PlainWords.OneLine(other), 40)}”");
                return null;
        }

        if (item["status"] is "trash" or "auto-draft" or "inherit")
        {
            Leave("posts in the bin, or never begun");
            return null;
        }

        if (item.Comments > 0)
            NotTaken["comments"] = NotTaken.GetValueOrDefault("comments") + item.Comments;
        return StoryOf(item);
    }

    private OldStory StoryOf(Item item)
    {
        var guests = item.Terms.Where(term => term.Domain == "author").Select(term => term.Name).ToList();
        var published = item["status"] is "publish" or "private" or "future" ? Moment(item) : null;
        return new()
        {
            Key = $"post {item["post_id"]}",
            Headline = PlainWords.OneLine(System.Net.WebUtility.HtmlDecode(item["title"])),
            Html = item.Text,
            HasLooseLines = !item.Text.Contains("<!-- wp:", StringComparison.Ordinal),
            Standfirst = item.Excerpt.Length > 0 ? item.Excerpt : item.Meta.GetValueOrDefault("newspack_post_subtitle", ""),
            Slug = item["post_name"],
            Published = published,
            WhyDraft = WhyDraft(item, published),
            Authors = guests.Count > 0 ? guests : item.Creator.Length > 0 ? [nameByLogin.GetValueOrDefault(item.Creator, PlainWords.OneLine(item.Creator))] : [],
            Tags = [.. item.Terms.Where(term => term.Domain == "post_tag").Select(term => term.Name)],
            Categories = [.. item.Terms.Where(term => term.Domain == "category").Select(term => term.Name)],
            Addresses = [.. new[] { item["link"], item["post_id"].Length > 0 ? $"/?p={item["post_id"]}" : "", item["guid"] }.Where(address => address.Length > 0)],
            Picture = item.Meta.GetValueOrDefault("_thumbnail_id") is { Length: > 0 } number ? PictureNumbered(number) : null,
        };
    }

    private static string? WhyDraft(Item item, DateTimeOffset? published) => item["status"] switch
    {
        _ when item["post_password"].Length > 0 => "It was behind a password, so it is a draft; who knows the password cannot be asked for here.",
        "private" => "It was private, so it is a draft.",
        "future" => "It was waiting to be published, so it is a draft: give it its moment again.",
        "pending" => "It was waiting for review, so it is a draft.",
        "publish" when published is null => "It was published, but for no moment that can be read, so it is a draft.",
        _ => null,
    };

    private DateTimeOffset? Moment(Item item)
    {
        if (Read(item["post_date_gmt"]) is { } utc)
            return new(utc, TimeSpan.Zero);

        return Read(item["post_date"]) is { } local ? clock.AtLocal(local).ToUniversalTime() : null;

        static DateTime? Read(string written) =>
            DateTime.TryParseExact(written.Trim(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 1000 and < 9000 ? read : null;
    }

    private void Remember(Item item)
    {
        var address = item["attachment_url"] is { Length: > 0 } file ? file : item["guid"];
        if (item["post_id"].Length > 0 && address.Length > 0)
            pictures[item["post_id"]] = new(address, PlainWords.OneLine(item.Meta.GetValueOrDefault("_wp_attachment_image_alt", "")), item.Excerpt, PlainWords.OneLine(item.Meta.GetValueOrDefault("_media_credit", "")));
    }

    private sealed class Item
    {
        public Dictionary<string, string> Said { get; } = [];
        public Dictionary<string, string> Meta { get; } = [];
        public List<(string Domain, string Name)> Terms { get; } = [];
        public string Text { get; set; } = "";
        public string Excerpt { get; set; } = "";
        public string Creator { get; set; } = "";
        public int Comments { get; set; }

        public string this[string name] => Said.GetValueOrDefault(name, "").Trim();
    }
}
