using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Copy_is_safe_whatever_is_written
{
    private static readonly string[] Tags =
    [
        "p", "h2", "h3", "h4", "pre", "code", "hr", "br", "blockquote", "ul", "ol", "li", "em", "strong", "a",
        "section", "figure", "figcaption", "time", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly string[] Classes =
        ["continued", "pull-quote", "key-points", "facts", "facts continued", "timeline", "questions", "questions continued", "numbered", "said", "table", "table-note", "number"];

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);

    [Fact]
    public void Prose_holds_only_the_tags_and_attributes_of_an_article() => ForAnyCopy(copy =>
    {
        foreach (var element in Elements(copy))
        {
            Assert.Contains(element.LocalName, Tags);
            Assert.All(element.Attributes, attribute => Assert.True(IsExpected(element, attribute), $"{element.LocalName} {attribute.Name}={attribute.Value}"));
        }
    });

    [Fact]
    public void Prose_holds_no_script_and_no_comment() => ForAnyCopy(copy =>
    {
        Assert.DoesNotContain("<script", Html(copy), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", Html(copy), StringComparison.Ordinal);
    });

    [Fact]
    public void Tags_are_closed_within_their_piece() => ForAnyCopy(copy =>
    {
        foreach (var prose in Prose(copy))
        {
            var parsed = Body(prose.Html).InnerHtml;
            Assert.Equal(Count(prose.Html, "</"), Count(parsed, "</"));
            Assert.NotEqual("", prose.Html.Trim());
        }
    });

    [Fact]
    public void Nothing_is_left_that_a_database_or_a_feed_refuses() => ForAnyCopy(copy =>
    {
        var all = string.Concat(All(copy).Select(piece => piece.ToString())) + Html(copy) + copy.PlainText
            + string.Concat(copy.Blocks.SelectMany(block => block.Lines).Select(line => line.Written + line.Target));

        System.Xml.XmlConvert.VerifyXmlChars(all);
    });

    [Fact]
    public void Plain_text_never_holds_the_text_of_a_block() =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, markdown =>
        {
            var copy = CopyText.Read($"Before.\n\nREAD MORE: Zanzibar\n{markdown}", ReadMoreLabels.Default);

            Assert.DoesNotContain("Zanzibar", copy.PlainText, StringComparison.Ordinal);
        }));

    [Fact]
    public void What_is_hidden_leaves_nothing_behind() => ForAnyCopy(copy =>
    {
        var pieces = copy.Pieces(_ => false, _ => null);
        var all = string.Concat(Flat(pieces));

        Assert.True(pieces.Count(piece => piece is not CopyPiece.Entry) <= (copy.Entries.Count > 0 ? 2 : 1));
        Assert.All(pieces.OfType<CopyPiece.Entry>(), entry => Assert.True(entry.Pieces.Count <= 1));
        Assert.DoesNotContain("continued", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/story/", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Picture {", all, StringComparison.Ordinal);
    });

    [Fact]
    public void No_id_is_given_twice_and_every_title_is_found() => ForAnyCopy(copy =>
    {
        var ids = Elements(copy).Select(element => element.GetAttribute("id")).OfType<string>().Concat(copy.Entries.Select(entry => entry.Anchor)).ToList();

        Assert.Equal(ids.Distinct().Order(), ids.Order());
        Assert.All(Elements(copy).Select(element => element.GetAttribute("aria-labelledby")).OfType<string>(), id => Assert.Contains(id, ids));
    });

    [Fact]
    public void No_level_of_headings_is_skipped() => ForAnyCopy(copy =>
    {
        var last = 1;
        foreach (var level in Levels(copy.Pieces(_ => true, Address, _ => true)))
        {
            Assert.InRange(level, 2, last + 1);
            last = level;
        }
    });

    [Fact]
    public void Pictures_and_entries_are_told_as_they_are_shown() => ForAnyCopy(copy =>
    {
        var pieces = All(copy).ToList();

        Assert.Equal(copy.Pictures.OrderBy(picture => picture.ToString()), pieces.OfType<CopyPiece.Picture>().OrderBy(picture => picture.ToString()));
        Assert.Equal(copy.Entries.Select(entry => entry.Anchor), pieces.OfType<CopyPiece.Entry>().Select(entry => entry.Anchor));
        Assert.Equal(copy.Entries.OrderByDescending(entry => entry.Day.ToDateTime(entry.Time)), copy.Entries);
    });

    [Fact]
    public void Showing_blocks_changes_no_word_of_the_prose() => ForAnyCopy(copy =>
        Assert.Equal(TextOf(copy.Pieces(_ => false, _ => null)), TextOf(copy.Pieces(_ => true, Address, _ => true))));

    [Fact]
    public void A_line_is_where_it_says_it_is() =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, markdown =>
        {
            foreach (var line in CopyText.Read(markdown, ReadMoreLabels.Default).Blocks.SelectMany(block => block.Lines))
                Assert.Equal(line.Written, Visible(markdown[line.SourceStart..line.SourceEnd], line.Written));
        }));

    [Fact]
    public void An_excerpt_keeps_to_its_length() =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, Gen.Choose(0, 60).ToArbitrary(), (markdown, length) =>
            Assert.True(CopyText.Read(markdown, ReadMoreLabels.Default).Excerpt(length).Length <= length)));

    private static void ForAnyCopy(Action<CopyText> holds) =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, markdown => holds(CopyText.Read(markdown, ReadMoreLabels.Default))));

    private static bool IsExpected(IElement element, IAttr attribute) => (element.LocalName, attribute.Name) switch
    {
        ("a", "href") => attribute.Value.StartsWith("/story/", StringComparison.Ordinal)
            || Uri.TryCreate(attribute.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https",
        ("a", "rel") => attribute.Value == "noopener",
        (_, "class") => Classes.Contains(attribute.Value),
        ("h2" or "h3" or "h4", "id") or ("section", "aria-labelledby") => attribute.Value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'),
        ("figure", "aria-hidden") => attribute.Value == "true",
        ("div", "role" or "tabindex") => attribute.Value is "region" or "0",
        ("div", "aria-label") or ("ol", "start") => attribute.Value.Length > 0,
        ("th", "scope") => attribute.Value is "col" or "row",
        ("time", "datetime") => attribute.Value == "2021-05-12" || attribute.Value == "2021-05-03",
        ("blockquote", "cite") => Uri.TryCreate(attribute.Value, UriKind.Absolute, out var source) && source.Scheme is "http" or "https",
        _ => false,
    };

    // Broken characters are replaced one by one in what was written, so only they may differ from the source.
    private static string Visible(string source, string written) =>
        string.Concat(source.Zip(written, (was, now) => was == now || now is '\uFFFD' or ' ' ? now : was));

    private static IEnumerable<CopyPiece.Prose> Prose(CopyText copy) => All(copy).OfType<CopyPiece.Prose>();

    private static IEnumerable<CopyPiece> All(CopyText copy) => Flat(copy.Pieces(_ => true, Address, _ => true));

    private static IEnumerable<CopyPiece> Flat(IEnumerable<CopyPiece> pieces) =>
        pieces.SelectMany(piece => piece is CopyPiece.Entry entry ? Flat(entry.Pieces).Prepend(entry) : [piece]);

    private static IEnumerable<int> Levels(IEnumerable<CopyPiece> pieces) => Flat(pieces).SelectMany(piece => piece switch
    {
        CopyPiece.Prose prose => Body(prose.Html).QuerySelectorAll("h2, h3, h4").Select(heading => heading.LocalName[1] - '0'),
        CopyPiece.Entry { Headline.Length: > 0 } => [2],
        _ => Enumerable.Empty<int>(),
    });

    private static string Html(CopyText copy) => string.Concat(Prose(copy).Select(prose => prose.Html));

    private static IEnumerable<IElement> Elements(CopyText copy) => Prose(copy).SelectMany(prose => Body(prose.Html).QuerySelectorAll("*"));

    private static string TextOf(IReadOnlyList<CopyPiece> pieces) =>
        string.Concat(Flat(pieces).OfType<CopyPiece.Prose>().SelectMany(prose => Body(prose.Html).TextContent).Where(c => !char.IsWhiteSpace(c)));

    private static IElement Body(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;

    private static int Count(string text, string part) => text.Split(part).Length;

    private static string Address(int id) => $"/story/{id}?a=1&b=\"2\"";
}
