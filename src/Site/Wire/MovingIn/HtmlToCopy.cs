using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Copy;

namespace LondonDefender.Wire.MovingIn;

/// <summary>What came of a story's HTML: copy, where pictures are still marks, and what was lost.</summary>
internal sealed record MadeCopy(string Text, IReadOnlyList<OldPicture> Pictures)
{
    /// <summary>The copy with each mark replaced by what its picture is here; one that did not come leaves no gap.</summary>
    public string With(Func<OldPicture, string?> written)
    {
        var blocks = Text.Split("\n\n").Select(block => NumberOf(block) is { } number ? written(Pictures[number]) : block);
        return string.Join("\n\n", blocks.Where(block => block is not null));
    }

    public static string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"\uE0F0{number}\uE0F1");

    private static int? NumberOf(string block) =>
        block is ['\uE0F0', .. var number, '\uE0F1'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : null;
}

/// <summary>
/// A story's HTML, from whichever system, turned into the paper's copy. Nothing of it is passed on as it is: what is understood is written
/// anew, and what is not is told.
/// </summary>
internal sealed partial class HtmlToCopy
{
    // A mark for a line end that was meant; two of them part paragraphs.
    private const char Break = '\uE0F2', Parting = '\uE0F3';

    private const int Deepest = 40, DeepestTags = 300, MostPictures = 500;

    private static readonly HtmlParser Parser = new();

