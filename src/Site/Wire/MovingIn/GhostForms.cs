using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LondonDefender.Copy;

namespace LondonDefender.Wire.MovingIn;

/// <summary>The forms in which Ghost's two editors keep a text, as plain HTML.</summary>
internal static class GhostForms
{
    private const int Deepest = 60;

    /// <summary>The bits by which Lexical marks words.</summary>
    private const int Bold = 1, Italic = 2, Struck = 4, Code = 16;

    public static string OfLexical(string json, Losses losses)
    {
        using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
        var html = new StringBuilder();
        Children(document.RootElement.GetProperty("root"), html, losses, 0);
        return html.ToString();
    }

    public static string OfMobiledoc(string json, Losses losses)
    {
        using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
        var root = document.RootElement;
        var html = new StringBuilder();
        foreach (var section in root.GetProperty("sections").EnumerateArray())
            Section(root, section, html, losses);
        return html.ToString();
    }

    private static void Children(JsonElement node, StringBuilder html, Losses losses, int depth)
    {
        if (depth < Deepest && node.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array)
        {
            foreach (var child in children.EnumerateArray())
                Node(child, html, losses, depth + 1);
        }
    }

    private static void Node(JsonElement node, StringBuilder html, Losses losses, int depth)
    {
        string Said(string name) => GhostPaper.Text(node, name);
        switch (Said("type"))
        {
            case "text" or "extended-text":
                Words(Said("text"), node.TryGetProperty("format", out var format) && format.TryGetInt32(out var marks) ? marks : 0, html);
                break;
            case "linebreak":
                html.Append("<br>");
                break;
            case "link" or "autolink":
                html.Append(CultureInfo.InvariantCulture, $"<a href=\"{Safe(Said("url"))}\">");
                Children(node, html, losses, depth);
                html.Append("</a>");
                break;
            case "heading" or "extended-heading":
                Within(Said("tag") is ['h', >= '1' and <= '6'] tag ? tag : "h2");
                break;
            case "quote" or "extended-quote" or "aside":
                Within("blockquote");
                break;
            case "list":
                Within(Said("listType") == "number" ? "ol" : "ul");
                break;
            case "listitem":
                Within("li");
                break;
            case "paragraph":
                Within("p");
                break;
            default:
                Card(Said("type"), Said, node, html, losses, depth);
                break;
        }

        void Within(string tag)
        {
            html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
            Children(node, html, losses, depth);
            html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
        }
    }

    private static void Card(string kind, Func<string, string> said, JsonElement node, StringBuilder html, Losses losses, int depth)
    {
        switch (kind)
        {
            case "image":
                Figure(said("src"), said("alt"), said("caption"), html);
                break;
            case "gallery" when node.TryGetProperty("images", out var images) && images.ValueKind == JsonValueKind.Array:
                foreach (var image in images.EnumerateArray())
                    Figure(GhostPaper.Text(image, "src"), GhostPaper.Text(image, "alt"), "", html);
                break;
            case "bookmark" or "embed" or "video" or "audio" or "file":
                var to = said("url") is { Length: > 0 } url ? url : said("src");
                var title = node.TryGetProperty("metadata", out var about) ? GhostPaper.Text(about, "title") : "";
                html.Append(CultureInfo.InvariantCulture, $"<figure class=\"kg-card kg-bookmark-card\"><a class=\"kg-bookmark-container\" href=\"{Safe(to)}\">{Safe(title)}</a></figure>");
                break;
            case "html":
                html.Append(said("html"));
                break;
            case "markdown":
                html.Append(StrangersMarkdown.AsHtml(said("markdown")));
                break;
            case "horizontalrule" or "hr":
                html.Append("<hr>");
                break;
            case "codeblock" or "code":
                html.Append(CultureInfo.InvariantCulture, $"<pre>{Safe(said("code"))}</pre>");
                break;
            case "callout":
                html.Append(CultureInfo.InvariantCulture, $"<p>{said("calloutText")}</p>");
                break;
            case "toggle":
                html.Append(CultureInfo.InvariantCulture, $"<p><strong>{said("heading")}</strong></p><div>{said("content")}</div>");
                break;
            default:
                if (node.TryGetProperty("children", out _))
                    Children(node, html, losses, depth);
                else
                    losses.Add("cards", $"A card of the kind “{PlainWords.Cut(PlainWords.OneLine(kind), 40)}” was taken out.");
                break;
        }
    }

