using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LondonDefender.Copy;

/// <summary>Walks the syntax tree of a copy once. Only the tags written here can ever reach a reader.</summary>
internal sealed partial class Typesetter(string markdown)
{
    // More than any article needs, and far less than the stack holds.
    private const int DeepestNesting = 100;

    private readonly StringBuilder html = new();
    private readonly Outline outline = new();
    private List<Galley.Mark> marks = [];
    private int lineCount;
    private int depth;
    private bool isInLink;

    public List<ReadMoreBlock> Blocks { get; } = [];

    public List<StoryLink> InlineLinks { get; } = [];

    public List<CopyPiece.Picture> Pictures { get; } = [];

    public List<string> Paragraphs { get; } = [];

    /// <summary>The paragraphs outside of elements and entries.</summary>
    public List<string> Prose { get; } = [];

    public bool IsTooDeep { get; private set; }

    public Galley Set(MarkdownDocument document)
    {
        copy = document;
        SetAll(document);
        ArrangeEntries();
        FlushHtml();
        return new Galley(marks);
    }

    private void SetAll(ContainerBlock container)
    {
        if (!TryGoDeeper())
            return;

        for (var i = 0; i < container.Count; i++)
        {
            if (container[i] is not ReadMoreLabelLine label)
            {
                Set(container[i]);
                continue;
            }

            var list = label.StandsAlone && i + 1 < container.Count ? container[i + 1] as ListBlock : null;
            Place(label, list);
            if (list is not null)
                i++;
        }

        depth--;
    }

