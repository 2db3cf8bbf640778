using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.ReadMore;

namespace LondonDefender.Feeds;

/// <summary>A story's text as it travels: READ MORE lines are links in it, never body text, and every address is whole.</summary>
public static partial class FullText
{
    /// <param name="page">The story's own whole address: its anchors lead there.</param>
    public static string Of(CopyText copy, ReadMoreCards cards, string origin, string page)
    {
        var html = new StringBuilder();
        foreach (var piece in copy.Pieces(cards.Shows, cards.AddressOf))
        {
            if (piece is CopyPiece.Prose prose)
                html.Append(prose.Html);
            else if (piece is CopyPiece.ReadMore block)
                html.Append("<p>").Append(Encode(block.Label)).Append(": ").AppendJoin(" · ", cards.For(block).Select(Link)).Append("</p>");
        }

        return Whole(html.ToString(), origin, page);
    }

    private static string Link(ReadMoreOffer offer) => $"<a href=\"{Encode(offer.Address)}\">{Encode(offer.Wording)}</a>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    // In the paper's own HTML a quotation mark stands around attributes only: in text it is escaped.
    public static string Whole(string html, string origin, string page)
    {
        var withAnchors = OwnAnchor().Replace(html, $"href=\"{Encode(page)}#");
        var withSets = SourceSet().Replace(withAnchors, set => FromRoot().Replace(set.Value, address => origin + address.Value));
        return OwnAddress().Replace(withSets, $"$1=\"{Encode(origin)}/");
    }

    [GeneratedRegex("""href="#""")]
    private static partial Regex OwnAnchor();

    [GeneratedRegex("""\b(href|src|poster|cite)="/(?!/)""")]
    private static partial Regex OwnAddress();

    [GeneratedRegex("""\bsrcset="[^"]*""")]
    private static partial Regex SourceSet();

    [GeneratedRegex("""(?<=[",]\s*)/(?!/)""")]
    private static partial Regex FromRoot();
}
