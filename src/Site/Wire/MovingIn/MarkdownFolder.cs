using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Wire.MovingIn;

/// <summary>A folder of Markdown such as Hugo and Jekyll keep, or anybody else.</summary>
internal sealed partial class MarkdownFolder : OldPaper
{
    private const int LargestText = 4 * 1024 * 1024;

    private static readonly HashSet<string> NotStories = new(StringComparer.OrdinalIgnoreCase) { "node_modules", "themes", "public", "_site", "archetypes", "layouts", "_layouts", "_includes", "resources", "vendor" };
    private static readonly string[] Endings = [".md", ".markdown", ".mdown", ".mkd"];
    private static readonly string[] PlacesOfFiles = ["static", "assets", "public", "source", ""];

    private readonly string folder;
    private readonly string? permalinks;
    private readonly PaperClock clock;
    private UnpackedZip? unpacked;

    public MarkdownFolder(string folder, string? permalinks, TimeZoneInfo zone) =>
        (this.folder, this.permalinks, clock) = (System.IO.Path.GetFullPath(folder), permalinks, new(zone));

    /// <summary>A ZIP file's folder, unpacked for as long as it is read.</summary>
    public static MarkdownFolder OfZip(string path, string? permalinks, TimeZoneInfo zone)
    {
        var unpacked = UnpackedZip.Of(path);
        return new(unpacked.Folder, permalinks, zone) { unpacked = unpacked };
    }

    public override string Kind => "Markdown";

    public override IEnumerable<OldStory> Read(bool withTexts)
    {
        NotTaken.Clear();
        foreach (var refused in unpacked?.Refused ?? [])
            Leave(refused);
        var files = Files().ToList();
        if (files.Count == 0)
            throw new UnreadableOldPaper("There is no Markdown in it: no file ends in .md or .markdown.");

        foreach (var file in files)
        {
            if (StoryOf(file) is { } story)
                yield return story;
        }
    }

    public override string? FileOf(string address, OldStory story)
    {
        var path = Uri.UnescapeDataString(address.Split('?', '#')[0]);
        if (path.Contains("://", StringComparison.Ordinal))
        {
            if (Site is not null || !Uri.TryCreate(address, UriKind.Absolute, out var whole))
                return null;
            path = Uri.UnescapeDataString(whole.AbsolutePath);
        }

        var beside = System.IO.Path.GetDirectoryName(story.Key) ?? "";
        var places = path.StartsWith('/') ? PlacesOfFiles.Select(place => System.IO.Path.Combine(Root, place)) : [System.IO.Path.Combine(folder, beside), .. PlacesOfFiles.Select(place => System.IO.Path.Combine(Root, place))];
        return places.Select(place => System.IO.Path.GetFullPath(System.IO.Path.Combine(place, path.TrimStart('/'))))
            .FirstOrDefault(file => OldPictures.IsWithin(Root, file) && File.Exists(file));
    }

    public override void Dispose()
    {
        unpacked?.Dispose();
        base.Dispose();
    }

    /// <summary>Files lie beside the folder of texts where somebody named only that.</summary>
    private string Root => System.IO.Path.GetFileName(folder) is "content" or "_posts" or "posts" && System.IO.Path.GetDirectoryName(folder) is { } above && unpacked is null ? above : folder;

    private IEnumerable<string> Files()
    {
        Stack<string> folders = new([folder]);
        while (folders.TryPop(out var here))
        {
            foreach (var below in Directory.EnumerateDirectories(here).Where(below => IsRead(System.IO.Path.GetFileName(below))).OrderDescending(StringComparer.Ordinal))
                folders.Push(below);
            foreach (var file in Directory.EnumerateFiles(here).Where(file => Endings.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal))
                yield return file;
        }
    }

    private static bool IsRead(string name) => !name.StartsWith('.') && !NotStories.Contains(name);

    private OldStory? StoryOf(string file)
    {
        var relative = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/');
        try
        {
            if (new FileInfo(file).Length > LargestText)
                throw new UnreadableCopy("it is larger than 4 MB, which no story is");

            var (front, body) = StrangersFront.Split(TextOf(file));
            return IsPage(relative, front) ? Left("pages") : StoryOf(relative, front, body);
        }
        catch (UnreadableCopy reason)
        {
            return Left($"file: {PlainWords.Cut(PlainWords.OneLine(relative), 200)} was left out, for {reason.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Left($"file: {PlainWords.Cut(PlainWords.OneLine(relative), 200)} cannot be opened");
        }

        OldStory? Left(string what)
        {
            Leave(what);
            return null;
        }
    }

    private static string TextOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.AsSpan().Contains((byte)0))
            throw new UnreadableCopy("it is not a text file");

