using System.Net;

namespace LondonDefender.Tests.Archive;

/// <summary>Sections, topics, writers and days: the same stories, found again by different ways.</summary>
public sealed class ListsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("/world")]
    [InlineData("/topics/floods")]
    [InlineData("/by/maud-ferrier")]
    public async Task A_long_list_runs_over_pages_newest_first_and_loses_nothing(string address)
    {
        var ids = await FilledAsync();

        var first = await IdsAsync(address);
        var second = await IdsAsync(address + "?page=2");
        var third = await IdsAsync(address + "?page=3");

        Assert.Equal(20, first.Count);
        Assert.Equal(ids.AsEnumerable().Reverse(), first.Concat(second).Concat(third));
        var page = await newsroom.ReadAsync(address + "?page=2");
        Assert.Equal([address, address + "?page=3"], page.QuerySelectorAll(".page-turner a").Select(a => a.GetAttribute("href")));
        Assert.EndsWith(address + "?page=2", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Null((await newsroom.ReadAsync(address + "?page=3")).QuerySelector("a[rel=next]"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("501")]
    [InlineData("1000000000")]
    [InlineData("99999999999999999999")]
    [InlineData("abc")]
    [InlineData("1e3")]
    [InlineData("%2B1")]
    [InlineData("1.0")]
    [InlineData("%20%31")]
    [InlineData("1;2")]
    public async Task A_page_that_is_not_there_is_not_found(string number)
    {
        await FilledAsync();

        foreach (var address in new[] { "/world", "/topics/floods", "/by/maud-ferrier" })
            Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"{address}?page={number}"));
    }

    [Theory]
    [InlineData("/no-such-section")]
    [InlineData("/topics/no-such-topic")]
    [InlineData("/by/nobody")]
    [InlineData("/topics")]
    [InlineData("/archive/2026/02/30")]
    [InlineData("/archive/2026/13/01")]
    [InlineData("/archive/2026/0/1")]
    [InlineData("/archive/0001/01/01")]
    [InlineData("/archive/9999/12/31")]
    [InlineData("/archive/-1/01/01")]
    [InlineData("/archive/99999/01/01")]
    [InlineData("/archive/2026/03/11")]
    [InlineData("/archive/yesterday")]
    [InlineData("/archive/1")]
    [InlineData("/desk/1")]
    public async Task What_is_not_in_the_paper_is_not_found(string address)
    {
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(address));
    }

    [Fact]
    public async Task An_empty_section_topic_and_writer_have_a_page_too()
    {
        foreach (var address in new[] { "/britain", "/topics/harbour", "/by/idris-quill" })
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
    }

    [Fact]
    public async Task A_day_holds_what_was_published_between_two_local_midnights()
    {
        var before = await newsroom.PublishAsync(Edition.Told("At 23.59 on the last of June", "J.", Edition.Britain), DateTimeOffset.Parse("2025-06-30T22:59:59Z", null));
        var first = await newsroom.PublishAsync(Edition.Told("At midnight", "J.", Edition.Britain), DateTimeOffset.Parse("2025-06-30T23:00Z", null));
        var night = await newsroom.PublishAsync(Edition.Told("At half past midnight", "J.", Edition.Britain), DateTimeOffset.Parse("2025-06-30T23:30Z", null));
        var last = await newsroom.PublishAsync(Edition.Told("At the end of the day", "J.", Edition.Britain), DateTimeOffset.Parse("2025-07-01T22:59:59Z", null));
        await newsroom.PublishAsync(Edition.Told("The day after", "J.", Edition.Britain), DateTimeOffset.Parse("2025-07-01T23:00Z", null));

        Assert.Equal([last, night, first], await IdsAsync("/archive/2025/07/01"));
        Assert.Equal([before], await IdsAsync("/archive/2025/06/30"));
        var turner = (await newsroom.ReadAsync("/archive/2025/07/01")).QuerySelectorAll("nav.page-turner a").Select(a => a.GetAttribute("href"));
        Assert.Equal(["/archive/2025/06/30", "/archive/2025/07/02"], turner);
    }

    [Theory]
    [InlineData("2025-03-30", "2025-03-30T00:00Z", "2025-03-30T22:59:59Z")]
    [InlineData("2025-10-26", "2025-10-25T23:00Z", "2025-10-26T23:59:59Z")]
    public async Task The_days_on_which_the_clocks_change_are_whole(string day, string first, string last)
    {
        var early = await newsroom.PublishAsync(Edition.Told($"Early on {day}", "E.", Edition.Britain), DateTimeOffset.Parse(first, null));
        var late = await newsroom.PublishAsync(Edition.Told($"Late on {day}", "L.", Edition.Britain), DateTimeOffset.Parse(last, null));

        Assert.Equal([late, early], await IdsAsync("/archive/" + day.Replace('-', '/')));
    }

    [Fact]
    public async Task A_day_written_otherwise_leads_to_its_one_address()
    {
        var answer = await newsroom.Reader.GetAsync("/archive/2026/3/9");

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/archive/2026/03/09", answer.Headers.Location?.OriginalString);
    }

    private static int[]? filled;

    private async Task<int[]> FilledAsync()
    {
        if (filled is not null)
            return filled;

        List<int> ids = [];
        var start = DateTimeOffset.Parse("2026-03-09T09:00Z", null);
        for (var i = 0; i < 45; i++)
        {
            ids.Add(await newsroom.PublishAsync(
                Edition.Told($"Of a long list, number {i}", "L.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Maud] }, start.AddMinutes(i)));
        }

        return filled = [.. ids];
    }

    private async Task<List<int>> IdsAsync(string address) =>
        [.. (await newsroom.ReadAsync(address)).QuerySelectorAll("main .card-headline a").Select(a => int.Parse(a.GetAttribute("href")!.Split('/')[2], null))];
}
