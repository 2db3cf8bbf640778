using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Copy_tells_where_its_blocks_stand
{
    [Fact]
    public void Lines_are_numbered_over_the_whole_copy()
    {
        var copy = Read("READ MORE: story:5\n\nProse.\n\nRELATED:\n- story:6\n- story:7\n\nWATCH: story:8\n");

        Assert.Equal([0, 1, 2, 3], copy.Blocks.SelectMany(block => block.Lines).Select(line => line.Position));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void A_block_knows_its_line(string lineEnd)
    {
        var copy = Read(string.Join(lineEnd, "One.", "READ MORE: story:5", "", "> Two.", "> WATCH: story:6"));

        Assert.Equal([2, 5], copy.Blocks.Select(block => block.SourceLine));
    }

    [Theory]
    [InlineData("READ MORE: story:5", "story:5")]
    [InlineData("One.\r\n  READ MORE:\t A headline  \r\nTwo.", "A headline")]
    [InlineData("**READ MORE:** A *headline*", "A *headline*")]
    [InlineData("**READ MORE: A headline**", "A headline")]
    [InlineData("> > READ MORE: [x](story:1)", "[x](story:1)")]
    [InlineData("RELATED:\n- story:1", "story:1")]
    [InlineData("RELATED:\r\n\r\n  12)   A headline  \r\n", "A headline")]
    [InlineData("> RELATED:\n> * [x](https://example.com \"t\")\n>\n> on", "[x](https://example.com \"t\")")]
    [InlineData("RELATED:\n- A headline\n  in two", "A headline\n  in two")]
    [InlineData("RELATED:\n- story:1\n  - story:2\n", "story:1\n  - story:2")]
    [InlineData("Zero\0 and half \uD800\nREAD MORE: story:1", "story:1")]
    public void A_line_knows_what_is_written_and_where(string markdown, string written)
    {
        var line = Assert.Single(Assert.Single(Read(markdown).Blocks).Lines);

        Assert.Equal(written, line.Written);
        Assert.Equal(written, markdown[line.SourceStart..line.SourceEnd]);
    }

    [Theory]
    [InlineData("READ MORE:", "READ MORE: story:9")]
    [InlineData("READ MORE:\n\nOn.", "READ MORE: story:9\n\nOn.")]
    [InlineData("**READ MORE:**", "**READ MORE:** story:9")]
    [InlineData("RELATED:\n-", "RELATED:\n- story:9")]
    [InlineData("> RELATED:\n> 10.\n", "> RELATED:\n> 10. story:9\n")]
    public void An_empty_line_knows_where_something_is_missing(string markdown, string mended)
    {
        var line = Assert.Single(Assert.Single(Read(markdown).Blocks).Lines);

        Assert.Equal("", line.Written);
        Assert.Equal(mended, markdown[..line.SourceStart] + " story:9" + markdown[line.SourceEnd..]);
    }

    [Fact]
    public void A_pending_line_can_be_replaced_in_place()
    {
        const string Markdown = "One.\n\nREAD MORE: The plot thickens\n\nTwo.";
        var line = Read(Markdown).Blocks[0].Lines[0];

        Assert.Equal("One.\n\nREAD MORE: story:7\n\nTwo.", Markdown[..line.SourceStart] + "story:7" + Markdown[line.SourceEnd..]);
    }

    [Fact]
    public void Links_inside_sentences_are_listed_in_order()
    {
        var copy = Read("[One *day*](story:1) and [no](story:0) and ![picture](story:3)\n\nREAD MORE: [x](story:4)\n\n> - [two](story:2)");

        Assert.Equal([new StoryLink(1, "One day"), new StoryLink(2, "two")], copy.InlineLinks);
    }

    private static CopyText Read(string markdown) => CopyText.Read(markdown, ReadMoreLabels.Default);
}
