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

    [Fact]
    public void A_slip_is_mended_aloud_and_can_be_insisted_on()
    {
        var page = Page(new SearchQuery { Words = "Huame", Section = "sport" }, new SearchResult { Hits = [Plain], Count = 25, HasMore = true, Corrected = "Haume" });

        Assert.Equal("Showing results for “Haume”. Search instead for “Huame”.", page.QuerySelector("main p.search-said")!.TextContent);
        Assert.Equal(["/search?q=Haume&section=sport", "/search?q=Huame&section=sport&exact=yes"], Links(page, "p.search-said"));
        Assert.Equal("/search?q=Haume&section=sport&page=2", page.QuerySelector(".page-turner [rel=next]")!.GetAttribute("href"));
        Assert.Equal("Huame", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    [Fact]
    public void A_better_word_is_only_offered_where_the_asked_one_is_found()
    {
        var page = Page(new SearchQuery { Words = "lamb" }, new SearchResult { Hits = [Plain], Count = 1, Suggested = "lamp" });

        Assert.Equal("Did you mean lamp?", page.QuerySelector("main p.search-said")!.TextContent);
        Assert.Equal("1 story", page.QuerySelector("h2.search-said")!.TextContent);
    }

    [Fact]
    public void Each_chosen_filter_is_named_and_can_be_taken_off_by_itself()
    {
        var query = new SearchQuery { Words = "fish", Section = "world", Topic = "floods", Writer = "maud-ferrier", From = new DateOnly(2026, 3, 1), NewestFirst = true, Page = 3 };

        var chosen = Page(query, new SearchResult { Hits = [Plain], Count = 60 }, topic: "Floods", writer: "Maud Ferrier").QuerySelector("[aria-label='Chosen filters']")!;

        Assert.Equal(["Section: World", "Topic: Floods", "Writer: Maud Ferrier", "From 1 March 2026", "Newest first"],
            chosen.QuerySelectorAll("li").Select(li => li.FirstChild!.TextContent.Trim()));
        Assert.Equal("/search?q=fish&section=world&writer=maud-ferrier&from=2026-03-01&order=newest", chosen.QuerySelectorAll("a")[1].GetAttribute("href"));
        Assert.Equal("/search?q=fish&section=world&topic=floods&writer=maud-ferrier&from=2026-03-01", chosen.QuerySelectorAll("a")[4].GetAttribute("href"));
    }

    [Fact]
    public void Filters_stand_open_once_one_is_chosen()
    {
        Assert.False(Page(new SearchQuery { Words = "fish" }, []).QuerySelector("details")!.HasAttribute("open"));
        Assert.True(Page(new SearchQuery { Words = "fish", Writer = "maud-ferrier" }, []).QuerySelector("details")!.HasAttribute("open"));
    }

    [Fact]
    public void What_many_results_stand_under_narrows_them_and_what_all_do_is_not_offered()
    {
        var places = new SearchPlaces([], [new("Floods", "floods", 12), new("Harbour", "harbour", 40)], [new("Maud Ferrier", "maud-ferrier", 40)]);

        var page = Page(new SearchQuery { Words = "fish", Section = "world" }, new SearchResult { Hits = [Plain], Count = 40, Places = places });

        Assert.Equal(["/search?q=fish&section=world&topic=floods"], Links(page, ".search-narrower"));
        Assert.Equal(["Floods", "Harbour"], page.QuerySelectorAll("#search-topics option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void Pages_of_that_name_stand_above_the_stories()
    {
        var places = new SearchPlaces([new(PlaceKind.Topic, "Floods", "floods"), new(PlaceKind.Writer, "Flo Marsh", "flo-marsh"), new(PlaceKind.Section, "Floods & tides", "tides")], [], []);

        var page = Page(new SearchQuery { Words = "flo" }, new SearchResult { Hits = [Plain], Count = 1, Places = places });

        Assert.Equal(["/topics/floods", "/by/flo-marsh", "/tides"], Links(page, "[aria-label='Pages by that name']"));
    }

    [Fact]
    public void A_count_that_was_not_finished_says_so()
    {
        var page = Page(new SearchQuery { Words = "fish", Page = 20 }, new SearchResult { Hits = [Plain], Count = 400, IsCut = true });

        Assert.Equal("More than 400 stories, the best first", page.QuerySelector("h2.search-said")!.TextContent);
        Assert.Contains("Narrow the search", page.QuerySelector(".search-hint")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_phrase_read_for_in_part_of_the_archive_says_in_which()
    {
        var page = Page(new SearchQuery { Words = "\"the said and\"" }, new SearchResult { Since = new DateOnly(2024, 5, 1) });

        Assert.Contains("since May 2024", page.QuerySelector(".search-hint")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grain ships", "/search?q=grain%20or%20ships")]
    [InlineData("grain", null)]
    [InlineData("\"grain ships\"", null)]
    [InlineData("grain or ships", null)]
    public void Where_not_all_the_words_are_found_together_one_may_do(string words, string? address)
    {
        var page = Page(new SearchQuery { Words = words }, []);

        Assert.Equal(address, page.QuerySelectorAll(".nothing-found a").FirstOrDefault(a => a.TextContent.Contains("any of these words", StringComparison.Ordinal))?.GetAttribute("href"));
    }

    private static SearchHit Plain => new(SamplePaper.Brief(1, "Plain"), "Plain", "");

    private static IEnumerable<string?> Links(IDocument page, string part) => page.QuerySelectorAll($"{part} a").Select(a => a.GetAttribute("href"));

    private IDocument Page(SearchQuery query, IReadOnlyList<SearchHit> hits, bool hasMore = false, string? problem = null) =>
        Page(query, new SearchResult { Hits = hits, Count = hits.Count, HasMore = hasMore }, problem);

    private IDocument Page(SearchQuery query, SearchResult result, string? problem = null, string topic = "", string writer = "") =>
        new HtmlParser().ParseDocument(Render<SearchPage>(parameters => parameters
            .Add(page => page.Frame, SamplePaper.Frame)
            .Add(page => page.Query, query)
            .Add(page => page.Filters, new SearchFilters([SamplePaper.World, new Section { Name = "Sport", Slug = "sport" }], topic, writer))
            .Add(page => page.Result, result)
            .Add(page => page.Problem, problem)).Markup);
}
