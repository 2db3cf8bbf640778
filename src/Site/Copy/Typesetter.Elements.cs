using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace LondonDefender.Copy;

/// <content>News elements. One that is not written as it should be is set as the prose it holds, and the editor told why.</content>
internal sealed partial class Typesetter
{
    private const string Untitled = "Key points";
    private const int MostRemarks = 20;

    // No story has more; each is looked for in the whole copy.
    private const int MostPullQuotes = 20;

    private readonly HashSet<string> ids = [];
    private readonly Dictionary<string, int> idCounts = [];
    private MarkdownDocument? copy;
    private string? copyToSearch;
    private int pullQuotes;
    private int elementDepth;

    public List<string> Remarks { get; } = [];

    public bool HasElements { get; private set; }

    private void SetElement(NewsElement element)
    {
        if (ElementFault.In(element) is { } fault)
        {
            Remark($"“::: {Words.Shortened(element.Opening.Written)}” {fault}");
            SetAsProse(element);
            return;
        }

        HasElements = true;
        elementDepth++;
        SetSound(element);
        elementDepth--;
    }

    private void SetSound(NewsElement element)
    {
        switch (element.Kind)
        {
            case ElementKind.Entry: SetEntry(element); break;
            case ElementKind.Quote: SetPullQuote(element); break;
            case ElementKind.Said: SetSaid(element); break;
            case ElementKind.Facts: SetFramed(element, "facts"); break;
            case ElementKind.Questions: SetFramed(element, "questions"); break;
            case ElementKind.KeyPoints: SetPart("key-points", element.Opening.Title is { Length: > 0 } title ? title : Untitled, () => SetList((ListBlock)element[0])); break;
            case ElementKind.Timeline: SetPart("timeline", element.Opening.Title, () => SetItems((ListBlock)element[0], "ol", SetMoment)); break;
            case ElementKind.Numbered: SetPart("numbered", element.Opening.Title, () => SetItems((ListBlock)element[0], $"ol{StartOf((ListBlock)element[0])}", SetPoint)); break;
            case ElementKind.Table: SetTable((Table)element[0], element.Opening.Title); SetNotes(element.Skip(1)); break;
        }
    }

    private void SetAsProse(NewsElement element)
    {
        var words = element.Opening.Title;
        var isTitle = element.Kind is not (ElementKind.Unknown or ElementKind.Quote or ElementKind.Said);

        if (isTitle && words.Length > 0)
            SetTitle(words, $"h{outline.LevelOf(2)}", attributes: "");
        else if (words.Contains(' ', StringComparison.Ordinal))
            SetTitle(words, "p", attributes: "");
        SetAll(element);
    }

    /// <summary>A part with a title of its own that nothing can break in two.</summary>
    private void SetPart(string name, string title, Action set)
    {
        var id = title.Length > 0 ? FreeId(title == Untitled ? name : $"{name}-{Slugs.From(title)}") : null;

        WriteLine(OpeningOf(name, id));
        if (id is not null)
            SetTitle(title, $"h{outline.TitleLevel}", $" id=\"{id}\"");
        outline.Within(id is not null, set);
        WriteLine("</section>");
    }

    /// <summary>A part that may hold READ MORE blocks and pictures, and goes on behind them.</summary>
    private void SetFramed(NewsElement element, string name)
    {
        var title = element.Opening.Title;
        var id = title.Length > 0 ? FreeId(title == Untitled ? name : $"{name}-{Slugs.From(title)}") : null;
        var frame = new Galley.Frame(OpeningOf(name, id), $"<section class=\"{name} continued\">", "</section>");

        Mark(new Galley.Mark.FrameOpens(frame));
        if (id is not null)
            SetTitle(title, $"h{outline.TitleLevel}", $" id=\"{id}\"");
        outline.Within(id is not null, () => SetAll(element));
        Mark(new Galley.Mark.FrameCloses(frame));
    }

    private static string OpeningOf(string name, string? titleId) =>
        titleId is null ? $"<section class=\"{name}\">" : $"<section class=\"{name}\" aria-labelledby=\"{titleId}\">";

    private void SetTitle(string words, string tag, string attributes)
    {
        Count(words);
        WriteLine($"<{tag}{attributes}>{Html.Escape(words)}</{tag}>");
    }

    private string FreeId(string slug)
    {
        for (; ; )
        {
            var number = idCounts[slug] = idCounts.GetValueOrDefault(slug) + 1;
            var id = number == 1 ? slug : $"{slug}-{number}";
            if (ids.Add(id))
                return id;
        }
    }

