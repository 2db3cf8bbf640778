using AngleSharp.Dom;
using LondonDefender.Fronts;
using LondonDefender.Readership;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Readership;

public sealed class MostReadTests : IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Edition.Morning.Date);

    private readonly CountingNewsroom newsroom = new();
    private readonly List<string> stories = [];

    public async ValueTask InitializeAsync()
    {
        await newsroom.InitializeAsync();
        for (var number = 0; number < 5; number++)
            stories.Add(await newsroom.PublishStoryAsync());
    }

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    [Fact]
    public async Task A_new_paper_has_no_list_and_says_so()
    {
        await ReadAsync(0, 500);
        await ReadAsync(1, 9);
        await ReadAsync(2, 8);

        var page = await newsroom.ReadAsync("/most-read");

        Assert.Empty(page.QuerySelectorAll(".most-read"));
        Assert.Contains("Too little has been read", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stories_stand_in_the_order_of_their_reads()
    {
        await ReadAsync(0, 20);
        await ReadAsync(1, 40);
        await ReadAsync(2, 30);
        await ReadAsync(3, 9);

        Assert.Equal(["Story number 2 of the count", "Story number 3 of the count", "Story number 1 of the count"], await ListedAsync("In the last 24 hours"));
        Assert.Equal(["Story number 2 of the count", "Story number 3 of the count", "Story number 1 of the count"], await ListedAsync("In the last seven days"));
    }

    [Fact]
    public async Task Yesterdays_reads_count_for_as_much_as_is_left_of_today()
    {
        // At nine in the morning fifteen of yesterday's hours lie in the last twenty-four.
        await ReadAsync(0, 100, Today.AddDays(-1));
        await ReadAsync(1, 64);
        await ReadAsync(2, 61);
        await ReadAsync(3, 500, Today.AddDays(-2));

        Assert.Equal(["Story number 2 of the count", "Story number 1 of the count", "Story number 3 of the count"], await ListedAsync("In the last 24 hours"));
        Assert.Equal("Story number 4 of the count", (await ListedAsync("In the last seven days"))[0]);
    }

    [Fact]
    public async Task Only_what_readers_may_see_is_listed()
    {
        foreach (var story in Enumerable.Range(0, 5))
            await ReadAsync(story, 50 + story);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(CountingNewsroom.IdIn(stories[4]), null));

        Assert.Equal("Story number 4 of the count", (await ListedAsync("In the last 24 hours"))[0]);
    }

    [Fact]
    public async Task The_fronts_list_is_summed_up_once_a_minute_and_a_withdrawn_story_leaves_it_at_once()
    {
        await newsroom.ArrangeAsync(new() { Containers = [new() { Key = "a", Title = "Read most", Layout = ContainerLayout.MostRead, Size = 3 }] });

        foreach (var story in Enumerable.Range(0, 4))
            await ReadAsync(story, 50 + story);
        Assert.Equal(["Story number 4 of the count", "Story number 3 of the count", "Story number 2 of the count"], await OnFrontAsync());

        await ReadAsync(4, 500);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(CountingNewsroom.IdIn(stories[3]), null));
        Assert.Equal(["Story number 3 of the count", "Story number 2 of the count", "Story number 1 of the count"], await OnFrontAsync());

        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        Assert.Equal(["Story number 5 of the count", "Story number 3 of the count", "Story number 2 of the count"], await OnFrontAsync());
    }

    [Fact]
    public async Task Stories_that_links_led_to_have_a_list_of_their_own()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            foreach (var (to, times) in new[] { (1, 10), (2, 30), (3, 20) })
                db.Add(new StoryFollows { FromId = Id(0), Block = 0, ToId = Id(to), Day = Today.AddDays(-6), Follows = times });
            db.Add(new StoryFollows { FromId = Id(0), Block = 0, ToId = Id(4), Day = Today.AddDays(-7), Follows = 90 });
            await db.SaveChangesAsync();
        }

        Assert.Equal(["Story number 3 of the count", "Story number 4 of the count", "Story number 2 of the count"], await ListedAsync("Followed most from other stories"));
    }

    [Fact]
    public async Task The_page_is_found_from_every_page()
    {
        var front = await newsroom.ReadAsync("/");

        Assert.Equal("Most read", front.QuerySelector(".imprint a[href='/most-read']")!.TextContent);
    }

    private async Task ReadAsync(int story, int times, DateOnly? day = null)
    {
        await using var db = await newsroom.OpenDbAsync();
        db.Add(new StoryReads { StoryId = Id(story), Day = day ?? Today, Reads = times });
        await db.SaveChangesAsync();
    }

    private async Task<List<string>> OnFrontAsync() => Headlines(await newsroom.ReadAsync("/"));

    private async Task<List<string>> ListedAsync(string title)
    {
        var page = await newsroom.ReadAsync("/most-read");
        var slice = page.QuerySelectorAll(".slice").Single(s => s.QuerySelector("h2")!.TextContent.Trim() == title);
        return Headlines(slice);
    }

    private static List<string> Headlines(IParentNode part) =>
        [.. part.QuerySelectorAll("ol.most-read > li .card-headline").Select(headline => headline.TextContent.Trim())];

    private int Id(int story) => CountingNewsroom.IdIn(stories[story]);
}
