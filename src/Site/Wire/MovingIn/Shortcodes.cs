using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LondonDefender.Copy;

namespace LondonDefender.Wire.MovingIn;

/// <summary>WordPress's words in square brackets, turned into the HTML they stand for. What is not known is taken out and told.</summary>
internal static partial class Shortcodes
{
    private static readonly HashSet<string> Players = ["youtube", "vimeo", "tweet", "twitter", "instagram", "soundcloud", "spotify", "tiktok", "facebook", "ted", "dailymotion", "flickr", "scribd", "slideshare", "audio", "video", "playlist"];

    public static string Undone(string html, Losses losses)
    {
        if (!html.Contains('[', StringComparison.Ordinal) && !html.Contains('{', StringComparison.Ordinal))
            return html;

        html = Between(html, "caption", Captioned);
        html = Between(html, "wp_caption", Captioned);
        html = Between(html, "embed", (_, inner) => $"<figure class=\"wp-block-embed\">{WebUtility.HtmlEncode(inner.Trim())}</figure>");
        html = Gallery().Replace(html, gallery => string.Concat(Number().Matches(gallery.Groups["ids"].Value).Select(id => $"<figure data-number=\"{id.Value}\"></figure>")));
        var closed = Closing().Matches(html).Select(match => match.Groups["name"].Value).ToHashSet();
        return Any().Replace(html, match => InPlaceOf(match, closed, losses));
    }

    private static string InPlaceOf(Match match, HashSet<string> closed, Losses losses)
    {
        var (name, said) = (match.Groups["name"].Value, match.Groups["said"].Value);
        if (Players.Contains(name))
            return Address().Match(said) is { Success: true } address ? $"<figure class=\"wp-block-embed\">{address.Value}</figure>" : "";
        if (!closed.Contains(name) && !said.Contains('=', StringComparison.Ordinal))
            return match.Value;

        losses.Add("shortcodes", $"A shortcode was taken out: [{PlainWords.Cut(name, 40)}].");
        return "";
    }

    /// <summary>The picture, its link with it, and behind it the caption.</summary>
    private static string Captioned(string said, string inner)
    {
        var image = PictureWithin().Match(inner);
        var words = image.Success ? inner[(image.Index + image.Length)..] : inner;
        if (words.Trim().Length == 0 && CaptionWithin().Match(said) is { Success: true } caption)
            words = WebUtility.HtmlDecode(caption.Groups["words"].Value);
        return $"<figure>{image.Value}<figcaption>{words}</figcaption></figure>";
    }

    /// <summary>Whatever is opened is looked for once, so that a text full of openings takes no longer than another.</summary>
    private static string Between(string html, string name, Func<string, string, string> replaced)
    {
        var (open, close) = ($"[{name}", $"[/{name}]");
        var at = html.IndexOf(open, StringComparison.Ordinal);
        if (at < 0)
            return html;

        var written = new StringBuilder();
        var from = 0;
        while (at >= 0)
        {
            var end = html.IndexOf(close, at, StringComparison.Ordinal);
            var said = end < 0 ? -1 : html.IndexOf(']', at, end - at);
            if (said < 0)
                break;

            written.Append(html, from, at - from).Append(replaced(html[(at + open.Length)..said], html[(said + 1)..end]));
            from = end + close.Length;
            at = html.IndexOf(open, from, StringComparison.Ordinal);
        }

        return written.Append(html, from, html.Length - from).ToString();
    }

    [GeneratedRegex(@"\[gallery[^\]]{0,500}?\bids=[""'“”]?(?<ids>[0-9, ]{1,3000})[^\]]{0,500}\]")]
    private static partial Regex Gallery();

    [GeneratedRegex("[0-9]{1,12}")]
    private static partial Regex Number();

    [GeneratedRegex(@"\[/(?<name>[a-z][a-z0-9_-]{1,40})\]")]
    private static partial Regex Closing();

    [GeneratedRegex(@"\[/?(?<name>[a-z][a-z0-9_-]{1,40})(?<said>(?:[ =][^\]\[<>]{0,1000})?)/?\](?!\()")]
    private static partial Regex Any();

    [GeneratedRegex(@"https?://[^\s""'\]<>]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", RegexOptions.IgnoreCase)]
    private static partial Regex PictureWithin();

    [GeneratedRegex(@"caption=""(?<words>[^""]*)""")]
    private static partial Regex CaptionWithin();
}
