using System.Net;

namespace LondonDefender.Tests.Archive;

public sealed class SearchTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("running", "runner")]
    [InlineData("run", "runner")]
    [InlineData("RUNS", "runner")]
    [InlineData("cafe", "café")]
    [InlineData("café", "café")]
    [InlineData("Zoë", "zoe")]
    [InlineData("zoe", "zoe")]
    [InlineData("\"twice before breakfast\"", "runner")]
    [InlineData("\"breakfast before twice\"", null)]
    [InlineData("breakfast -twice", "café")]
    [InlineData("runner or harpsichord", "runner")]
    [InlineData("the", null)]
    [InlineData("hiddenwords", null)]
    public async Task Words_find_the_story_however_they_are_bent_and_accented(string q, string? found)
    {
        await CastAsync();

        var hits = await HitsAsync($"/search?q={Uri.EscapeDataString(q)}");

        if (found is null)
            Assert.Empty(hits);
        else
            Assert.Contains(found, Assert.Single(hits), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Section_and_days_narrow_the_search()
    {
        await CastAsync();
        var now = newsroom.Clock.GetUtcNow();
        await newsroom.PublishAsync(Edition.Told("Marmalade in the morning", "M.", Edition.World), DateTimeOffset.Parse("2025-06-30T22:59Z", null));
        await newsroom.PublishAsync(Edition.Told("Marmalade after midnight", "M.", Edition.Britain), DateTimeOffset.Parse("2025-06-30T23:30Z", null));

        Assert.Equal(2, (await HitsAsync("/search?q=marmalade")).Count);
        Assert.Equal(["Marmalade after midnight"], await HitsAsync("/search?q=marmalade&section=britain"));
        Assert.Equal(["Marmalade after midnight"], await HitsAsync("/search?q=marmalade&from=2025-07-01"));
        Assert.Equal(["Marmalade in the morning"], await HitsAsync("/search?q=marmalade&to=2025-06-30"));
        Assert.Empty(await HitsAsync("/search?q=marmalade&from=2025-07-02"));
        Assert.Empty(await HitsAsync("/search?q=marmalade&section=no-such-section"));
        Assert.Equal(["Marmalade after midnight"], await HitsAsync("/search?section=britain&from=2025-07-01&to=2025-07-01"));
    }

    [Fact]
    public async Task Only_what_readers_may_see_is_found()
    {
        await newsroom.Desk.BeginAsync(null, Edition.Told("Wolverine, a draft", "W."));
        await newsroom.PublishAsync(Edition.Told("Wolverine to come", "W."), newsroom.Clock.GetUtcNow().AddYears(1));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Wolverine withdrawn", "W."));
        await newsroom.Desk.WithdrawAsync(withdrawn);
        var live = await newsroom.PublishAsync(Edition.Told("Wolverine at large", "W."));
        await newsroom.RewriteAsync(live, text => text with { Copy = "W. And a narwhal not yet published." });

        Assert.Equal(["Wolverine at large"], await HitsAsync("/search?q=wolverine"));
        Assert.Empty(await HitsAsync("/search?q=narwhal"));

        await newsroom.RepublishAsync(live, text => text with { Headline = "Badger after all", Copy = "B." });
        Assert.Empty(await HitsAsync("/search?q=wolverine"));
        Assert.Equal(["Badger after all"], await HitsAsync("/search?q=badger"));
    }

    [Fact]
    public async Task A_block_is_not_the_storys_own_text()
    {
        await newsroom.PublishAsync(Edition.Told("Plain story of a pond", "One.\n\nREAD MORE: Hippopotamus in the bathtub\n\nTwo."));

        Assert.Empty(await HitsAsync("/search?q=hippopotamus"));
    }

    [Fact]
    public async Task Matches_are_marked_and_what_looks_like_html_in_the_copy_stays_text()
    {
        await newsroom.PublishAsync(Edition.Told("Platypus & <b>friends</b>", "A <script>alert(1)</script> platypus \uE000forged\uE001 mark."));

        var page = await newsroom.ReadAsync("/search?q=platypus");

        Assert.Equal("Platypus & <b>friends</b>", page.QuerySelector(".hits h3 a")!.TextContent.Trim());
        Assert.All(page.QuerySelectorAll(".hits mark"), mark => Assert.Equal("platypus", mark.TextContent, ignoreCase: true));
        Assert.Equal(2, page.QuerySelectorAll(".hits mark").Length);
        Assert.Contains("alert(1)", page.QuerySelector(".hits .card-standfirst")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script, main b"));
    }

    [Fact]
    public async Task A_match_in_the_headline_comes_before_one_in_the_copy()
    {
        await newsroom.PublishAsync(Edition.Told("Okapi born in the night", "It stands."));
        await newsroom.PublishAsync(Edition.Told("News of the zoo in brief", "Among much else, an okapi."));

        Assert.Equal(["Okapi born in the night", "News of the zoo in brief"], await HitsAsync("/search?q=okapi"));
    }

    [Fact]
    public async Task Many_results_run_over_pages_without_loss()
    {
        for (var i = 0; i < 23; i++)
            await newsroom.PublishAsync(Edition.Told($"Pangolin number {i}", "P."));

        var first = await newsroom.ReadAsync("/search?q=pangolin");
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;

        Assert.Equal(23, (await HitsAsync("/search?q=pangolin")).Concat(await HitsAsync(next)).Distinct().Count());
        Assert.Null((await newsroom.ReadAsync(next)).QuerySelector("a[rel=next]"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/search?q=pangolin&page=400"));
    }

    [Fact]
    public async Task The_search_is_not_for_search_engines_and_repeats_the_question()
    {
        var page = await newsroom.ReadAsync("/search?q=%22%3E%3Cscript%3E&section=world");

        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal("\"><script>", page.QuerySelector("#search-q")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("#search-section option[value=world]")!.HasAttribute("selected"));
    }

    [Theory]
    [InlineData("q=%00")]
    [InlineData("q=a%00b")]
    [InlineData("section=%00")]
    [InlineData("q=%ED%A0%80")]
    [InlineData("q=%F0%9F%98%80%20%F0%9F%A7%A8")]
    [InlineData("q=%FF%FE%80")]
    [InlineData("q=%")]
    [InlineData("q=%E0%A4%A")]
    [InlineData("q=\"")]
    [InlineData("q=\"\"\"")]
    [InlineData("q='")]
    [InlineData("q=%26%20%7C%20!%20(%20)%20%3C-%3E%20:*")]
    [InlineData("q=-")]
    [InlineData("q=- - -")]
    [InlineData("q=-word")]
    [InlineData("q=or or or")]
    [InlineData("q=%5C%5C%5C")]
    [InlineData("q=%27%3B%20DROP%20TABLE%20stories%3B--")]
    [InlineData("q=%25%5F")]
    [InlineData("q=%EE%80%80x%EE%80%81")]
    [InlineData("q=%C2%A0%E2%80%8B%C2%AD")]
    [InlineData("q=a&q=b&q=c")]
    [InlineData("q[]=a")]
    [InlineData("q=run&page=-1")]
    [InlineData("q=run&page=0")]
    [InlineData("q=run&page=1000000000")]
    [InlineData("q=run&page=99999999999999999999")]
    [InlineData("q=run&page=abc")]
    [InlineData("q=run&page=1e3")]
    [InlineData("q=run&page=%2B1")]
    [InlineData("q=run&page=%D9%A1")]
    [InlineData("q=run&from=yesterday&to=0001-01-01")]
    [InlineData("q=run&from=9999-12-31&to=9999-12-31")]
    [InlineData("q=run&from=2026-02-30")]
    [InlineData("q=run&from=2026-02-02&to=2026-01-01")]
    [InlineData("q=run&section=../../etc")]
    public async Task Odd_questions_are_answered_and_never_an_error(string query)
    {
        await CastAsync();

        Assert.InRange((int)await newsroom.StatusOf("/search?" + query), 200, 404);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public async Task A_question_as_long_as_a_book_is_answered(int length)
    {
        var status = (int)await newsroom.StatusOf("/search?q=" + new string('a', length));

        Assert.InRange(status, 200, 499);
    }

    [Fact]
    public async Task A_long_question_gets_a_sentence()
    {
        var page = await newsroom.ReadAsync("/search?q=" + string.Join("+", Enumerable.Repeat("😀word", 100)));

        Assert.Contains("300", page.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-02-30", "not understood")]
    [InlineData("from=2026-02-02&to=2026-01-01", "after the last")]
    public async Task A_date_that_cannot_be_is_told(string query, string sentence)
    {
        Assert.Contains(sentence, (await newsroom.ReadAsync("/search?q=run&" + query)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    private async Task CastAsync()
    {
        if ((await HitsAsync("/search?q=run")).Count > 0)
            return;

        await newsroom.PublishAsync(Edition.Told("The runner of Ansty", "He runs twice before breakfast."));
        await newsroom.PublishAsync(Edition.Told("Café reopens", "Breakfast from eight."));
        await newsroom.PublishAsync(Edition.Told("Zoe Marsh wins", "Miss Marsh is pleased."));
        await newsroom.Desk.BeginAsync(null, Edition.Told("Hiddenwords", "Hiddenwords."));
    }

    private async Task<List<string>> HitsAsync(string address) =>
        [.. (await newsroom.ReadAsync(address)).QuerySelectorAll(".hits h3").Select(h => h.TextContent.Trim())];
}
