using AngleSharp.Html.Parser;

namespace LondonDefender.Wire.MovingIn;

/// <summary>The words of a short piece of HTML, such as an excerpt or a caption.</summary>
internal static class PlainText
{
    private static readonly HtmlParser Parser = new();

    public static string Of(string html)
    {
        if (!html.Contains('<', StringComparison.Ordinal) && !html.Contains('&', StringComparison.Ordinal))
            return html;

        using var document = Parser.ParseDocument("<body>" + (html.Length > 20_000 ? html[..20_000] : html));
        return document.Body!.TextContent;
    }
}
