using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using LondonDefender.Stories;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Stories;

public class LiveStoryTests : BunitContext
{
    private static readonly StoryText Flood = new()
    {
        Headline = "Flood, live",
        Copy = """
            Before.

            ::: entry 2026-11-18 16:05 Pumps start
            Two of them.

            READ MORE: story:1042
            :::

            ::: key entry 2026-11-18 17:40 The crest has passed
            > It passed.
            >
            > READ MORE: story:9
            >
            > It did.
            :::

            ::: entry 2026-11-18 17:42
            ## Quiet
            Rain has stopped.
            :::
            """,
    };

    [Fact]
    public void Its_entries_stand_newest_first_with_the_moment_by_the_papers_clock()
    {
        var entries = Article(Flood).QuerySelectorAll(".story-body > section.entry");

        Assert.Equal(["entry-20261118-1742", "entry-20261118-1740", "entry-20261118-1605"], entries.Select(entry => entry.Id));
        Assert.Equal("17:40 GMT", entries[1].QuerySelector("time")!.TextContent);
        Assert.Equal("2026-11-18T17:40:00+00:00", entries[1].QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("#entry-20261118-1740", entries[1].QuerySelector(".entry-moment a")!.GetAttribute("href"));
        Assert.Contains("18 November 2026", entries[1].QuerySelector(".entry-moment")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The crest has passed", entries[1].QuerySelector("h2")!.TextContent);
    }

    [Fact]
    public void A_block_in_an_entry_shows_while_its_story_is_live_and_leaves_no_trace_while_it_is_not()
    {
        var article = Article(Flood, SamplePaper.Brief(1042, "Harbour opens again"));

        Assert.Equal("Harbour opens again", article.QuerySelector("#entry-20261118-1605 aside.read-more a")!.TextContent);
        Assert.Equal("It passed.It did.", string.Concat(article.QuerySelectorAll("#entry-20261118-1740 blockquote p").Select(p => p.TextContent)));
        Assert.Single(article.QuerySelectorAll("#entry-20261118-1740 blockquote"));
    }

    [Fact]
    public void Key_events_are_listed_above_them_and_marked()
    {
        var article = Article(Flood);

        var link = Assert.Single(article.QuerySelectorAll("nav.key-events a"));
        Assert.Equal("#entry-20261118-1740", link.GetAttribute("href"));
        Assert.Equal("17:40 The crest has passed", link.TextContent);
        Assert.Contains("Key event", Assert.Single(article.QuerySelectorAll(".entry-key")).TextContent, StringComparison.Ordinal);
        Assert.Equal("entry-20261118-1742", article.QuerySelector("nav.key-events")!.NextElementSibling!.Id);
    }

    [Fact]
    public void Without_key_entries_there_is_no_list_of_them() =>
        Assert.Empty(Article(Flood with { Copy = Flood.Copy.Replace("key entry", "entry", StringComparison.Ordinal) }).QuerySelectorAll(".key-events"));

    [Theory]
    [InlineData("2026-07-01 12:00", "12:00 BST", "2026-07-01T12:00:00+01:00")]
    [InlineData("2026-03-29 01:30", "02:30 BST", "2026-03-29T02:30:00+01:00")]
    [InlineData("2026-10-25 01:30", "01:30 BST", "2026-10-25T01:30:00+01:00")]
    public void Its_moments_are_right_on_both_nights_of_the_clock_change(string written, string shown, string machine)
    {
        var time = Article(new StoryText { Copy = $"::: entry {written} Now\n:::" }).QuerySelector(".entry time")!;

        Assert.Equal((shown, machine), (time.TextContent, time.GetAttribute("datetime")));
    }

    [Theory]
    [InlineData("Prose alone.", 1)]
    [InlineData("One.\n\n::: facts Box\nTwo.\n:::", 2)]
    [InlineData("::: entry 2026-11-18 17:42\n:::", 2)]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", 2)]
    public void Only_a_page_with_elements_asks_for_their_styles(string copy, int sheets)
    {
        var page = Render<StoryPage>(parameters => parameters
            .Add(story => story.Frame, SamplePaper.Frame)
            .Add(story => story.View, SamplePaper.View(new StoryText { Headline = "H", Copy = copy })));

        Assert.Equal(sheets, new HtmlParser().ParseDocument(page.Markup).QuerySelectorAll("link[rel=stylesheet]").Length);
    }

    private IDocument Article(StoryText text, params IReadOnlyList<StoryBrief> live) => new HtmlParser().ParseDocument(Render<StoryArticle>(parameters => parameters
        .Add(article => article.View, SamplePaper.View(text, live))
        .Add(article => article.Clock, SamplePaper.Frame.Clock)).Markup);
}