    // Its words stand in the story already, so whoever hears the story read is spared hearing them twice.
    private void SetPullQuote(NewsElement element)
    {
        var paragraphs = element.OfType<ParagraphBlock>().Select(paragraph => Words.Of(paragraph.Inline)).ToList();
        var isRepeated = ++pullQuotes <= MostPullQuotes && paragraphs.All(IsInCopy);
        if (!isRepeated && pullQuotes <= MostPullQuotes)
            Remark($"The pull quote “{Words.Shortened(Bare(paragraphs[0]))}” is not in the copy in these words. Quote the copy as it stands.");

        WriteLine(isRepeated ? "<figure class=\"pull-quote\" aria-hidden=\"true\">" : "<figure class=\"pull-quote\">");
        WriteLine("<blockquote>");
        foreach (var words in paragraphs)
            WriteLine($"<p>{Html.Escape(Bare(words))}</p>");
        WriteLine("</blockquote>");
        if (element.LastChild is AttributionLine attribution)
            WriteLine($"<figcaption>{Html.Escape(Words.Of(attribution.Inline))}</figcaption>");
        WriteLine("</figure>");
    }

    // Its quotation marks are set with it, so those that were written would be a second pair.
    private static string Bare(string words) => words.Trim('“', '”', '"', ' ');

    private bool IsInCopy(string words)
    {
        copyToSearch ??= string.Join('\n', copy!.Descendants<LeafBlock>()
            .Where(leaf => leaf is not ReadMoreLabelLine && leaf.Parent is not NewsElement { Kind: ElementKind.Quote })
            .Select(leaf => Headlines.Normalise(Words.Of(leaf.Inline))));

        return copyToSearch.Contains(Headlines.Normalise(words), StringComparison.Ordinal);
    }

    private void SetSaid(NewsElement element)
    {
        var attribution = element.LastChild as AttributionLine;
        var source = attribution?.Inline?.Descendants<LinkInline>().Select(link => link.Url).FirstOrDefault(Addresses.IsOutside);
        if (attribution is null)
            Remark($"“::: {element.Opening.Written}” does not say who said it. Write a last line such as — [Name](https://…), 3 May 2021.");

        WriteLine("<figure class=\"said\">");
        WriteLine(source is null ? "<blockquote>" : $"<blockquote cite=\"{Html.Escape(source)}\">");
        foreach (var block in element.Where(block => block != attribution))
            Set(block);
        WriteLine("</blockquote>");
        if (attribution?.Inline is { } inlines)
            SetSource(inlines);
        WriteLine("</figure>");
    }

    private void SetSource(ContainerInline inlines)
    {
        html.Append("<figcaption>");
        foreach (var inline in inlines)
        {
            if (inline == inlines.LastChild && inline is LiteralInline literal)
                html.Append(WithTime(literal.Content.ToString()));
            else
                Set(inline);
        }

        html.Append("</figcaption>\n");
    }

    /// <summary>Words that may end with a date behind a comma, and with a time behind another.</summary>
    private static string WithTime(string words)
    {
        var last = words.LastIndexOf(',');
        foreach (var comma in new[] { last > 0 ? words.LastIndexOf(',', last - 1) : -1, last })
        {
            var date = words[(comma + 1)..].Trim();
            if (comma >= 0 && WrittenDate.ForMachines(date) is { } machine)
                return $"{Html.Escape(words[..(comma + 1)])} <time datetime=\"{machine}\">{Html.Escape(date)}</time>";
        }

        return Html.Escape(words);
    }

    private static EmphasisInline? QuestionIn(ParagraphBlock paragraph) =>
        paragraph.Parent is NewsElement { Kind: ElementKind.Questions } element && ElementFault.In(element) is null ? Lead.AsQuestion(paragraph) : null;

    private void SetItems(ListBlock list, string tag, Action<ParagraphBlock> setFirst)
    {
        WriteLine($"<{tag}>");
        foreach (var item in list.OfType<ListItemBlock>())
        {
            html.Append("<li>");
            if (item is [ParagraphBlock first, ..])
                setFirst(first);
            foreach (var block in item.Skip(item is [ParagraphBlock, ..] ? 1 : 0))
                Set(block);
            html.Append("</li>\n");
        }

        WriteLine("</ol>");
    }

    private void SetMoment(ParagraphBlock paragraph)
    {
        if (Lead.Of(paragraph) is not { } lead)
            SetText(paragraph, "p");
        else if (WrittenDate.ForMachines(Lead.WordsOf(lead)) is { } machine)
            SetLed(paragraph, lead, "time", $" datetime=\"{machine}\"");
        else
            SetLed(paragraph, lead, "strong");
    }

    private void SetPoint(ParagraphBlock paragraph)
    {
        if (Lead.Of(paragraph) is { } lead)
            SetLed(paragraph, lead, $"h{outline.TitleLevel}");
        else
            SetText(paragraph, "p");
    }

    private void SetLed(ParagraphBlock paragraph, EmphasisInline lead, string tag, string attributes = "")
    {
        var rest = Lead.WithoutJoint(Words.Of(paragraph.Inline)[Words.Of(lead).Length..]);

        SetTitle(Lead.WordsOf(lead), tag, attributes);
        if (rest.Length == 0)
            return;

        Count(rest);
        html.Append("<p>");
        SetRest(lead);
        html.Append("</p>\n");
    }

