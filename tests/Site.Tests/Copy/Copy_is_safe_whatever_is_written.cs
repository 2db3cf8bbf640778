using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Copy_is_safe_whatever_is_written
{
    private static readonly string[] Tags =
        ["p", "h2", "h3", "h4", "pre", "code", "hr", "br", "blockquote", "ul", "ol", "li", "em", "strong", "a"];

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
        var all = string.Concat(copy.Pieces(_ => true, Address).Select(piece => piece.ToString())) + Html(copy) + copy.PlainText
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

        Assert.True(pieces.Count <= 1);
        Assert.DoesNotContain("continued", string.Concat(pieces), StringComparison.Ordinal);
        Assert.DoesNotContain("/story/", string.Concat(pieces), StringComparison.Ordinal);
    });

    [Fact]
    public void Showing_blocks_changes_no_word_of_the_prose() => ForAnyCopy(copy =>
        Assert.Equal(TextOf(copy.Pieces(_ => false, _ => null)), TextOf(copy.Pieces(_ => true, Address))));

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
        ("blockquote", "class") => attribute.Value == "continued",
        ("ol", "start") => true,
        _ => false,
    };

    // Broken characters are replaced one by one in what was written, so only they may differ from the source.
    private static string Visible(string source, string written) =>
        string.Concat(source.Zip(written, (was, now) => was == now || now is '\uFFFD' or ' ' ? now : was));

    private static IEnumerable<CopyPiece.Prose> Prose(CopyText copy) => copy.Pieces(_ => true, Address).OfType<CopyPiece.Prose>();

    private static string Html(CopyText copy) => string.Concat(Prose(copy).Select(prose => prose.Html));

    private static IEnumerable<IElement> Elements(CopyText copy) => Prose(copy).SelectMany(prose => Body(prose.Html).QuerySelectorAll("*"));

    private static string TextOf(IReadOnlyList<CopyPiece> pieces) =>
        string.Concat(pieces.OfType<CopyPiece.Prose>().SelectMany(prose => Body(prose.Html).TextContent).Where(c => !char.IsWhiteSpace(c)));

    private static IElement Body(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;

    private static int Count(string text, string part) => text.Split(part).Length;

    private static string Address(int id) => $"/story/{id}?a=1&b=\"2\"";
}
