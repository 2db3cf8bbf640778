using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace LondonDefender.Copy;

/// <summary>A copy, read once: the blocks in it, and the pieces readers get, as often as they are asked for.</summary>
public sealed partial class CopyText
{
    /// <summary>In characters; a longer copy is shown in plain paragraphs, and said to be a problem.</summary>
    public const int LongestCopy = 500_000;

    // Each link that is begun costs Markdig a look at the rest of its paragraph, so very many in a very long one would take seconds.
    private const long MostLooking = 500_000_000;

    // Markdig fills every row of a table up to its widest, so a wide head above many short rows would take all memory.
    private const long MostCells = 50_000;

    private readonly Galley galley;
    private readonly string opening;

    private CopyText(Galley galley, Typesetter typesetter)
    {
        this.galley = galley;
        Blocks = typesetter.Blocks;
        InlineLinks = typesetter.InlineLinks;
        Pictures = typesetter.Pictures;
        Entries = typesetter.Entries;
        HasElements = typesetter.HasElements;
        Remarks = typesetter.Remarks;
        PlainText = string.Join("\n\n", typesetter.Paragraphs);
        opening = string.Join("\n\n", typesetter.Prose);
    }

    private CopyText(string markdown, string problem)
    {
        var paragraphs = PlainParagraphs(markdown);

        galley = new Galley([new Galley.Mark.Html(string.Join('\n', paragraphs.Select(paragraph => $"<p>{Html.Escape(paragraph)}</p>")))]);
        PlainText = opening = string.Join("\n\n", paragraphs);
        Problems = [problem];
    }

    public IReadOnlyList<ReadMoreBlock> Blocks { get; } = [];

    public IReadOnlyList<StoryLink> InlineLinks { get; } = [];

    /// <summary>Those that stand alone, those in entries included.</summary>
    public IReadOnlyList<CopyPiece.Picture> Pictures { get; } = [];

    /// <summary>Newest first. A story with entries is a live story.</summary>
    public IReadOnlyList<LiveEntry> Entries { get; } = [];

    /// <summary>Whether anything in it needs more type than prose does: a news element, a table, an entry.</summary>
    public bool HasElements { get; }

    /// <summary>The text without blocks, captions and pull quotes, for search, description and counting; its paragraphs are parted by an empty line.</summary>
    public string PlainText { get; }

    public int WordCount => PlainText.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>What is wrong with the copy as a whole, in sentences for the editor. It is not published so.</summary>
    public IReadOnlyList<string> Problems { get; } = [];

    /// <summary>What is not printed as it was meant, in sentences for the editor.</summary>
    public IReadOnlyList<string> Remarks { get; } = [];

    public static CopyText Read(string markdown, ReadMoreLabels labels)
    {
        var text = SafeText.Of(markdown);

        if (text.Length > LongestCopy)
            return new CopyText(text, "This copy is longer than 500,000 characters, so it is shown as plain paragraphs without links. Divide it into several stories.");
        if (Looking(text) > MostLooking)
            return new CopyText(text, "This copy holds too many links in one paragraph, so it is shown as plain paragraphs without links. Part it with empty lines.");

        if (Cells(text) > MostCells)
            return new CopyText(text, "This copy holds too large a table, so it is shown as plain paragraphs without links. Make several smaller ones of it.");

        return ReadTree(text, labels)
            ?? new CopyText(text, "This copy holds quotes, lists or brackets too deep inside each other, so it is shown as plain paragraphs without links. Take some of the > - * [ signs away.");
    }

    /// <param name="isPictureShown">A picture that is not leaves no gap; without an answer none is.</param>
    public IReadOnlyList<CopyPiece> Pieces(
        Func<ReadMoreLine, bool> isShown, Func<int, string?> addressOfStory, Func<int, bool>? isPictureShown = null) =>
        galley.Print(new(isShown, addressOfStory, isPictureShown ?? (static _ => false)));

    /// <summary>The first words of the prose; of elements and entries only where there is no other.</summary>
    public string Excerpt(int maxLength)
    {
        var text = Words.OnOneLine(opening.Length > 0 ? opening : PlainText);
        if (text.Length <= maxLength)
            return text;
        if (maxLength < 1)
            return "";

        return text[..EndOfLastWord(text, maxLength - 1)].TrimEnd(',', ';', ':', '-', '–', '—', '.', ' ') + "…";
    }

    private static long Looking(string text)
    {
        var looking = 0L;
        foreach (var paragraph in BlankLines().EnumerateSplits(text))
            looking += (long)text.AsSpan(paragraph).Count("](") * (paragraph.End.Value - paragraph.Start.Value);

        return looking;
    }

    private static long Cells(string text)
    {
        var cells = 0L;
        foreach (var paragraph in BlankLines().EnumerateSplits(text))
        {
            var (rows, columns) = (0L, 0);
            foreach (var line in text.AsSpan(paragraph).EnumerateLines())
            {
                rows++;
                columns = Math.Max(columns, line.Count('|'));
            }

            cells += rows * columns;
        }

        return cells;
    }

    private static CopyText? ReadTree(string text, ReadMoreLabels labels)
    {
        if (Parse(text, labels) is not { } tree)
            return null;

        var typesetter = new Typesetter(text);
        var galley = typesetter.Set(tree);
        return typesetter.IsTooDeep ? null : new CopyText(galley, typesetter);
    }

    // Markdig has no way but this exception to say that it will not go deeper.
    private static MarkdownDocument? Parse(string text, ReadMoreLabels labels)
    {
        try
        {
            return Markdown.Parse(text, CopyPipeline.For(labels));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static List<string> PlainParagraphs(string markdown) =>
        [.. BlankLines().Split(markdown).Select(paragraph => paragraph.Trim()).Where(paragraph => paragraph.Length > 0)];

    private static int EndOfLastWord(string text, int room)
    {
        var end = text.LastIndexOf(' ', room);
        if (end > 0)
            return end;

        return room > 0 && char.IsHighSurrogate(text[room - 1]) ? room - 1 : room;
    }

    [GeneratedRegex(@"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();
}
