using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

/// <summary>Our own finished HTML as words again: a line for each paragraph, links with the outside address they lead to, pictures by what they show.</summary>
public static partial class ReadableHtml
{
    private static readonly HashSet<string> InSentences = ["a", "em", "strong", "code", "b", "i", "cite", "q", "span", "time", "abbr", "sub", "sup", "small"];

    public static string Of(string finished)
    {
        var html = finished.ReplaceLineEndings(" ");
        var words = new StringBuilder(html.Length);
        var links = new Stack<string?>();
        var at = 0;
        foreach (var tag in Tags().Matches(html).Cast<Match>())
        {
            words.Append(html, at, tag.Index - at);
            at = tag.Index + tag.Length;
            words.Append(InPlaceOf(tag, links));
        }

        words.Append(html, at, html.Length - at);
        var lines = WebUtility.HtmlDecode(words.ToString()).Split('\n').Select(Words.OnOneLine).Where(line => line.Length > 0);
        // A list's item may hold paragraphs; its point stays with the first.
        return string.Join('\n', lines).Replace("•\n", "• ", StringComparison.Ordinal);
    }

    private static string InPlaceOf(Match tag, Stack<string?> links) => (tag.Groups["name"].Value, IsClosing: tag.Groups["closing"].Length > 0) switch
    {
        ("a", false) => Opened(tag, links),
        ("a", true) => links.TryPop(out var address) && address is not null ? $" ({address})" : "",
        ("img", _) => Attribute(tag, "alt") is { Length: > 0 } shows ? $"\n[Picture: {shows}]\n" : "\n[Picture]\n",
        ("br", _) => " ",
        ("hr", _) => "\n* * *\n",
        ("li", false) => "\n• ",
        ("td" or "th", true) => " | ",
        (var name, _) => InSentences.Contains(name) ? "" : "\n",
    };

    private static string Opened(Match link, Stack<string?> links)
    {
        links.Push(Attribute(link, "href") is { } address && address.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? address : null);
        return "";
    }

    private static string? Attribute(Match tag, string name) =>
        Attributes().Matches(tag.Groups["attributes"].Value).FirstOrDefault(attribute => attribute.Groups["name"].Value == name)?.Groups["value"].Value;

    // No quotation mark of ours stands bare in an attribute, and no angle bracket outside a tag.
    [GeneratedRegex("""<(?<closing>/?)(?<name>[a-z][a-z0-9-]*)(?<attributes>(?:[^<>"]|"[^"]*")*)>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex(@"(?<name>[a-z-]+)=""(?<value>[^""]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Attributes();
}
