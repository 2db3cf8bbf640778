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

    private readonly Galley galley;

    private CopyText(Galley galley, Typesetter typesetter)
    {
        this.galley = galley;
        Blocks = typesetter.Blocks;
        InlineLinks = typesetter.InlineLinks;
        PlainText = string.Join("\n\n", typesetter.Paragraphs);
    }

    private CopyText(string markdown, string problem)
    {
        var paragraphs = PlainParagraphs(markdown);

        galley = new Galley([new Galley.Mark.Html(string.Join('\n', paragraphs.Select(paragraph => $"<p>{Html.Escape(paragraph)}</p>")))]);
        PlainText = string.Join("\n\n", paragraphs);
        Problems = [problem];
    }

    public IReadOnlyList<ReadMoreBlock> Blocks { get; } = [];

    public IReadOnlyList<StoryLink> InlineLinks { get; } = [];

    /// <summary>The prose alone, for search, description and counting; its paragraphs are parted by an empty line.</summary>
    public string PlainText { get; }

    public int WordCount => PlainText.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>What is wrong with the copy as a whole, in sentences for the editor.</summary>
    public IReadOnlyList<string> Problems { get; } = [];

    public static CopyText Read(string markdown, ReadMoreLabels labels)
    {
        var text = SafeText.Of(markdown);

        if (text.Length > LongestCopy)
            return new CopyText(text, "This copy is longer than 500,000 characters, so it is shown as plain paragraphs without links. Divide it into several stories.");
        if (Looking(text) > MostLooking)
            return new CopyText(text, "This copy holds too many links in one paragraph, so it is shown as plain paragraphs without links. Part it with empty lines.");

        return ReadTree(text, labels)
            ?? new CopyText(text, "This copy holds quotes, lists or brackets too deep inside each other, so it is shown as plain paragraphs without links. Take some of the > - * [ signs away.");
    }

    public IReadOnlyList<CopyPiece> Pieces(Func<ReadMoreLine, bool> isShown, Func<int, string?> addressOfStory) =>
        galley.Print(isShown, addressOfStory);

    public string Excerpt(int maxLength)
    {
        var text = Words.OnOneLine(PlainText);
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
