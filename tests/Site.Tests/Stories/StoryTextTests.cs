using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Stories;
using LondonDefender.Tests.Copy;

namespace LondonDefender.Tests.Stories;

public sealed class StoryTextTests
{
    [Fact]
    public void What_was_cleaned_once_is_clean()
    {
        Prop.ForAll(CopyArbitrary.Markdown, text =>
        {
            var once = Filled(text).Cleaned();

            return once.SaysTheSameAs(once.Cleaned());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_cleaned_text_holds_nothing_that_no_database_or_page_can()
    {
        Prop.ForAll(CopyArbitrary.Markdown, text =>
        {
            var clean = Filled(text).Cleaned();

            return !(clean.Headline + clean.Standfirst + clean.Kicker).Any(char.IsControl)
                && !clean.Copy.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))
                && clean.Copy.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) == clean.Copy.Length
                && System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(clean.Copy)) == clean.Copy;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Two_texts_are_the_same_when_they_say_the_same()
    {
        var text = Edition.BridgeOpens with { TopicIds = [1, 2], RelatedIds = [3] };

        Assert.True(text.SaysTheSameAs(text with { TopicIds = [1, 2] }));
        Assert.False(text.SaysTheSameAs(text with { TopicIds = [2, 1] }));
        Assert.False(text.SaysTheSameAs(text with { RelatedIds = [] }));
        Assert.False(text.SaysTheSameAs(text with { Copy = text.Copy + " " }));
    }

    private static StoryText Filled(string text) => new()
    {
        Headline = text,
        Standfirst = text,
        Kicker = text,
        Slug = text,
        Dateline = text,
        CreditLine = text,
        Copy = text,
        TopicIds = [text.Length, text.Length, 1],
        WriterIds = [2, 2],
        RelatedIds = [1, text.Length, 1],
    };
}
