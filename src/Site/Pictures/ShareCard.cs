using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using LondonDefender.Copy;

namespace LondonDefender.Pictures;

/// <summary>What stands for a story without a picture where a link to it is shown elsewhere: paper, section and headline, set like a page.</summary>
public sealed record ShareCard
{
    /// <summary>Part of the hash: a new design has new addresses.</summary>
    private const string Design = "2";

    private const int Margin = 64, Top = 214, Bottom = 596;
    private const string Typefaces = "Liberation Serif, Tinos, Times New Roman, DejaVu Serif, serif";

    private static readonly XNamespace Drawing = "http://www.w3.org/2000/svg";

    private ShareCard(string paper, string section, string headline) => (Paper, Section, Headline) = (paper, section, headline);

    public string Paper { get; }
    public string Section { get; }
    public string Headline { get; }

    public static ShareCard Of(string paper, string section, string headline) =>
        new(PlainWords.OneLine(paper), PlainWords.OneLine(section), PlainWords.OneLine(headline));

    public string FileName => Hash + ".jpg";

    public string Key => $"shares/{Hash[..2]}/{FileName}";

    public string AddressFor(int storyId) => string.Create(null, $"/pictures/share/{storyId}/{FileName}");

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Design, Paper, Section, Headline))))[..24];

    public string Svg
    {
        get
        {
            var (size, lines) = TypeSetting.Fit(Headline, Rendition.ShareWidth - (2 * Margin));
            var leading = size * 1.12;
            var first = Top + (((Bottom - Top) - (leading * lines.Count)) / 2) + (size * 0.86);
            return new XElement(Drawing + "svg",
                new XAttribute("width", Rendition.ShareWidth), new XAttribute("height", Rendition.ShareHeight), new XAttribute("viewBox", $"0 0 {Rendition.ShareWidth} {Rendition.ShareHeight}"),
                Box(0, 0, Rendition.ShareWidth, Rendition.ShareHeight, "#fdfcf9"),
                Line(Paper, Margin, 94, TypeSetting.SizeOfLine(Paper, 46, Rendition.ShareWidth - (2 * Margin)), "#171512"),
                Box(Margin, 120, Rendition.ShareWidth - (2 * Margin), 5, "#171512"),
                Box(Margin, 130, Rendition.ShareWidth - (2 * Margin), 1.5, "#171512"),
                Line(Section, Margin, 182, TypeSetting.SizeOfLine(Section, 32, Rendition.ShareWidth - (2 * Margin)), "#8f1d1d"),
                lines.Select((line, number) => Line(line, Margin, first + (number * leading), size, "#171512"))).ToString(SaveOptions.DisableFormatting);
        }
    }

    private static XElement Box(double x, double y, double width, double height, string colour) =>
        new(Drawing + "rect", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height), new XAttribute("fill", colour));

    private static XElement Line(string words, double x, double y, double size, string colour) =>
        new(Drawing + "text", new XAttribute("x", x), new XAttribute("y", Math.Round(y, 1)), new XAttribute("font-family", Typefaces), new XAttribute("font-weight", "bold"),
            new XAttribute("font-size", size), new XAttribute("fill", colour), words);
}

/// <summary>What a page says of its picture to those who show a link to it.</summary>
public sealed record ShareImage(string Address, int Width, int Height, string Alt)
{
    /// <summary>The story's own picture cut to shape; without one, its words.</summary>
    /// <param name="headline">Its wording for sharing where it has one, else the headline.</param>
    public static ShareImage AddressOf(ShownPicture? picture, int storyId, string paper, string section, string headline) => picture is null
        ? new(ShareCard.Of(paper, section, headline).AddressFor(storyId), Rendition.ShareWidth, Rendition.ShareHeight, headline)
        : new(picture.Address(PictureCrop.Share, Rendition.ShareWidth, "jpg"), Rendition.ShareWidth, Rendition.ShareHeight, picture.Alt);
}

/// <summary>Words broken into lines by the widths that letters of a bold Times have.</summary>
internal static class TypeSetting
{
    private const int MostLines = 5;
    private static readonly (int Size, int Lines)[] Steps = [(108, 2), (92, 3), (80, 4), (70, 4), (62, 5), (54, 5), (48, 5)];

    /// <summary>That size, or smaller where the words would not fit on one line.</summary>
    public static int SizeOfLine(string words, int size, int width) => Width(words) is var ems && ems * size > width ? (int)(width / ems) : size;

    public static (int Size, IReadOnlyList<string> Lines) Fit(string words, int width)
    {
        foreach (var (size, most) in Steps)
        {
            if (Lines(words, width / (double)size) is var lines && lines.Count <= most)
                return (size, Balanced(words, width / (double)size, lines.Count));
        }

        var smallest = Steps[^1].Size;
        var cut = Lines(words, width / (double)smallest).Take(MostLines).ToList();
        cut[^1] = cut[^1].TrimEnd('.', ',', ';', ':', ' ') + "…";
        return (smallest, cut);
    }

    /// <summary>As narrow as the same number of lines allows, so that no word is left alone on the last.</summary>
    private static List<string> Balanced(string words, double ems, int count)
    {
        var best = Lines(words, ems);
        for (var narrower = ems * 0.97; narrower > ems * 0.5 && Lines(words, narrower) is var lines && lines.Count == count; narrower *= 0.97)
            best = lines;
        return best;
    }

    private static List<string> Lines(string words, double ems)
    {
        List<string> lines = [];
        var line = "";
        foreach (var word in words.Split(' ').SelectMany(word => Pieces(word, ems)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer) > ems)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>A word longer than a line is broken where the line ends.</summary>
    private static IEnumerable<string> Pieces(string word, double ems)
    {
        var piece = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            if (piece.Length > 0 && Width(piece + elements.GetTextElement()) > ems)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(elements.GetTextElement());
        }

        yield return piece.ToString();
    }

    private static double Width(string words) => words.EnumerateRunes().Sum(rune => Width(rune.Value)) / 1000.0;

    private static int Width(int letter) => letter switch
    {
        ' ' or '.' or ',' => 255,
        'i' or 'l' or '\'' or '’' or '‘' or ':' or ';' or '!' or '|' => 335,
        'f' or 't' or 'j' or '-' or '(' or ')' => 340,
        'r' or 's' or 'c' or 'e' or 'z' or 'I' => 445,
        'm' or '%' => 840,
        'w' => 725,
        'W' or 'M' or '—' or '&' or '@' => 1000,
        >= 'a' and <= 'z' or 'S' => 558,
        >= '0' and <= '9' or '–' or '“' or '”' or '"' or '?' or '$' => 505,
        '£' => 505,
        >= 'A' and <= 'Z' => 780,
        < 0x250 => 620,
        >= 0x2E80 => 1000,
        _ => 700,
    };
}