        return Encoding.UTF8.GetString(bytes);
    }

    private static bool IsPage(string relative, StrangersFront front) =>
        System.IO.Path.GetFileName(relative) is var name && (name.StartsWith("_index.", StringComparison.OrdinalIgnoreCase) || name.Equals("readme.md", StringComparison.OrdinalIgnoreCase))
        || front.Text("layout", "type") is "page" or "home" or "about" or "redirect";

    private OldStory StoryOf(string relative, StrangersFront front, string body)
    {
        var name = Dated().Match(System.IO.Path.GetFileNameWithoutExtension(relative));
        var written = front.Text("date", "publishDate", "published_at", "pubDate", "created");
        var published = Moment(written) ?? (name.Success ? Moment(name.Groups["day"].Value) : null);
        var headline = PlainWords.OneLine(front.Text("title", "headline"));
        if (headline.Length == 0 && FirstHeading().Match(body) is { Success: true } first)
            (headline, body) = (PlainWords.OneLine(first.Groups["words"].Value), body.Remove(first.Index, first.Length));

        List<string> categories = [.. front.List("categories", "category", "section")];
        var slug = front.Text("slug") is { Length: > 0 } own ? own : SlugOf(relative, name);
        if (categories.Count == 0 && FolderAbove(relative) is { } above && !above.Equals(slug, StringComparison.OrdinalIgnoreCase))
            categories.Add(above);

        return new()
        {
            Key = relative,
            Headline = headline,
            Html = StrangersMarkdown.AsHtml(body),
            Standfirst = front.Text("description", "summary", "excerpt", "subtitle", "standfirst"),
            Slug = slug,
            Published = published,
            WhyDraft = WhyDraft(relative, front, written, published),
            Authors = [.. front.List("authors", "author").Select(PlainWords.OneLine).Distinct()],
            Categories = categories,
            Tags = [.. front.List("tags", "tag", "keywords")],
            Addresses = [.. Addresses(relative, front, slug, name.Success, published, categories).Distinct()],
            LinksFrom = "/" + relative,
            Picture = front.Text("featured_image", "feature_image", "image", "cover", "thumbnail", "images", "picture") is { Length: > 0 } image
                ? new(image, PlainWords.OneLine(front.Text("image_alt", "featured_image_alt", "picture_alt")), PlainWords.OneLine(front.Text("image_caption", "caption", "picture_caption")))
                : null,
        };
    }

    /// <summary>The folder a file lies in, where its name says what the file is about.</summary>
    private static string? FolderAbove(string relative) => relative.Split('/') is [.., var above, _]
        && above is not ("_posts" or "posts" or "content" or "post" or "blog" or "_drafts" or "articles") && !above.All(char.IsAsciiDigit) ? above : null;

    private static string? WhyDraft(string relative, StrangersFront front, string written, DateTimeOffset? published) => 0 switch
    {
        _ when front.Flag("draft") || front.Text("published").Equals("false", StringComparison.OrdinalIgnoreCase) || $"/{relative}".Contains("/_drafts/", StringComparison.Ordinal) => "It was a draft.",
        _ when published is null && written.Length > 0 => $"Its date cannot be read ({PlainWords.Cut(PlainWords.OneLine(written), 40)}), so it is a draft.",
        _ when published is null => "It has no date, so it is a draft.",
        _ => null,
    };

    private IEnumerable<string> Addresses(string relative, StrangersFront front, string slug, bool isDated, DateTimeOffset? published, List<string> categories)
    {
        var said = front.Text("url", "permalink");
        if (said.Length > 0 && !said.Contains(':', StringComparison.Ordinal))
            yield return said.StartsWith('/') ? said : "/" + said;
        if (published is { } at && (permalinks ?? (said.Contains(':', StringComparison.Ordinal) ? said : null)) is { } pattern)
            yield return Filled(pattern, clock.Local(at), slug, categories);
        if (isDated && published is { } day)
        {
            yield return Filled("/:categories/:year/:month/:day/:title.html", clock.Local(day), slug, categories);
            yield return Filled("/:year/:month/:day/:title.html", clock.Local(day), slug, categories);
        }

        var path = relative[..^System.IO.Path.GetExtension(relative).Length];
        var trimmed = path.StartsWith("content/", StringComparison.Ordinal) ? path["content/".Length..] : path;
        var bundle = trimmed.EndsWith("/index", StringComparison.Ordinal) ? trimmed[..^"/index".Length] : trimmed;
        if (!isDated)
            yield return $"/{(bundle.Contains('/', StringComparison.Ordinal) ? bundle[..(bundle.LastIndexOf('/') + 1)] : "")}{slug}/";
        foreach (var alias in front.List("aliases", "redirect_from"))
            yield return alias.Contains("://", StringComparison.Ordinal) || alias.StartsWith('/') ? alias : "/" + alias;
        yield return "/" + bundle;
        yield return "/" + relative;
    }

    private static string Filled(string pattern, DateTimeOffset at, string slug, List<string> categories)
    {
        var filled = pattern
            .Replace(":categories", string.Join('/', categories.Select(Slugs.From)), StringComparison.Ordinal).Replace(":section", categories.Count > 0 ? Slugs.From(categories[0]) : "", StringComparison.Ordinal)
            .Replace(":year", at.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace(":month", at.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(":day", at.ToString("dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(":slug", slug, StringComparison.Ordinal).Replace(":title", slug, StringComparison.Ordinal).Replace(":filename", slug, StringComparison.Ordinal);
        return "/" + filled.Replace("//", "/", StringComparison.Ordinal).TrimStart('/');
    }

    private static string SlugOf(string relative, Match dated)
    {
        if (dated.Success)
            return dated.Groups["slug"].Value;

        var name = System.IO.Path.GetFileNameWithoutExtension(relative);
        return name == "index" && System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(relative)) is { Length: > 0 } bundle ? bundle : name;
    }

    private DateTimeOffset? Moment(string written)
    {
        if (written.Length == 0 || !DateTime.TryParse(ZoneApart().Replace(written, "$1$2:$3"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read) || read.Year is < 1000 or > 9000)
            return null;

        return read.Kind == DateTimeKind.Utc ? new(read) : clock.AtLocal(read).ToUniversalTime();
    }

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})-(?<slug>.+)$")]
    private static partial Regex Dated();

    [GeneratedRegex(@"\A\s*#[ \t]+(?<words>[^\n]{1,300})\n")]
    private static partial Regex FirstHeading();

    [GeneratedRegex(@" ?([+-])([0-9]{2})([0-9]{2})$")]
    private static partial Regex ZoneApart();
}