    private static void Figure(string address, string alt, string caption, StringBuilder html) =>
        html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{Safe(address)}\" alt=\"{Safe(alt)}\"><figcaption>{caption}</figcaption></figure>");

    private static void Words(string words, int marks, StringBuilder html)
    {
        (int Bit, string Tag)[] known = [(Bold, "strong"), (Italic, "em"), (Struck, "s"), (Code, "code")];
        var tags = known.Where(mark => (marks & mark.Bit) != 0).Select(mark => mark.Tag).ToList();
        tags.ForEach(tag => html.Append(CultureInfo.InvariantCulture, $"<{tag}>"));
        html.Append(Safe(words));
        tags.Reverse();
        tags.ForEach(tag => html.Append(CultureInfo.InvariantCulture, $"</{tag}>"));
    }

    private static void Section(JsonElement root, JsonElement section, StringBuilder html, Losses losses)
    {
        switch (section[0].GetInt32())
        {
            case 1:
                var tag = section[1].GetString() is { } named and ("p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "aside" or "pre") ? named : "p";
                html.Append(CultureInfo.InvariantCulture, $"<{tag}>");
                Markers(root, section[2], html);
                html.Append(CultureInfo.InvariantCulture, $"</{tag}>");
                break;
            case 2:
                html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{Safe(section[1].GetString() ?? "")}\"></figure>");
                break;
            case 3:
                var list = section[1].GetString() == "ol" ? "ol" : "ul";
                html.Append(CultureInfo.InvariantCulture, $"<{list}>");
                foreach (var item in section[2].EnumerateArray())
                {
                    html.Append("<li>");
                    Markers(root, item, html);
                    html.Append("</li>");
                }

                html.Append(CultureInfo.InvariantCulture, $"</{list}>");
                break;
            case 10:
                var card = root.GetProperty("cards")[section[1].GetInt32()];
                Card(card[0].GetString() switch { "card-markdown" => "markdown", var name => name ?? "" }, name => GhostPaper.Text(card[1], name), card[1], html, losses, 0);
                break;
        }
    }

    /// <summary>Each marker opens some of the text's marks, says its words, and closes the last so many.</summary>
    private static void Markers(JsonElement root, JsonElement markers, StringBuilder html)
    {
        Stack<string> open = new();
        foreach (var marker in markers.EnumerateArray())
        {
            foreach (var opened in marker[1].EnumerateArray())
            {
                var markup = root.GetProperty("markups")[opened.GetInt32()];
                var tag = markup[0].GetString() is { } named and ("a" or "strong" or "b" or "em" or "i" or "code" or "s" or "sub" or "sup" or "u") ? named : "span";
                open.Push(tag);
                html.Append(CultureInfo.InvariantCulture, $"<{tag}{(tag == "a" && markup.GetArrayLength() > 1 ? $" href=\"{Safe(HrefIn(markup[1]))}\"" : "")}>");
            }

            html.Append(marker[0].GetInt32() == 1 ? "<br>" : Safe(marker[3].GetString() ?? ""));
            for (var closing = marker[2].GetInt32(); closing > 0 && open.Count > 0; closing--)
                html.Append(CultureInfo.InvariantCulture, $"</{open.Pop()}>");
        }

        while (open.TryPop(out var left))
            html.Append(CultureInfo.InvariantCulture, $"</{left}>");
    }

    private static string HrefIn(JsonElement attributes)
    {
        for (var i = 0; i + 1 < attributes.GetArrayLength(); i += 2)
        {
            if (attributes[i].GetString() == "href")
                return attributes[i + 1].GetString() ?? "";
        }

        return "";
    }

    private static string Safe(string words) => WebUtility.HtmlEncode(words);
}