    private void SetRest(Inline lead)
    {
        var hasBegun = false;
        for (var inline = lead.NextSibling; inline is not null; inline = inline.NextSibling)
        {
            if (hasBegun)
                Set(inline);
            else if (inline is LiteralInline literal)
                html.Append(Html.Escape(Lead.WithoutJoint(literal.Content.ToString())));
            else if (inline is not LineBreakInline)
                Set(inline);
            hasBegun |= inline is not LineBreakInline;
        }
    }

    private void SetTable(Table table, string title)
    {
        HasElements = true;
        var header = table.OfType<TableRow>().FirstOrDefault(row => row.IsHeader);
        var name = title.Length > 0 || header is null ? title : string.Join(", ", header.OfType<TableCell>().Select(WordsOf).Where(words => words.Length > 0));

        WriteLine($"<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{Html.Escape(name.Length > 0 ? name : "Table")}\">");
        WriteLine("<table>");
        if (title.Length > 0)
            SetTitle(title, "caption", attributes: "");
        SetRows("thead", table, table.OfType<TableRow>().Where(row => row.IsHeader));
        SetRows("tbody", table, table.OfType<TableRow>().Where(row => !row.IsHeader));
        WriteLine("</table>");
        WriteLine("</div>");
    }

    private void SetRows(string part, Table table, IEnumerable<TableRow> rows)
    {
        var isOpen = false;
        foreach (var row in rows)
        {
            if (!isOpen)
                WriteLine($"<{part}>");
            isOpen = true;
            SetRow(table, row);
        }

        if (isOpen)
            WriteLine($"</{part}>");
    }

    private void SetRow(Table table, TableRow row)
    {
        html.Append("<tr>");
        foreach (var (column, cell) in row.OfType<TableCell>().Index())
            SetCell(cell, TagOf(cell, row.IsHeader, column), IsOfNumbers(table, column) ? " class=\"number\"" : "");
        html.Append("</tr>\n");

        var words = string.Join(' ', row.OfType<TableCell>().Select(WordsOf).Where(words => words.Length > 0));
        if (words.Length > 0)
            Count(words);
    }

    private static string TagOf(TableCell cell, bool isHeader, int column) =>
        WordsOf(cell).Length == 0 ? "td" : isHeader ? "th scope=\"col\"" : column == 0 ? "th scope=\"row\"" : "td";

    private static bool IsOfNumbers(Table table, int column) =>
        column < table.ColumnDefinitions.Count && table.ColumnDefinitions[column].Alignment == TableColumnAlign.Right;

    private void SetCell(TableCell cell, string tag, string attributes)
    {
        html.Append('<').Append(tag).Append(attributes).Append('>');
        foreach (var inlines in cell.OfType<LeafBlock>().Select(leaf => leaf.Inline).OfType<ContainerInline>())
            SetAll(inlines);
        html.Append("</").Append(tag.AsSpan(0, 2)).Append('>');
    }

    private static string WordsOf(TableCell cell) => Words.OnOneLine(string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => Words.Of(leaf.Inline))));

    private void SetNotes(IEnumerable<Block> notes)
    {
        foreach (var note in notes.OfType<ParagraphBlock>())
            SetText(note, "p", " class=\"table-note\"");
    }

    private CopyPiece.Picture? PictureAloneIn(ParagraphBlock paragraph)
    {
        if (!MayStandBetween(paragraph.Parent) || paragraph.Inline is null)
            return null;

        var only = paragraph.Inline.Where(inline => inline is not LineBreakInline && !Words.IsBlank(inline)).Take(2).ToList();
        return only is [LinkInline { IsImage: true } link] && Addresses.TryReadPicture(link.Url, out var id)
            ? new(id, Words.Of(link), Words.OnOneLine(SafeText.Of(link.Title ?? "")))
            : null;
    }

    private static bool MayStandBetween(ContainerBlock? container)
    {
        for (; container is not MarkdownDocument; container = container.Parent)
        {
            if (container is not (QuoteBlock or NewsElement { Kind: ElementKind.Entry or ElementKind.Facts or ElementKind.Questions or ElementKind.Unknown }))
                return false;
        }

        return true;
    }

    private void Place(CopyPiece.Picture picture)
    {
        Pictures.Add(picture);
        Mark(new Galley.Mark.Picture(picture));
    }

    private void RemarkOn(LinkInline picture)
    {
        if (Addresses.NamesPicture(picture.Url))
            Remark($"The picture “{Words.Shortened(picture.Url!)}” is shown as words. A picture stands in a paragraph of its own, by its number: ![What it shows](picture:12 \"Caption\").");
    }

    private void Remark(string sentence)
    {
        if (Remarks.Count < MostRemarks && !Remarks.Contains(sentence))
            Remarks.Add(sentence);
    }
}
