using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;

namespace LondonDefender.Feeds;

/// <summary>A story's text as it travels: READ MORE lines are links in it, never body text, and every address is whole.</summary>
public static partial class FullText
{
    /// <param name="page">The story's own whole address: its anchors lead there.</param>
    public static string Of(CopyText copy, ReadMoreCards cards, IReadOnlyDictionary<int, ShownPicture> pictures, PaperFrame frame, string page)
    {
        var html = new StringBuilder();
        foreach (var piece in copy.Pieces(cards.Shows, cards.AddressOf, pictures.ContainsKey))
            Write(html, piece, cards, pictures, frame.Clock);

        return Whole(html.ToString(), frame.Origin, page);
    }

    private static void Write(StringBuilder html, CopyPiece piece, ReadMoreCards cards, IReadOnlyDictionary<int, ShownPicture> pictures, PaperClock clock)
    {
        switch (piece)
        {
            case CopyPiece.Prose prose: html.Append(prose.Html); break;
            case CopyPiece.ReadMore block: html.Append("<p>").Append(Encode(block.Label)).Append(": ").AppendJoin(" · ", cards.For(block).Select(Link)).Append("</p>"); break;
            case CopyPiece.Picture use when pictures.TryGetValue(use.PictureId, out var picture): html.Append(Figure(use, picture)); break;
            case CopyPiece.Entry entry:
                html.Append(Heading(entry, clock));
                foreach (var part in entry.Pieces)
                    Write(html, part, cards, pictures, clock);
                break;
        }
    }

    private static string Figure(CopyPiece.Picture use, ShownPicture picture)
    {
        var width = picture.WidthsOf(PictureCrop.Whole).Last(width => width <= 1280);
        var words = string.Join(' ', new[] { use.Caption, picture.Credit }.Where(words => words.Length > 0).Select(Encode));
        var alt = use.Alt.Length > 0 ? use.Alt : picture.Alt;
        return string.Create(null, $"<figure><img src=\"{picture.Address(PictureCrop.Whole, width, "jpg")}\" alt=\"{Encode(alt)}\" width=\"{width}\" height=\"{picture.HeightOf(PictureCrop.Whole, width)}\">")
            + (words.Length > 0 ? $"<figcaption>{words}</figcaption></figure>" : "</figure>");
    }

    private static string Heading(CopyPiece.Entry entry, PaperClock clock)
    {
        var moment = clock.AtLocal(entry.Day.ToDateTime(entry.Time));
        return $"<h2><a href=\"#{entry.Anchor}\"><time datetime=\"{clock.Machine(moment)}\">{clock.DateAndTime(moment)}</time></a>{(entry.Headline.Length > 0 ? " " + Encode(entry.Headline) : "")}</h2>";
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
