using System.Net;
using System.Text.RegularExpressions;

namespace LondonDefender.Wire.StaticCopy;

/// <summary>A page as it stands without the program behind it: what it leads to, and its text with what cannot work there taken out.</summary>
/// <param name="Leads">Addresses of the paper's own that it needs, or leads to.</param>
/// <param name="Left">What was taken out, in words for a report.</param>
internal sealed partial record CopiedPage(string Text, IReadOnlyCollection<string> Leads, IReadOnlyCollection<string> Left)
{
    /// <summary>What asks the program something; and the newsroom.</summary>
    private static readonly string[] Alive = ["/search", "/desk", "/oembed", "/api", "/followed"];

    /// <param name="origin">Where the paper says it stands.</param>
    public static CopiedPage Read(string html, string origin)
    {
        HashSet<string> leads = [], left = [];
        var text = Without(html, SearchBox(), "the search form", left);
        text = Without(text, Embedding(), "oEmbed", left);
        text = Without(text, MenuEntry(), "links to the search and to the newsroom", left);
        text = Ping().Replace(text, "");
        text = DeadLink().Replace(text, link => OwnPath(WebUtility.HtmlDecode(link.Groups[1].Value), origin) is { } path && FileOf(path, isPage: true) is null
            ? Noted(link.Groups[2].Value, $"links to {path.Split('?')[0]}", left)
            : link.Value);
        text = Attribute().Replace(text, attribute => attribute.Groups[1].Value == "srcset"
            ? $"srcset=\"{string.Join(", ", attribute.Groups[2].Value.Split(", ").Select(choice => Lead(choice.Split(' ')[0]) + choice[choice.Split(' ')[0].Length..]))}\""
            : $"{attribute.Groups[1].Value}=\"{Lead(attribute.Groups[2].Value)}\"");
        return new(text, [.. leads, .. PicturesIn(text, origin)], left);

        string Lead(string written)
        {
            var address = WebUtility.HtmlDecode(written);
            if (OwnPath(address, origin) is not { } path)
                return written;

            if (FileOf(path, isPage: true) is not null)
                leads.Add(path);
            var before = address.StartsWith(origin, StringComparison.Ordinal) ? origin : "";
            var mark = address.IndexOf('#', StringComparison.Ordinal);
            return WebUtility.HtmlEncode(before + AddressOf(path) + (mark < 0 ? "" : address[mark..]));
        }
    }

    /// <summary>Pictures that something other than a page names: a feed, what is said for search engines.</summary>
    public static IEnumerable<string> PicturesIn(string text, string origin) =>
        NamedPicture().Matches(text).Where(match => match.Value.StartsWith(origin + "/", StringComparison.Ordinal)).Select(match => match.Value[origin.Length..]);

    public static IEnumerable<string> NamedInSitemap(string xml, string origin) =>
        Place().Matches(xml).Select(place => OwnPath(WebUtility.HtmlDecode(place.Groups[1].Value), origin)).OfType<string>();

    public static IEnumerable<string> NamedInStyles(string css, string address) =>
        StyleAddress().Matches(css).Select(named => new Uri(new Uri("http://paper" + address), named.Groups[1].Value)).Where(named => named.Host == "paper").Select(named => named.AbsolutePath);

    /// <summary>Where an address that is asked for stands in the copy: the second page of a list is a page of its own there.</summary>
    public static string AddressOf(string path) => Continued().Match(path) is { Success: true } page ? $"{page.Groups[1].Value.TrimEnd('/')}/page-{page.Groups[2].Value}" : path;

    /// <summary>The file a web server gives out at an address; null where only the program could answer.</summary>
    public static string? FileOf(string path, bool isPage)
    {
        var address = AddressOf(path);
        if (address.Contains('?', StringComparison.Ordinal) || Alive.Any(alive => address == alive || address.StartsWith(alive + "/", StringComparison.Ordinal)))
            return null;

        var named = Uri.UnescapeDataString(address).Trim('/');
        var file = named.Length == 0 ? "index.html" : isPage && !Path.GetFileName(named).Contains('.', StringComparison.Ordinal) ? named + "/index.html" : named;
        return CopyFolder.IsSound(file) ? file : null;
    }

    /// <summary>Path and query of an address of the paper's own; null for any other.</summary>
    private static string? OwnPath(string address, string origin)
    {
        var path = address.StartsWith(origin + "/", StringComparison.Ordinal) ? address[origin.Length..] : address == origin ? "/" : address;
        return path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) ? path.Split('#')[0] : null;
    }

    private static string Without(string html, Regex what, string words, HashSet<string> left) => what.Replace(html, _ => Noted("", words, left));

    private static string Noted(string instead, string words, HashSet<string> left)
    {
        left.Add(words);
        return instead;
    }

    [GeneratedRegex("<search>.*?</search>", RegexOptions.Singleline)]
    private static partial Regex SearchBox();

    [GeneratedRegex("""<link rel="alternate" [^>]*href="[^"]*/oembed\?[^>]*>\s*""")]
    private static partial Regex Embedding();

    [GeneratedRegex("""<(li|p class="masthead-search")>\s*<a href="/(search|desk)"[^>]*>[^<]*</a>\s*</(li|p)>\s*""")]
    private static partial Regex MenuEntry();

    [GeneratedRegex(" ping=\"[^\"]*\"")]
    private static partial Regex Ping();

    [GeneratedRegex("""<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex DeadLink();

    [GeneratedRegex("""\b(href|src|srcset)="([^"]*)"(?=[^<>]*>)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("""https?://[^"\s<>&\\]+?/pictures/[0-9a-z/x-]+\.(?:avif|webp|jpg)""")]
    private static partial Regex NamedPicture();

    [GeneratedRegex("<loc>([^<]+)</loc>")]
    private static partial Regex Place();

    [GeneratedRegex("""url\(\s*["']?([^"')]+)["']?\s*\)""")]
    private static partial Regex StyleAddress();

    [GeneratedRegex(@"^([^?]*)\?page=([0-9]{1,6})$")]
    private static partial Regex Continued();
}
