using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Hostile_copy_stays_readable
{
    public static TheoryData<string, string, string> Patterns => new()
    {
        { "", ">", "a" }, { "", "> ", "a" }, { "", "- ", "a" }, { "", "1. ", "a" }, { "", "> - ", "a" }, { "", "*", "a" }, { "", "_a", "" },
        { "", "*a ", "" }, { "", "*a **b ", "" }, { "", "a**b", "" }, { "", "**x** ", "" }, { "", "*_", "x" }, { "", "[", "" }, { "", "[a", "" }, { "", "![", "" },
        { "", "[a](", "" }, { "", "[a](<b", "" }, { "", "[a](b \"", "" }, { "", "[a][b]", "" }, { "", "a]", "" }, { "[a](", "(", "" }, { "", "[a](story:1) ", "" },
        { "", "`a", "" }, { "", "<a", "" }, { "", "<http:", "" }, { "", "<!--", "" }, { "", "&a", "" }, { "", "\\", "" }, { "", "[a]: u\n", "" }, { "", "a\n-\n", "" },
        { "", "```\n", "" }, { "#", " #", "" }, { "a", " ", "b" }, { "", "\n", "" }, { "", "READ MORE: a\n", "" }, { "", "READ MORE:\n- a\n", "" },
        { "", "> a\n\nREAD MORE: b\n\n", "" }, { "READ MORE: ", "[", "" }, { "READ MORE: ", "*", "a" }, { "", "**READ MORE: ", "" }, { "", "\0\uD800", "" },
        { "", ":::\n", "" }, { "", "::: a\n", "" }, { "", ":", "" }, { "", "::: facts x\n", "" }, { "", "::: quote\na\n:::\n", "" }, { "a\n\n", "::: quote\na\n:::\n", "" },
        { "", "::: entry 2021-11-19 14:05\n", "" }, { "", "::: entry 2021-11-19 14:05\n:::\n", "" }, { "", "::: entry 2021-11-19 14:05\n::: facts a\n", "" }, { "", "::: facts a\nb\n:::\n", "" },
        { "", "> ::: facts a\n", "" }, { "", "- ::: a\n", "" }, { "::: said\n", "— a\n", ":::" }, { "::: quote\n", "-- ", "" }, { "::: q&a\n", "**a?** ", "" }, { "::: list\n", "1. **a** b\n", ":::" },
        { "::: said\na\n— b", ", ", "\n:::" }, { "::: timeline\n", "- **2021** a\n", ":::" }, { "", "|", "" }, { "", "a|", "" }, { "", "|a|\n|-|\n", "" }, { "|a|b|\n|-|-|\n", "|*a|[b\n", "" },
        { "|a|\n|-|\n", "|", "" }, { "", "![a](picture:1)\n\n", "" }, { "", "![a](picture:1) ", "" }, { "::: ", "a ", "" }, { "::: entry ", "2021-11-19 14:05 ", "" },
        { "READ MORE:\n", "- ", "a" }, { "", "READ MORE:", "" }, { "", "“", "" }, { "", "—", "" },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_repeated_is_read_to_its_end_on_a_small_stack(string before, string pattern, string after)
    {
        foreach (var length in new[] { 10_000, 100_000 })
        {
            var markdown = before + string.Concat(Enumerable.Repeat(pattern, length / pattern.Length)) + after;

            OnASmallStack(() => Print(CopyText.Read(markdown, ReadMoreLabels.Default)));
        }
    }

    [Fact]
    public void Brackets_nested_and_closed_are_harmless()
    {
        foreach (var depth in new[] { 50, 99, 100, 101, 1_000, 5_000, 50_000 })
        {
            OnASmallStack(() => Print(Read(new string('[', depth) + "a" + new string(']', depth))));
            OnASmallStack(() => Print(Read(string.Concat(Enumerable.Repeat("*a **b ", depth)) + string.Concat(Enumerable.Repeat("b** a*", depth)))));
            OnASmallStack(() => Print(Read(string.Concat(Enumerable.Repeat("![", depth)) + "a" + string.Concat(Enumerable.Repeat("](b)", depth)))));
        }
    }

    [Fact]
    public void Copy_too_deep_is_shown_as_it_is_written_and_says_so()
    {
        var copy = Read("First <b>.\n\n" + new string('>', 500) + " deep");

        Assert.Contains("too deep", Assert.Single(copy.Problems), StringComparison.Ordinal);
        Assert.StartsWith("<p>First &lt;b&gt;.</p>\n<p>&gt;&gt;&gt;", Html(copy), StringComparison.Ordinal);
        Assert.StartsWith("First <b>.\n\n>>>", copy.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public void Copy_too_long_is_shown_in_plain_paragraphs_and_says_so()
    {
        var copy = Read(string.Concat(Enumerable.Repeat("A *paragraph*.\r\n\r\n", 30_000)));

        Assert.Contains("500,000", Assert.Single(copy.Problems), StringComparison.Ordinal);
        Assert.StartsWith("<p>A *paragraph*.</p>\n<p>A *paragraph*.</p>", Html(copy), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_far_wider_than_its_rows_is_shown_in_plain_paragraphs_and_says_so()
    {
        var copy = Read("|" + string.Concat(Enumerable.Repeat("a|", 20_000)) + "\n|" + string.Concat(Enumerable.Repeat("-|", 20_000)) + "\n" + string.Concat(Enumerable.Repeat("|a|\n", 100_000)));

        Assert.Contains("too large a table", Assert.Single(copy.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_and_honest_copy_is_no_problem()
    {
        var copy = Read(string.Concat(Enumerable.Repeat("A [link](story:1) and *some* words in a paragraph of a hundred characters, or about that many.\n\n", 4_500)));

        Assert.Empty(copy.Problems);
        Assert.Equal(4_500, copy.InlineLinks.Count);
    }

    [Fact]
    public void One_copy_may_be_printed_by_many_at_once()
    {
        var copy = Read("> One.\n\nREAD MORE: story:1\n\n> Two [x](story:1).\n\nREAD MORE: story:2\n\nThree.");
        var shown = Print(copy, isShown: true);
        var hidden = Print(copy, isShown: false);

        Parallel.For(0, 1_000, i => Assert.Equal(i % 2 == 0 ? shown : hidden, Print(copy, isShown: i % 2 == 0)));
    }

    [Fact]
    public void Elements_opened_in_each_other_are_harmless()
    {
        foreach (var depth in new[] { 40, 99, 300, 2_000 })
        {
            OnASmallStack(() => Print(Read(string.Concat(Enumerable.Range(0, depth).Select(i => string.Concat(Enumerable.Repeat("> ", i)) + "::: facts a\n")))));
            OnASmallStack(() => Print(Read(string.Concat(Enumerable.Range(0, depth).Select(i => new string(' ', 2 * i) + "- ::: entry 2021-11-19 14:05\n")))));
        }
    }

    private static CopyText Read(string markdown) => CopyText.Read(markdown, ReadMoreLabels.Default);

    private static string Html(CopyText copy) => string.Concat(copy.Pieces(_ => true, _ => null).OfType<CopyPiece.Prose>().Select(prose => prose.Html));

    private static string Print(CopyText copy, bool isShown) =>
        string.Join('\n', copy.Pieces(_ => isShown, _ => isShown ? "/x" : null).Select(piece => piece is CopyPiece.Prose prose ? prose.Html : "[]"));

    private static void Print(CopyText copy)
    {
        copy.Pieces(_ => true, _ => "/x", _ => true);
        copy.Pieces(_ => false, _ => null);
        copy.Excerpt(200);
    }

    private static void OnASmallStack(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();

        Assert.Null(thrown);
    }
}
