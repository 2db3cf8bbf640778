using LondonDefender.Fronts;

namespace LondonDefender.Tests.Fronts;

public sealed class BreakingNewsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_banner_stands_over_every_page_until_its_end_and_no_longer()
    {
        var id = await newsroom.PublishAsync(Edition.Told("The bridge is closed", "B."));
        await PutUpAsync("Bridge closed", id, 60);

        foreach (var address in new[] { "/", "/world", "/search?q=bridge", "/no/such/page" })
            Assert.Equal("Bridge closed", (await newsroom.ReadAsync(address)).QuerySelector(".breaking a")!.TextContent);

        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(60));
        Assert.Null((await newsroom.ReadAsync("/")).QuerySelector(".breaking"));
    }

    [Fact]
    public async Task A_withdrawn_story_takes_its_link_out_of_the_banner_but_not_the_words()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Wrong news", "W."));
        await PutUpAsync("Something happened", id, 30);
        await newsroom.Desk.WithdrawAsync(id);

        var banner = (await newsroom.ReadAsync("/")).QuerySelector(".breaking")!;

        Assert.Contains("Something happened", banner.TextContent, StringComparison.Ordinal);
        Assert.Null(banner.QuerySelector("a"));
    }

    [Fact]
    public async Task A_second_banner_takes_the_place_of_the_first()
    {
        await PutUpAsync("First", null, 480);
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        await PutUpAsync("Second", null, 30);
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(31));

        Assert.Null((await newsroom.ReadAsync("/")).QuerySelector(".breaking"));
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("Words", 0)]
    [InlineData("Words", 100_000)]
    public async Task A_banner_without_words_or_end_is_refused_in_words(string words, int minutes)
    {
        await using var db = await newsroom.OpenDbAsync();

        Assert.NotNull(await BreakingNews.PutUpAsync(db, words, null, minutes, null, newsroom.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
    }

    private async Task PutUpAsync(string words, int? storyId, int minutes)
    {
        await using var db = await newsroom.OpenDbAsync();
        Assert.Null(await BreakingNews.PutUpAsync(db, words, storyId, minutes, null, newsroom.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
    }
}