    private static readonly HashSet<string> Containers = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "body", "center", "div", "dl", "dt", "dd", "fieldset", "footer", "header", "html", "main", "nav", "p", "section", "details", "summary", "figcaption", "noscript", "form", "hgroup",
    };

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "head", "title", "meta", "link", "svg", "math", "input", "select", "button", "textarea", "canvas", "map", "area", "base", "col", "colgroup",
    };

    private readonly OldStory story;
    private readonly OldLinks links;
    private readonly ReadMoreLines lines;
    private readonly List<OldPicture> pictures = [];
    private readonly Losses losses;
    private readonly Func<string, OldPicture?> pictureNumbered;
    private bool isInItem;

    private HtmlToCopy(OldStory story, OldLinks links, ReadMoreLabels labels, Func<string, OldPicture?> pictureNumbered, Losses losses)
    {
        (this.story, this.links, this.losses, this.pictureNumbered) = (story, links, losses, pictureNumbered);
        lines = new(labels, links);
    }

    /// <param name="pictureNumbered">A picture that the text names by the old paper's own number.</param>
    public static MadeCopy Read(OldStory story, OldLinks links, ReadMoreLabels labels, Func<string, OldPicture?> pictureNumbered, Losses losses)
    {
        var reading = new HtmlToCopy(story, links, labels, pictureNumbered, losses);
        var html = PlainWords.Clean(Shortcodes.Undone(story.Html, losses)).ReplaceLineEndings("\n");
        html = Marks().Replace(html, "");
        if (html.Length >= OldPaper.LongestField)
            losses.Add("cut", "Its text was longer than two million characters; what comes after them was cut off.");
        if (IsTooDeep(html))
        {
            losses.Add("too deep", "Its HTML was nested too deep to be read as it was meant; only its words were kept.");
            html = string.Join("\n", Tags().Replace(html, "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => $"<p>{line}</p>"));
        }

        using var document = Parser.ParseDocument("<body>" + html);
        var blocks = reading.Blocks(document.Body!, 0, reading.story.HasLooseLines);
        return new(string.Join("\n\n", reading.lines.JoinLists([.. blocks.Where(block => block.Length > 0)])), reading.pictures);
    }

    private List<string> Blocks(INode parent, int depth, bool hasLooseLines)
    {
        List<string> blocks = [];
        var line = new StringBuilder();
        List<string> shown = [];
        foreach (var child in parent.ChildNodes)
        {
            if (depth > Deepest)
                line.Append(Words(child.TextContent));
            else if (child is IText text)
                line.Append(TextOf(text.Data, hasLooseLines));
            else if (child is IComment { Data: var said } && said.Trim() == "nextpage")
                losses.Add("page breaks", "It was divided into several pages; it is one now.");
            else if (child is IElement element)
                Read(element);
        }

        Flush();
        return blocks;

        void Read(IElement element)
        {
            if (Dropped.Contains(element.LocalName))
                TellOfDropped(element);
            else if (BlocksOf(element, depth, hasLooseLines) is { } found)
            {
                Flush();
                blocks.AddRange(found);
            }
            else
                line.Append(Inline(element, depth + 1, shown));
        }

        void Flush()
        {
            blocks.AddRange(Paragraphs(line.ToString()));
            blocks.AddRange(shown);
            line.Clear();
            shown.Clear();
        }
    }

    private void TellOfDropped(IElement element)
    {
        switch (element.LocalName)
        {
            case "script":
                losses.Add("scripts", "A script was taken out.");
                break;
            case "svg" or "math" or "canvas":
                losses.Add("drawings and formulas", $"What a browser draws by itself (<{element.LocalName}>) was taken out.");
                break;
            case "input" or "select" or "button" or "textarea":
                losses.Add("forms", "The fields of a form were taken out.");
                break;
        }
    }

    /// <summary>What stands by itself; null for what stands in a sentence.</summary>
    private List<string>? BlocksOf(IElement element, int depth, bool hasLooseLines)
    {
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                return Heading(element, depth);
            case "ul" or "ol" or "menu":
                return List(element, depth);
            case "blockquote":
                return Quotation(element, depth, hasLooseLines);
            case "pre":
                return [Code(element.TextContent)];
            case "hr":
                return isInItem ? [] : ["***"];
            case "table":
                return Table(element, depth);
            case "figure":
                return Figure(element, depth);
            case "img":
                return Picture(element, "", "") is { } picture ? [picture] : AltOf(element);
            case "picture" when element.QuerySelector("img") is { } img:
                return Picture(img, "", "") is { } chosen ? [chosen] : AltOf(img);
            case "iframe" or "embed" or "object" or "video" or "audio":
                return Embedded(element);
            case "a" when element.QuerySelector("img") is { } linked && element.TextContent.Trim().Length == 0:
                return LinkedPicture(element, linked);
            case "a" when element.ClassList.Contains("kg-bookmark-container"):
                return Bookmark(element);
            case var name when Containers.Contains(name):
                if (name == "summary" || (name == "dt" && depth < Deepest))
                    return Paragraphs(Inline(element, depth + 1, [])).Select(words => words.StartsWith("**", StringComparison.Ordinal) ? words : $"**{words}**").ToList();
                return Blocks(element, depth + 1, hasLooseLines && name is "div" or "body" or "center" or "section");
            default:
                return null;
        }
    }

    private static List<string>? AltOf(IElement image) => image.ClassList.Contains("emoji") || image.ClassList.Contains("wp-smiley") ? null : [];

    private List<string> Heading(IElement element, int depth)
    {
        List<string> shown = [];
        var words = string.Join(' ', Paragraphs(Inline(element, depth + 1, shown)).Select(part => part.Replace("\\\n", " ", StringComparison.Ordinal))).Trim();
        words = words is ['*', '*', .. var bare, '*', '*'] && !bare.Contains("**", StringComparison.Ordinal) ? bare : words;
        if (words.Length == 0 || isInItem)
            return words.Length == 0 ? shown : [$"**{words}**", .. shown];
        if (lines.AsBlock(words) is { } block)
            return [block, .. shown];

        var level = element.LocalName[1] switch { '1' or '2' => "##", '3' => "###", _ => "####" };
        return [$"{level} {words.TrimEnd('#')}", .. shown];
    }

    private List<string> List(IElement list, int depth)
    {
        var number = list.LocalName == "ol" && int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start < 1_000_000 ? start : 1;
        var before = (isInItem, pictures.Count);
        isInItem = true;
        List<string> items = [];
        foreach (var child in list.Children)
        {
            var marker = list.LocalName == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
            var parts = child.LocalName is "ul" or "ol" ? List(child, depth + 1) : Blocks(child, depth + 1, false);
            var kept = parts.Where(part => !IsMark(part)).ToList();
            if (kept.Count == 0)
                continue;

            var body = kept.Skip(1).Aggregate(kept[0], (text, part) => text + (IsList(part) ? "\n" : "\n\n") + part);
            items.Add(marker + body.Replace("\n", "\n" + new string(' ', marker.Length), StringComparison.Ordinal));
        }

        isInItem = before.isInItem;
        List<string> after = isInItem ? [] : [.. Enumerable.Range(before.Count, pictures.Count - before.Count).Select(MadeCopy.Mark)];
        if (after.Count > 0)
            losses.Add("pictures in lists", "A picture stood in a list or table; it stands behind it now.");
        return items.Count == 0 ? after : [string.Join('\n', items), .. after];
    }

    private static bool IsList(string block) => block.StartsWith("- ", StringComparison.Ordinal) || ListStart().IsMatch(block);

    private static bool IsMark(string block) => block is ['\uE0F0', ..];

    private List<string> Quotation(IElement quote, int depth, bool hasLooseLines)
    {
        if (Post(quote) is { } address)
            losses.Add("embedded posts", $"A post shown from {address.Host} is a quotation with a link now.");
        var parts = Blocks(quote, depth + 1, hasLooseLines);
        if (isInItem)
            return parts;

        List<string> marks = [.. parts.Where(IsMark)];
        var words = string.Join("\n\n", parts.Where(part => !IsMark(part) && !lines.IsBlock(part)));
        List<string> leads = [.. parts.Where(lines.IsBlock)];
        return words.Length == 0 ? [.. leads, .. marks] : [Quoted(words), .. leads, .. marks];
    }

    private static string Quoted(string words) => string.Join('\n', words.Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    private Uri? Post(IElement quote) =>
        quote.ClassList.Any(name => name is "twitter-tweet" or "instagram-media" or "tiktok-embed" or "bluesky-embed" or "fb-post" or "mastodon-embed")
            ? links.Whole(quote.QuerySelectorAll("a[href]").LastOrDefault()?.GetAttribute("href") ?? quote.GetAttribute("data-instgrm-permalink") ?? quote.GetAttribute("cite") ?? "", story.LinksFrom)
            : null;

    private static string Code(string text)
    {
        var fence = new string('`', Math.Max(3, 1 + LongestRun(text)));
        return $"{fence}\n{CodeGaps().Replace(text.Trim('\n'), "\n \n")}\n{fence}";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var sign in text)
            longest = Math.Max(longest, run = sign == '`' ? run + 1 : 0);
        return longest;
    }

    private List<string> Figure(IElement figure, int depth)
    {
        if (figure.GetAttribute("data-number") is { } number)
            return Numbered(number);
        if (figure.ClassList.Contains("kg-bookmark-card") && figure.QuerySelector("a[href]") is { } card)
            return Bookmark(card);
        if (figure.ClassList.Contains("wp-block-pullquote") || figure.ClassList.Contains("pullquote"))
            return PullQuote(figure, depth);
        if (figure.ClassList.Any(name => name.StartsWith("wp-block-embed", StringComparison.Ordinal)) && figure.QuerySelector("iframe, blockquote") is null
            && links.Whole(figure.QuerySelector(".wp-block-embed__wrapper")?.TextContent ?? figure.TextContent, story.LinksFrom) is { } shown)
            return [LinkOutside(shown, "")];

        var own = figure.Children.FirstOrDefault(child => child.LocalName == "figcaption");
        var caption = own is null ? "" : PlainWords.OneLine(own.TextContent);
        var images = figure.QuerySelectorAll("img");
        if (images.Length == 0 || figure.QuerySelector("table, iframe, video, audio, blockquote, pre") is not null)
            return WithoutPicture(figure, caption, depth);

        List<string> blocks = [];
        foreach (var image in images)
        {
            var inner = image.Ancestors<IElement>().FirstOrDefault(above => above.LocalName == "figure");
            var words = inner == figure ? caption : PlainWords.OneLine(inner?.QuerySelector("figcaption")?.TextContent);
            var credit = PlainWords.OneLine(figure.QuerySelector(".image-credit, .credit, .media-credit")?.TextContent);
            if (Picture(image, words, credit) is { } picture)
                blocks.Add(picture);
        }

        if (images.Length > 1 && caption.Length > 0)
            blocks.Add(Signs.LineStart(Signs.Inline(caption)));
        return blocks;
    }

    private List<string> WithoutPicture(IElement figure, string caption, int depth)
    {
        List<string> blocks = [];
        foreach (var child in figure.ChildNodes)
        {
            if (child is IElement { LocalName: "table" } table)
                blocks.AddRange(Table(table, depth + 1, caption));
            else if (child is IElement element && element.LocalName != "figcaption")
                blocks.AddRange(BlocksOf(element, depth + 1, false) ?? Paragraphs(Inline(element, depth + 1, [])));
            else if (child is IText text)
                blocks.AddRange(Paragraphs(Words(text.Data)));
        }

        if (caption.Length > 0 && figure.QuerySelector("table") is null)
            blocks.Add(Signs.LineStart(Signs.Inline(caption)));
        return blocks;
    }

    private List<string> Numbered(string number)
    {
        if (pictureNumbered(number) is not { } known || pictures.Count >= MostPictures)
        {
            losses.Add("pictures", $"A gallery’s picture with the old number {PlainWords.Cut(number, 20)} is not in the file.");
            return [];
        }

        pictures.Add(known with { Caption = PlainWords.OneLine(known.Caption) });
        return [MadeCopy.Mark(pictures.Count - 1)];
    }

    private List<string> PullQuote(IElement figure, int depth)
    {
        var by = figure.QuerySelector("cite, figcaption");
        var speaker = PlainWords.OneLine(by?.TextContent);
        by?.Remove();
        var words = string.Join("\n\n", Blocks(figure.QuerySelector("blockquote") ?? figure, depth + 1, false).Where(part => !IsMark(part)));
        return words.Length == 0 ? [] : [$"::: quote\n{words}\n{(speaker.Length > 0 ? "— " + Signs.Inline(speaker.TrimStart('—', '–', '-', ' ')) + "\n" : "")}:::"];
    }

    /// <summary>A card that leads on is a READ MORE where it leads to one of the paper's own stories.</summary>
    private List<string> Bookmark(IElement card)
    {
        var words = PlainWords.OneLine(card.QuerySelector(".kg-bookmark-title")?.TextContent ?? card.TextContent);
        return links.Whole(card.GetAttribute("href") ?? "", story.LinksFrom) is { } address ? [LinkOutside(address, words)] : [];
    }

    /// <summary>A page shown within the page is a link to it, for readers load nothing from elsewhere here.</summary>
    private List<string> Embedded(IElement element)
    {
        var named = element.GetAttribute("src") ?? element.GetAttribute("data-src") ?? element.GetAttribute("data") ?? element.QuerySelector("source[src]")?.GetAttribute("src") ?? "";
        if (links.Whole(named, story.LinksFrom) is not { } address)
        {
            losses.Add("embedded pages", $"Something shown within the page (<{element.LocalName}>) names no page that can be linked to, and was taken out.");
            return [];
        }

        return [LinkOutside(Watchable(address), PlainWords.OneLine(element.GetAttribute("title")))];
    }

    /// <summary>The page on which people watch it, instead of the player.</summary>
    private static Uri Watchable(Uri player) => YouTube().Match(player.AbsoluteUri) is { Success: true } video
        ? new Uri("https://www.youtube.com/watch?v=" + video.Groups[1].Value)
        : player;

    private string LinkOutside(Uri address, string words)
    {
        if (links.StoryAt(address) is { } id)
            return lines.To(id, words);
        if (OldLinks.IsNowhere(address))
            return "";

        losses.Add("embedded pages", $"What was shown from {address.Host} is a link there now.");
        return Link(words.Length > 0 ? Signs.Inline(words) : Signs.Inline(address.Host), address.AbsoluteUri) ?? "";
    }

    private List<string> LinkedPicture(IElement link, IElement image)
    {
        if (Picture(image, "", "") is not { } picture)
            return [];
        if (links.Whole(link.GetAttribute("href") ?? "", story.LinksFrom) is { } to && !Image().IsMatch(to.AbsolutePath))
            losses.Add("links on pictures", $"A picture was a link to {PlainWords.Cut(to.AbsoluteUri, 200)}; pictures lead nowhere here.");
        return [picture];
    }

    private string? Picture(IElement image, string caption, string credit)
    {
        if (image.ClassList.Contains("emoji") || image.ClassList.Contains("wp-smiley") || image is { } i && i.GetAttribute("width") is "1" or "0")
            return null;

        var named = image.GetAttribute("data-orig-file") ?? image.GetAttribute("data-src") ?? image.GetAttribute("src") ?? "";
        if (named.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || named.Trim().Length == 0)
        {
            losses.Add("pictures", "A picture was written into the text itself instead of lying beside it, and was left out.");
            return null;
        }

        if (pictures.Count >= MostPictures)
        {
            losses.Add("pictures", $"It has more than {MostPictures} pictures; the others were left out.");
            return null;
        }

        pictures.Add(new(PlainWords.Cut(named.Trim(), 2000), PlainWords.OneLine(image.GetAttribute("alt")), caption, credit));
        return MadeCopy.Mark(pictures.Count - 1);
    }

    private List<string> Table(IElement table, int depth, string caption = "")
    {
        var rows = table.QuerySelectorAll("tr").Where(row => row.Ancestors<IElement>().First(above => above.LocalName == "table") == table)
            .Select(row => row.Children.Where(cell => cell.LocalName is "td" or "th").ToList()).Where(cells => cells.Count > 0).Take(2000).ToList();
        if (rows.Count == 0)
            return [];
        // A table of one column, or one that holds tables, was there for its looks.
        if (rows.All(cells => cells.Count == 1) || table.QuerySelector("table") is not null || isInItem)
            return [.. rows.SelectMany(cells => cells.SelectMany(cell => Blocks(cell, depth + 1, false)))];
        if (rows.Any(cells => cells.Any(cell => cell.HasAttribute("colspan") || cell.HasAttribute("rowspan"))))
            losses.Add("tables", "A table had cells that went over several columns or rows; they are single cells now.");

        var from = pictures.Count;
        var width = Math.Min(rows.Max(cells => cells.Count), 40);
        var hasHead = rows[0].All(cell => cell.LocalName == "th") || table.QuerySelector("thead") is not null;
        var written = new StringBuilder();
        Row(hasHead ? rows[0] : []);
        written.Append('|').Insert(written.Length, "---|", width).Append('\n');
        foreach (var cells in hasHead ? rows.Skip(1) : rows)
            Row(cells);

        var title = caption.Length > 0 ? caption : PlainWords.OneLine(table.Children.FirstOrDefault(child => child.LocalName == "caption")?.TextContent);
        var text = written.ToString().TrimEnd('\n');
        return [title.Length > 0 ? $"::: table {title}\n{text}\n:::" : text, .. Enumerable.Range(from, pictures.Count - from).Select(MadeCopy.Mark)];

        void Row(List<IElement> cells)
        {
            written.Append('|');
            for (var i = 0; i < width; i++)
            {
                var words = i < cells.Count ? string.Join(' ', Paragraphs(Inline(cells[i], depth + 2, []))) : "";
                written.Append(' ').Append(words.Replace("\\\n", " ", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |");
            }

            written.Append('\n');
        }
    }

    /// <param name="shown">Pictures in the midst of a sentence; they stand behind its paragraph.</param>
    private string Inline(IElement element, int depth, List<string> shown)
    {
        if (depth > Deepest + 20)
            return Words(element.TextContent);

        switch (element.LocalName)
        {
            case "br":
                return Break.ToString();
            case "img":
                if (Picture(element, "", "") is { } picture)
                    shown.Add(picture);
                else if (element.ClassList.Contains("emoji") || element.ClassList.Contains("wp-smiley"))
                    return Words(element.GetAttribute("alt") ?? "");
                return "";
            case "iframe" or "embed" or "object" or "video" or "audio":
                shown.AddRange(Embedded(element));
                return "";
            case "a":
                return Linked(element, Within(element, depth, shown));
            case "strong" or "b":
                return Marked("**", Within(element, depth, shown));
            case "em" or "i" or "cite":
                return Marked("*", Within(element, depth, shown));
            case "code" or "kbd" or "samp" or "tt":
                return element.TextContent is { Length: > 0 } code && !code.Contains('`', StringComparison.Ordinal) && !code.Contains('\n', StringComparison.Ordinal) ? $"`{code}`" : Words(element.TextContent);
            case "s" or "strike" or "del":
                losses.Add("struck-out words", "Words that were struck out are plain now.");
                return Within(element, depth, shown);
            case "sup" or "sub":
                losses.Add("raised and lowered signs", "Raised or lowered signs stand on the line now.");
                return Within(element, depth, shown);
            case "q":
                return $"“{Within(element, depth, shown)}”";
            case var name when Dropped.Contains(name):
                TellOfDropped(element);
                return "";
            case var name when Containers.Contains(name) || name is "li" or "ul" or "ol" or "blockquote" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "td" or "tr" or "pre" or "figure":
                return Parting + Within(element, depth, shown) + Parting;
            default:
                return Within(element, depth, shown);
        }
    }

    private string Within(IElement element, int depth, List<string> shown)
    {
        var words = new StringBuilder();
        foreach (var child in element.ChildNodes)
        {
            if (child is IText text)
                words.Append(TextOf(text.Data, story.HasLooseLines));
            else if (child is IElement inner && !Dropped.Contains(inner.LocalName))
                words.Append(Inline(inner, depth + 1, shown));
            else if (child is IElement dropped)
                TellOfDropped(dropped);
        }

        return words.ToString();
    }

    private static string Marked(string mark, string words)
    {
        // Across paragraphs each has its own pair, and spaces at the edges stand outside.
        return Edges().Replace(words, part => part.Groups["words"].Value is { Length: > 0 } inner && !inner.StartsWith('*')
            ? $"{part.Groups["before"].Value}{mark}{inner}{mark}{part.Groups["after"].Value}"
            : part.Value);
    }

    private string Linked(IElement link, string words)
    {
        var to = link.GetAttribute("href")?.Trim() ?? "";
        if (to.Length == 0 || words.Trim(' ', '\n', Break, Parting).Length == 0)
            return words;
        if (to[0] == '#')
        {
            losses.Add("links within the page", "A link to another place of the same page is plain words now.");
            return words;
        }

        if (MailOrTelephone().Match(to) is { Success: true } reached)
        {
            var address = Uri.UnescapeDataString(reached.Groups[1].Value);
            return words.Contains(address, StringComparison.OrdinalIgnoreCase) ? words : $"{words} ({Words(address)})";
        }

        if (links.Whole(to, story.LinksFrom) is not { } address2)
        {
            losses.Add("links that cannot be used", $"A link to “{PlainWords.Cut(PlainWords.OneLine(to), 80)}” is plain words now.");
            return words;
        }

        var apart = Edges().Match(words);
        var inner = words.Trim(' ', '\n', '\t', Break, Parting);
        if (links.StoryAt(address2) is { } id)
            return $"{apart.Groups["before"].Value}[{OneLine(inner)}](story:{id}){apart.Groups["after"].Value}";
        if (OldLinks.IsNowhere(address2))
        {
            losses.Add("links to the old site", $"A link to a page that was not taken in is plain words now: {PlainWords.Cut(address2.PathAndQuery, 300)}");
            return words;
        }

        if (links.IsOwn(address2))
            losses.Add("links to the old site", $"It links to a page of the old site that was not taken in: {PlainWords.Cut(address2.AbsoluteUri, 300)}");
        if (Link(OneLine(inner), address2.AbsoluteUri) is { } written)
            return apart.Groups["before"].Value + written + apart.Groups["after"].Value;

        losses.Add("links that cannot be used", $"A link to “{PlainWords.Cut(address2.AbsoluteUri, 80)}” is plain words now.");
        return words;
    }

    private static string OneLine(string words) => words.Replace(Break, ' ').Replace(Parting, ' ');

    private static string? Link(string words, string address)
    {
        if (address.Length > 2000 || address.AsSpan().IndexOfAny(" <>\\\n") >= 0)
            return null;

        var hasUnevenBrackets = address.Count(sign => sign == '(') != address.Count(sign => sign == ')');
        return hasUnevenBrackets ? $"[{words}](<{address}>)" : $"[{words}]({address})";
    }

    private string TextOf(string text, bool hasLooseLines)
    {
        if (!hasLooseLines || !text.Contains('\n', StringComparison.Ordinal))
            return Words(text);

        return Words(text.Replace("\n\n", Parting.ToString(), StringComparison.Ordinal).Replace('\n', Break));
    }

    /// <summary>Line ends of the source mean nothing, except before a line that leads on.</summary>
    private string Words(string text) => Signs.Inline(lines.ApartFromLabels(text, Break));

    private List<string> Paragraphs(string line)
    {
        if (line.Length == 0)
            return [];

        List<string> paragraphs = [];
        foreach (var part in Partings().Split(line))
        {
            var written = part.Split(Break).Select(row => Spaces().Replace(row, " ").Trim()).Where(row => row.Length > 0).Select(Signs.LineStart).ToList();
            if (written.Count > 0 && !(written.Count == 1 && written[0] is "\u00a0" or "&nbsp;"))
                paragraphs.AddRange(isInItem ? [string.Join("\\\n", written)] : lines.Parted(written, BareAddress));
        }

        return paragraphs;
    }

    /// <summary>An address alone in its paragraph was shown as what it led to.</summary>
    private string? BareAddress(string row)
    {
        if (!row.StartsWith("http", StringComparison.Ordinal) || row.Contains(' ', StringComparison.Ordinal) || links.Whole(row.Replace("\\", "", StringComparison.Ordinal), null) is not { } address)
            return null;

        return LinkOutside(address, "");
    }

    private static bool IsTooDeep(string html)
    {
        var (depth, deepest) = (0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/')
                depth = Math.Max(0, depth - 1);
            else if (char.IsLetter(html[at + 1]) && !IsVoid(html.AsSpan(at + 1)))
                deepest = Math.Max(deepest, ++depth);
        }

        return deepest > DeepestTags;
    }

    // Those that need no end, and paragraphs, list items and cells, which end each other.
    private static bool IsVoid(ReadOnlySpan<char> tag)
    {
        var length = tag.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        var name = length < 0 ? tag : tag[..length];
        foreach (var known in (ReadOnlySpan<string>)["br", "img", "hr", "p", "li", "td", "tr", "th", "dt", "dd", "input", "source", "meta", "link", "col", "wbr", "embed", "area", "param", "track", "option"])
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    [GeneratedRegex("[\uE0F0-\uE0F3]")]
    private static partial Regex Marks();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"^[0-9]{1,9}\. ")]
    private static partial Regex ListStart();

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex CodeGaps();

    [GeneratedRegex("(?:\uE0F2[ \\n\\t\u00a0]*){2,}|[ \\n\\t]*\uE0F3[ \\n\\t\uE0F2\uE0F3]*")]
    private static partial Regex Partings();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("(?<before>[\\s\uE0F2]*)(?<words>[^\\s\uE0F2\uE0F3](?:[^\uE0F2\uE0F3]*[^\\s\uE0F2\uE0F3])?)(?<after>[\\s\uE0F2]*)")]
    private static partial Regex Edges();

    [GeneratedRegex(@"^(?:mailto|tel|sms):([^?]*)", RegexOptions.IgnoreCase)]
    private static partial Regex MailOrTelephone();

    [GeneratedRegex(@"^https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([A-Za-z0-9_-]{6,20})")]
    private static partial Regex YouTube();

    [GeneratedRegex(@"\.(?:jpe?g|png|gif|webp|avif|tiff?|heic)$", RegexOptions.IgnoreCase)]
    private static partial Regex Image();
}

/// <summary>What one story lost: each thing once, and no more than anybody reads.</summary>
internal sealed class Losses
{
    private const int Most = 40;

    private readonly List<Loss> all = [];

    public IReadOnlyList<Loss> All => all;

    public void Add(string kind, string sentence)
    {
        if (all.Count < Most && !all.Exists(loss => loss.Sentence == sentence))
            all.Add(new(kind, sentence));
    }
}
