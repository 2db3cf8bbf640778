using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Plain_text_is_prose_alone
{
    [Fact]
    public void Words_are_counted_without_blocks_and_signs()
    {
        var copy = Read("## Nine words\n\nThe market – *opened* at 9.\n\nREAD MORE: A headline nobody counts\n\n- and [it’s](story:1) closed");

        Assert.Equal(10, copy.WordCount);
    }

    [Theory]
    [InlineData(100, "One two three. Four five.")]
    [InlineData(25, "One two three. Four five.")]
    [InlineData(24, "One two three. Four…")]
    [InlineData(20, "One two three. Four…")]
    [InlineData(19, "One two three…")]
    [InlineData(15, "One two three…")]
    [InlineData(8, "One two…")]
    [InlineData(3, "On…")]
    [InlineData(1, "…")]
    [InlineData(0, "")]
    [InlineData(-1, "")]
    public void An_excerpt_ends_with_a_word(int maxLength, string expected)
    {
        var copy = Read("One two three.\n\nREAD MORE: x\n\nFour\nfive.");

        Assert.Equal(expected, copy.Excerpt(maxLength));
    }

    [Fact]
    public void An_excerpt_never_parts_a_character() => Assert.Equal("A😀…", Read("A😀😀😀").Excerpt(5));

    [Fact]
    public void An_excerpt_is_of_the_prose_around_elements()
    {
        var copy = Read("::: key points\n- Point.\n:::\n\nThe first words.\n\n![A boat](picture:12 \"Caption\")\n\n::: facts Box\nA fact.\n:::\n\nThe last.");

        Assert.Equal("The first words. The last.", copy.Excerpt(100));
        Assert.Equal("Key points\n\nPoint.\n\nThe first words.\n\nBox\n\nA fact.\n\nThe last.", copy.PlainText);
    }

    [Fact]
    public void An_excerpt_of_entries_alone_is_of_them() =>
        Assert.Equal("Pumps start Two.", Read("::: entry 2021-11-19 14:05 Pumps start\nTwo.\n:::").Excerpt(100));

    [Fact]
    public void An_empty_copy_says_nothing()
    {
        var copy = Read(" \n\n");

        Assert.Equal("", copy.PlainText);
        Assert.Equal("", copy.Excerpt(100));
        Assert.Equal(0, copy.WordCount);
        Assert.Empty(copy.Pieces(_ => true, _ => null));
        Assert.Empty(copy.Problems);
    }

    private static CopyText Read(string markdown) => CopyText.Read(markdown, ReadMoreLabels.Default);
}
