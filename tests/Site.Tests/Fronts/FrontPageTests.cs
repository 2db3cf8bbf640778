using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using LondonDefender.Fronts;
using LondonDefender.Stories;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Fronts;

public class FrontPageTests : BunitContext
{
    [Fact]
    public void The_papers_name_is_the_one_heading_above_all()
    {
        var page = Page([new FilledContainer("Top stories", ContainerLayout.Lead, null, SamplePaper.Briefs(4))]);

        Assert.Equal("London Defender", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.Equal("London Defender | The Daily Mirror of the Great Britain", page.Title);
        Assert.Equal("Wednesday 18 November 2026", page.QuerySelector(".masthead time")!.TextContent);
    }

    [Theory]
    [InlineData(ContainerLayout.Lead)]
    [InlineData(ContainerLayout.Grid)]
    [InlineData(ContainerLayout.List)]
    [InlineData(ContainerLayout.Opinion)]
    [InlineData(ContainerLayout.Picture)]
    public void Every_layout_shows_each_story_once_and_in_order_however_many_there_are(ContainerLayout layout)
    {
        for (var count = 1; count <= Container.LargestSize; count++)
        {
            var page = Page([new FilledContainer("Top stories", layout, null, SamplePaper.Briefs(count))]);

            Assert.Equal(SamplePaper.Briefs(count).Select(story => story.Headline), page.QuerySelectorAll("h3 a").Select(link => link.TextContent));
        }
    }

    [Fact]
    public void One_story_leads()
    {
        var page = Page([new FilledContainer("Top stories", ContainerLayout.Lead, null, SamplePaper.Briefs(5))]);

        Assert.Equal("Headline 1", Assert.Single(page.QuerySelectorAll(".card-lead h3")).TextContent);
    }

    [Fact]
    public void A_containers_heading_leads_to_its_section()
    {
        var page = Page([
            new FilledContainer("Top stories", ContainerLayout.Lead, null, SamplePaper.Briefs(1)),
            new FilledContainer("From the world", ContainerLayout.Grid, "/world", SamplePaper.Briefs(2)),
        ]);

        var heading = page.QuerySelectorAll("main h2").Single(h2 => h2.TextContent == "From the world");
        Assert.Equal("/world", heading.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_container_without_stories_leaves_no_heading_behind()
    {
        var page = Page([
            new FilledContainer("Empty", ContainerLayout.Lead, null, []),
            new FilledContainer("Full", ContainerLayout.List, null, SamplePaper.Briefs(2)),
        ]);

        Assert.DoesNotContain(page.QuerySelectorAll("h2"), h2 => h2.TextContent == "Empty");
        Assert.Equal("Full", page.QuerySelector("main h2.slice-title")!.TextContent);
    }

    [Fact]
    public void A_story_without_a_kicker_is_labelled_with_its_section_where_sections_mix()
    {
        StoryBrief[] stories = [SamplePaper.Brief(1, "One", kicker: "Harbours"), SamplePaper.Brief(2, "Two")];

        var page = Page([new FilledContainer("Today", ContainerLayout.Grid, null, stories), new FilledContainer("World", ContainerLayout.Grid, "/world", stories)]);

        Assert.Equal(["Harbours", "World", "Harbours"], page.QuerySelectorAll(".kicker").Select(kicker => kicker.TextContent));
    }

    [Fact]
    public void A_paper_with_no_story_yet_still_opens()
    {
        var page = Page([]);

        Assert.Contains("first edition", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private IDocument Page(IReadOnlyList<FilledContainer> containers) =>
        new HtmlParser().ParseDocument(Render<FrontPage>(parameters => parameters
            .Add(page => page.Frame, SamplePaper.Frame)
            .Add(page => page.Containers, containers)).Markup);
}
