using System.Net;
using AngleSharp.Dom;

namespace LondonDefender.Tests.Archive;

public sealed class CalendarTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_month_is_a_table_in_which_days_with_stories_are_links_with_their_number()
    {
        await CastAsync();

        var page = await newsroom.ReadAsync("/archive/2025/10");
        var table = page.QuerySelector(".calendar table")!;

        Assert.Equal("October 2025", table.QuerySelector("caption")!.TextContent.Trim());
        Assert.Equal(7, table.QuerySelectorAll("thead th[scope=col]").Length);
        Assert.Equal(["/archive/2025/10/01", "/archive/2025/10/26"], table.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("26 October 2025, 2 stories", Said(table.QuerySelectorAll("a")[1]));
        Assert.Equal("1 October 2025, 1 story", Said(table.QuerySelectorAll("a")[0]));
        Assert.Equal(31, table.QuerySelectorAll("td > *").Length);
        // The first was a Wednesday.
        Assert.Equal(["", "", "1"], table.QuerySelectorAll("tbody tr:first-child td").Take(3).Select(td => td.TextContent.Trim().Split(' ', '\n')[0]));
        Assert.Equal(3, page.QuerySelectorAll(".rows .card-headline").Length);
    }

    [Fact]
    public async Task Months_lead_to_the_next_ones_that_have_stories()
    {
        await CastAsync();

        var turner = (await newsroom.ReadAsync("/archive/2025/10")).QuerySelectorAll(".calendar .page-turner a");

        Assert.Equal(["/archive/2024/02", "/archive/2025/12"], turner.Select(a => a.GetAttribute("href")));
        Assert.Equal(["February 2024", "December 2025"], turner.Select(a => a.TextContent));
    }

    [Fact]
    public async Task A_day_stands_in_the_calendar_of_its_month()
    {
        await CastAsync();

        var page = await newsroom.ReadAsync("/archive/2025/10/26");

        Assert.Equal("/archive/2025/10/26", page.QuerySelector(".calendar [aria-current=page]")!.GetAttribute("href"));
        Assert.Equal("/archive/2025/10", page.QuerySelector(".calendar caption a")!.GetAttribute("href"));
        Assert.Equal(["/archive/2025/10/01", "/archive/2025/12/24"], page.QuerySelectorAll("nav.page-turner a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task The_archive_lists_the_months_that_have_stories_the_newest_first()
    {
        await CastAsync();

        var page = await newsroom.ReadAsync("/archive");

        Assert.Equal(["/archive/2025/12", "/archive/2025/10", "/archive/2024/02"], page.QuerySelectorAll(".months a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["2025", "2024"], page.QuerySelectorAll(".slice-title").Select(h => h.TextContent));
        Assert.Equal("October 2025 3 stories", Said(page.QuerySelectorAll(".months li")[1]));
        Assert.Contains("/archive", page.QuerySelectorAll(".imprint a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task What_readers_may_not_see_is_not_counted()
    {
        await CastAsync();
        await newsroom.PublishAsync(Edition.Told("Tomorrow’s", "T."), newsroom.Clock.GetUtcNow().AddHours(3));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Withdrawn", "W."), DateTimeOffset.Parse("2025-10-02T09:00Z", null));
        await newsroom.Desk.WithdrawAsync(withdrawn);
        await newsroom.Desk.BeginAsync(null, Edition.Told("Draft", "D."));

        Assert.DoesNotContain("2026", (await newsroom.ReadAsync("/archive")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await newsroom.ReadAsync("/archive/2025/10")).QuerySelectorAll(".calendar td a").Length);
        Assert.Empty((await newsroom.ReadAsync("/archive/2026/03")).QuerySelectorAll(".calendar td a, .rows li"));
    }

    [Fact]
    public async Task A_month_without_stories_says_so_and_is_kept_out_of_search_engines()
    {
        await CastAsync();

        var page = await newsroom.ReadAsync("/archive/2025/11");

        Assert.Equal("Nothing was published in this month.", page.QuerySelector(".nothing-yet")!.TextContent);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Theory]
    [InlineData("/archive/2026/04")]
    [InlineData("/archive/2026/13")]
    [InlineData("/archive/2026/0")]
    [InlineData("/archive/0000/01")]
    [InlineData("/archive/9001/01")]
    [InlineData("/archive/2025/10?page=9")]
    [InlineData("/archive/2025/10?page=x")]
    [InlineData("/archive/2025/october")]
    [InlineData("/archive/99999999999/10")]
    public async Task A_month_that_is_none_is_not_found(string address)
    {
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(address));
    }

    [Fact]
    public async Task A_month_written_otherwise_leads_to_its_one_address()
    {
        var answer = await newsroom.Reader.GetAsync("/archive/2026/3");

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/archive/2026/03", answer.Headers.Location?.OriginalString);
    }

    /// <summary>As it is read aloud.</summary>
    private static string Said(IElement part) => string.Join(' ', part.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);

    private static bool isCast;

    private async Task CastAsync()
    {
        if (isCast)
            return;

        isCast = true;
        foreach (var moment in new[] { "2024-02-29T12:00Z", "2025-10-01T12:00Z", "2025-10-25T23:00Z", "2025-10-26T23:59Z", "2025-12-24T12:00Z" })
            await newsroom.PublishAsync(Edition.Told($"At {moment}", "A."), DateTimeOffset.Parse(moment, null));
    }
}
