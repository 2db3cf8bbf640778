using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using LondonDefender.Archive;
using LondonDefender.Sections;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Archive;

public class SearchPageTests : BunitContext
{
    private const char Start = SearchHit.MarkStart;
    private const char End = SearchHit.MarkEnd;

    [Fact]
    public void Matching_words_are_marked_and_everything_else_is_text()
    {
        var hit = new SearchHit(SamplePaper.Brief(1, "Plain"), $"The {Start}har<b>bour{End} & the sea", $"… <script>x</script> {Start}harbour{End} …");

        var page = Page(new SearchQuery { Words = "harbour" }, [hit]);

        var headline = page.QuerySelector(".hits h3")!;
        Assert.Equal("The har<b>bour & the sea", headline.TextContent);
        Assert.Equal("har<b>bour", headline.QuerySelector("mark")!.TextContent);
        Assert.Equal("… <script>x</script> harbour …", page.QuerySelector(".hits .card-standfirst")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("b, script"));
    }

    [Fact]
    public void Marks_that_do_not_pair_lose_no_words()
    {
        var hit = new SearchHit(SamplePaper.Brief(1, "Plain"), $"One{End} two {Start}three {Start}four{End} five{End} six", "");

        var page = Page(new SearchQuery { Words = "four" }, [hit]);

        Assert.Equal("One two three four five six", page.QuerySelector(".hits h3")!.TextContent);
    }

    [Fact]
    public void The_form_keeps_what_was_asked()
    {
        var page = Page(new SearchQuery { Words = "\"grain ships\"", Section = "sport", From = new DateOnly(2026, 11, 1) }, []);

        Assert.Equal("\"grain ships\"", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.Equal("sport", page.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.Equal("2026-11-01", page.QuerySelector("input[name=from]")!.GetAttribute("value"));
        Assert.Equal("", page.QuerySelector("input[name=to]")!.GetAttribute("value"));
        Assert.All(page.QuerySelectorAll("input, select"), field => Assert.NotNull(page.QuerySelector($"label[for={field.Id}]")));
    }

    [Fact]
    public void More_results_ask_the_same_question()
    {
        var hit = new SearchHit(SamplePaper.Brief(1, "Plain"), "Plain", "");

        var page = Page(new SearchQuery { Words = "fish & chips", Section = "world", To = new DateOnly(2026, 11, 18), Page = 2 }, [hit], hasMore: true);

        Assert.Equal("/search?q=fish%20%26%20chips&section=world&to=2026-11-18&page=3", page.QuerySelector(".page-turner [rel=next]")!.GetAttribute("href"));
        Assert.Equal("/search?q=fish%20%26%20chips&section=world&to=2026-11-18", page.QuerySelector(".page-turner [rel=prev]")!.GetAttribute("href"));
    }

    [Fact]
    public void Nothing_found_says_so_and_offers_a_wider_search()
    {
        var page = Page(new SearchQuery { Words = "unicorn", Section = "sport" }, []);

        Assert.Equal("Nothing found for “unicorn”", page.QuerySelector(".nothing-found h2")!.TextContent);
        Assert.Equal("/search?q=unicorn", page.QuerySelector(".nothing-found a")!.GetAttribute("href"));
    }

    [Fact]
    public void A_problem_is_said_aloud_in_place_of_results()
    {
        var page = Page(new SearchQuery { Words = "x" }, [], problem: "Put the earlier day first.");

        Assert.Equal("Put the earlier day first.", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Null(page.QuerySelector(".nothing-found"));
    }

    [Fact]
    public void Search_pages_are_kept_out_of_search_engines()
    {
        var page = Page(new SearchQuery(), []);

        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(page.QuerySelector("link[rel=canonical]"));
    }

    private IDocument Page(SearchQuery query, IReadOnlyList<SearchHit> hits, bool hasMore = false, string? problem = null) =>
        new HtmlParser().ParseDocument(Render<SearchPage>(parameters => parameters
            .Add(page => page.Frame, SamplePaper.Frame)
            .Add(page => page.Query, query)
            .Add(page => page.Sections, [SamplePaper.World, new Section { Name = "Sport", Slug = "sport" }])
            .Add(page => page.Hits, hits)
            .Add(page => page.HasMore, hasMore)
            .Add(page => page.Problem, problem)).Markup);
}
