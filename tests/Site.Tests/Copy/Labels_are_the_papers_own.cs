using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Labels_are_the_papers_own
{
    [Fact]
    public void A_label_is_found_in_capitals_and_shown_as_the_paper_writes_it()
    {
        var labels = new ReadMoreLabels(["Lire aussi", "À voir"]);
        var copy = CopyText.Read("LIRE AUSSI: story:1\n\nÀ VOIR: story:2\n\nLire aussi: story:3\n\nREAD MORE: story:4", labels);

        Assert.Equal(["Lire aussi", "À voir"], copy.Blocks.Select(block => block.Label));
    }

    [Fact]
    public void The_longer_of_two_labels_wins_when_it_is_written()
    {
        var copy = CopyText.Read("READ: story:1\n\nREAD MORE: story:2\n", new ReadMoreLabels(["READ", "READ MORE"]));

        Assert.Equal(["READ", "READ MORE"], copy.Blocks.Select(block => block.Label));
    }

    [Fact]
    public void A_label_may_hold_any_sign()
    {
        var copy = CopyText.Read("'TIS (NEW)+: story:1\n\n’TIS (NEW)+: story:2", new ReadMoreLabels([" ’Tis  (new)+ : "]));

        Assert.Equal(["’Tis  (new)+", "’Tis  (new)+"], copy.Blocks.Select(block => block.Label));
    }

    [Fact]
    public void A_paper_may_do_without()
    {
        var copy = CopyText.Read("READ MORE: story:1\n\n: story:2", new ReadMoreLabels(["", " : "]));

        Assert.Empty(copy.Blocks);
    }
}
