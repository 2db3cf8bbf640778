using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public sealed class Paragraphs_changed_can_be_put_back
{
    [Fact]
    public void Each_change_is_told_with_what_it_stands_behind_and_can_be_undone_alone()
    {
        const string before = "One.\n\nTwo.\n\nThree.\n\nFour.";
        const string after = "One.\n\nTwo, changed.\n\nPut in.\n\nThree.";

        var changes = ParagraphMerge.Changes(before, after);

        Assert.Equal([("Two.", "Two, changed.", "One."), ("", "Put in.", "Two, changed."), ("Four.", "", "Three.")], changes.Select(change => (change.Was, change.Is, change.Behind)));
        Assert.Equal("One.\n\nTwo.\n\nPut in.\n\nThree.", changes[0].Undo.AppliedTo(after));
        Assert.Equal("One.\n\nTwo, changed.\n\nThree.", changes[1].Undo.AppliedTo(after));
        Assert.Equal("One.\n\nTwo, changed.\n\nPut in.\n\nThree.\n\nFour.", changes[2].Undo.AppliedTo(after));
    }

    [Fact]
    public void Of_paragraphs_taken_out_together_one_can_be_put_back()
    {
        var changes = ParagraphMerge.Changes("One.\n\nTwo.\n\nThree.\n\nFour.", "One.\n\nFour.");

        Assert.Equal(["Two.", "Three."], changes.Select(change => change.Was));
        Assert.Equal("One.\n\nThree.\n\nFour.", changes[1].Undo.AppliedTo("One.\n\nFour."));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(77)]
    [InlineData(777)]
    public void Undoing_one_change_after_the_other_leads_back_to_the_earlier_text(int seed)
    {
        var chance = new Random(seed);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var (before, after) = (MadeUp(chance), MadeUp(chance));
            var text = after;

            for (var undone = 0; ParagraphMerge.Changes(before, text) is { Count: > 0 } left; undone++)
            {
                Assert.True(undone < 50, $"{before} → {after} is never undone.");
                text = left[chance.Next(left.Count)].Undo.AppliedTo(text);
            }

            Assert.Equal(Paragraphs(before), Paragraphs(text));
        }
    }

    private static string MadeUp(Random chance) =>
        string.Concat(Enumerable.Range(0, chance.Next(8)).Select(_ => $"{(char)('a' + chance.Next(5))}{(chance.Next(3) == 0 ? "\nsecond line" : "")}\n\n{(chance.Next(4) == 0 ? "\n" : "")}"));

    private static string[] Paragraphs(string text) => text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