    private void Set(Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when PictureAloneIn(paragraph) is { } picture: Place(picture); break;
            case ParagraphBlock paragraph when QuestionIn(paragraph) is { } question: SetLed(paragraph, question, $"h{outline.TitleLevel}"); break;
            case ParagraphBlock paragraph: SetText(paragraph, StandsInTightList(paragraph) ? null : "p"); break;
            // One without words is not set, so nothing may stand below it.
            case HeadingBlock heading when Words.Of(heading.Inline).Length == 0: break;
            case HeadingBlock heading: SetText(heading, $"h{outline.LevelOf(heading.Level)}"); break;
            case CodeBlock code: SetCode(code); break;
            case ThematicBreakBlock: WriteLine("<hr>"); break;
            case QuoteBlock quote: SetQuote(quote); break;
            case ListBlock list: SetList(list); break;
            case Table table: SetTable(table, title: ""); break;
            case NewsElement element: SetElement(element); break;
            case AttributionLine attribution: SetText(attribution, "p", before: "— "); break;
            case StrayFence: Remark("A line of colons closes nothing, so it is left out. Take it away, or open an element above it."); break;
        }
    }

    private void SetText(LeafBlock block, string? tag, string attributes = "", string before = "")
    {
        var words = Words.Of(block.Inline);
        if (words.Length == 0)
            return;

        Count(words);
        if (tag is not null)
        {
            Html.StartLine(html);
            html.Append('<').Append(tag).Append(attributes).Append('>').Append(before);
        }

        SetAll(block.Inline!);
        if (tag is not null)
            html.Append("</").Append(tag).Append(">\n");
    }

    private static bool StandsInTightList(ParagraphBlock paragraph) => paragraph.Parent is ListItemBlock { Parent: ListBlock { IsLoose: false } };

    private void SetCode(CodeBlock code)
    {
        var text = code.Lines.ToString();
        if (!string.IsNullOrWhiteSpace(text))
            Count(text.Trim());

        WriteLine($"<pre><code>{Html.Escape(text)}\n</code></pre>");
    }

    private void SetQuote(QuoteBlock quote)
    {
        OpenQuote();
        SetAll(quote);
        Mark(new Galley.Mark.FrameCloses(Galley.Frame.Quote));
    }

    // A block between two quotes is taken into them as one, so that they are unbroken while it is hidden.
    private void OpenQuote()
    {
        FlushHtml();
        var before = marks.FindLastIndex(mark => !mark.StandsBetween);

        if (before >= 0 && before < marks.Count - 1 && marks[before] is Galley.Mark.FrameCloses closes && closes.Frame == Galley.Frame.Quote)
            marks.RemoveAt(before);
        else
            marks.Add(new Galley.Mark.FrameOpens(Galley.Frame.Quote));
    }

    private void SetList(ListBlock list)
    {
        var tag = list.IsOrdered ? "ol" : "ul";

        WriteLine($"<{tag}{StartOf(list)}>");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li>");
            SetAll(item);
            html.Append("</li>\n");
        }

        WriteLine($"</{tag}>");
    }

    private static string StartOf(ListBlock list) =>
        list.IsOrdered && int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out var first) && first != 1
            ? string.Create(CultureInfo.InvariantCulture, $" start=\"{first}\"")
            : "";

    private void SetAll(ContainerInline container)
    {
        if (!TryGoDeeper())
            return;

        foreach (var inline in container)
            Set(inline);

        depth--;
    }

    private void Set(Inline inline)
    {
        switch (inline)
        {
            case LineBreakInline { IsHard: true }: html.Append("<br>\n"); break;
            case LineBreakInline: html.Append('\n'); break;
            case CodeInline code: html.Append("<code>").Append(Html.Escape(code.Content)).Append("</code>"); break;
            case AutolinkInline autolink: SetAutolink(autolink); break;
            case LinkInline { IsImage: true } picture: RemarkOn(picture); html.Append(Html.Escape(Words.Of(picture))); break;
            case LinkInline link: SetLink(link); break;
            case EmphasisInline emphasis: SetEmphasis(emphasis); break;
            case ContainerInline container:
                html.Append(Html.Escape(Words.Of((MarkdownObject)container)));
                SetAll(container);
                break;
            default: html.Append(Html.Escape(Words.Of(inline))); break;
        }
    }

    private void SetEmphasis(EmphasisInline emphasis)
    {
        var tag = emphasis.DelimiterCount == 2 ? "strong" : "em";

        html.Append('<').Append(tag).Append('>');
        SetAll(emphasis);
        html.Append("</").Append(tag).Append('>');
    }

    private void SetAutolink(AutolinkInline autolink)
    {
        var words = Html.Escape(autolink.Url);

        if (isInLink || autolink.IsEmail || !Addresses.IsOutside(autolink.Url))
            html.Append(words);
        else
            html.Append(OutsideLink(autolink.Url)).Append(words).Append("</a>");
    }

    private void SetLink(LinkInline link)
    {
        var words = Words.Of(link);
        if (words.Length == 0)
            return;

        isInLink = true;
        if (Addresses.TryReadStory(link.Url, out var id))
            SetStoryLink(link, new StoryLink(id, words));
        else if (Addresses.IsOutside(link.Url))
            SetOutsideLink(link, link.Url!);
        else
            SetAll(link);
        isInLink = false;
    }

    private void SetStoryLink(LinkInline link, StoryLink story)
    {
        InlineLinks.Add(story);
        Mark(new Galley.Mark.StoryLinkOpens(story.StoryId));
        SetAll(link);
        Mark(new Galley.Mark.StoryLinkCloses());
    }

    private void SetOutsideLink(LinkInline link, string address)
    {
        html.Append(OutsideLink(address));
        SetAll(link);
        html.Append("</a>");
    }

    private static string OutsideLink(string address) => $"<a href=\"{Html.Escape(address)}\" rel=\"noopener\">";

    private void Place(ReadMoreLabelLine label, ListBlock? list)
    {
        var lines = list is null ? [LineOf(label)] : list.OfType<ListItemBlock>().Select(LineOf).ToList();
        var block = new ReadMoreBlock(label.Label, lines, label.Line + 1);

        Blocks.Add(block);
        Mark(new Galley.Mark.Block(block));
    }

    private ReadMoreLine LineOf(ReadMoreLabelLine label) => LineOf(label.Span, ReadMoreTargets.Read(label.Inline));

    private ReadMoreLine LineOf(ListItemBlock item) => item switch
    {
        [] => LineOf(new SourceSpan(AfterMarker(item), AfterMarker(item) - 1), ReadMoreTargets.Nothing()),
        [ParagraphBlock paragraph] => LineOf(paragraph.Span, ReadMoreTargets.Read(paragraph.Inline)),
        [var first, ..] => LineOf(new SourceSpan(first.Span.Start, item.Span.End), ReadMoreTargets.TooMuchInOneItem()),
    };

    private int AfterMarker(ListItemBlock item)
    {
        var at = item.Span.Start;
        while (at < markdown.Length && char.IsAsciiDigit(markdown[at]))
            at++;

        return Math.Min(at + 1, markdown.Length);
    }

    private ReadMoreLine LineOf(SourceSpan span, ReadMoreTarget target)
    {
        var end = Math.Clamp(span.End + 1, span.Start, markdown.Length);
        var written = markdown[span.Start..end].TrimEnd();

        return new ReadMoreLine(lineCount++, written, span.Start, span.Start + written.Length, target);
    }

    private void Count(string words)
    {
        Paragraphs.Add(words);
        if (elementDepth == 0)
            Prose.Add(words);
    }

    private bool TryGoDeeper()
    {
        if (depth == DeepestNesting)
        {
            IsTooDeep = true;
            return false;
        }

        depth++;
        return true;
    }

    private void WriteLine(string tag)
    {
        Html.StartLine(html);
        html.Append(tag).Append('\n');
    }

    private void Mark(Galley.Mark mark)
    {
        FlushHtml();
        marks.Add(mark);
    }

    private void FlushHtml()
    {
        if (html.Length > 0)
            marks.Add(new Galley.Mark.Html(html.ToString()));
        html.Clear();
    }
}
