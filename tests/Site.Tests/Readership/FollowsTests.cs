using System.Net;
using LondonDefender.Readership;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Readership;

/// <summary>Each click on a related link is one follow and one read, however many messages a browser sends about it.</summary>
public sealed class FollowsTests(CountingNewsroom newsroom) : IClassFixture<CountingNewsroom>, IAsyncLifetime
{
    private readonly ReaderAtBrowser reader = new(newsroom);
    private readonly ReaderAtBrowser inFirefox = new(newsroom, ReaderAtBrowser.Firefox);

    private string target = "", other = "", story = "";

    public async ValueTask InitializeAsync()
    {
        target = await newsroom.PublishStoryAsync();
        other = await newsroom.PublishStoryAsync();
        story = await newsroom.PublishStoryAsync($"One.\n\nREAD MORE: story:{Id(other)}\n\nTwo.\n\nREAD MORE: story:{Id(target)}\n\nThree.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_click_that_is_told_twice_counts_once(bool isWrittenBetween)
    {
        await reader.OpenAsync(target, from: story);
        if (isWrittenBetween)
            await newsroom.Writer.WriteAsync();
        await reader.PingAsync(story, 1, target);

        Assert.Equal("1: 1", await newsroom.FollowsAsync(story, target));
        Assert.Equal(1, await newsroom.ReadsAsync(target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whichever_of_the_two_comes_first(bool isWrittenBetween)
    {
        await reader.PingAsync(story, 1, target);
        if (isWrittenBetween)
            await newsroom.Writer.WriteAsync();
        await reader.OpenAsync(target, from: story);

        Assert.Equal("1: 1", await newsroom.FollowsAsync(story, target));
        Assert.Equal(1, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_page_that_was_prerendered_is_read_when_its_link_is_followed()
    {
        Assert.Equal(HttpStatusCode.OK, await reader.PrerenderAsync(target, from: story));
        Assert.Equal(0, await newsroom.ReadsAsync(target));

        Assert.Equal(HttpStatusCode.NoContent, await reader.PingAsync(story, 1, target));

        Assert.Equal("1: 1", await newsroom.FollowsAsync(story, target));
        Assert.Equal(1, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_browser_that_keeps_its_pings_to_itself_counts_like_any_other()
    {
        await reader.OpenAsync(target, from: story);
        await inFirefox.OpenAsync(target, from: story);

        Assert.Equal("1: 2", await newsroom.FollowsAsync(story, target));
        Assert.Equal(2, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task Readers_who_follow_one_link_in_the_same_seconds_all_count()
    {
        await reader.PingAsync(story, 1, target);
        await inFirefox.OpenAsync(target, from: story);
        await reader.PingAsync(story, 1, target);
        await reader.OpenAsync(target, from: story);
        await reader.OpenAsync(target, from: story);
        await reader.PingAsync(story, 1, target);

        Assert.Equal("1: 4", await newsroom.FollowsAsync(story, target));
        Assert.Equal(4, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task What_comes_much_later_is_another_click()
    {
        await reader.OpenAsync(target, from: story);
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(11));
        await reader.PingAsync(story, 1, target);

        Assert.Equal("1: 2", await newsroom.FollowsAsync(story, target));
        Assert.Equal(2, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_reload_of_the_page_that_was_followed_to_is_no_second_follow()
    {
        await reader.OpenAsync(target, from: story);
        await reader.PingAsync(story, 1, target);
        await reader.OpenAsync(target, story, ("Cache-Control", "max-age=0"));

        Assert.Equal("1: 1", await newsroom.FollowsAsync(story, target));
    }

    [Fact]
    public async Task A_story_offered_twice_is_followed_where_the_ping_says()
    {
        var twice = await newsroom.PublishStoryAsync($"READ MORE: story:{Id(target)}\n\nBetween.\n\nRELATED: [Once more](story:{Id(target)})");

        await reader.OpenAsync(target, from: twice);
        await reader.PingAsync(twice, 1, target);
        await inFirefox.OpenAsync(target, from: twice);

        Assert.Equal("0: 1, 1: 1", await newsroom.FollowsAsync(twice, target));
    }

    [Fact]
    public async Task A_page_that_stood_open_while_its_copy_was_rewritten_counts_where_the_link_stands_now()
    {
        await newsroom.RepublishAsync(Id(story), text => text with { Copy = $"READ MORE: story:{Id(target)}\n\nRewritten." });

        await reader.PingAsync(story, 1, target);

        Assert.Equal("0: 1", await newsroom.FollowsAsync(story, target));
    }

    [Fact]
    public async Task The_related_list_and_later_stories_have_their_own_counts()
    {
        var earlier = await newsroom.PublishStoryAsync();
        var picking = await newsroom.PublishStoryAsync($"See [before](story:{Id(earlier)}).", text => text with { RelatedIds = [Id(target)] });

        await reader.PingAsync(picking, FollowAddress.RelatedList, target);
        await inFirefox.OpenAsync(target, from: picking);
        await reader.PingAsync(earlier, FollowAddress.LaterOnThisStory, picking);

        Assert.Equal("-1: 2", await newsroom.FollowsAsync(picking, target));
        Assert.Equal("-2: 1", await newsroom.FollowsAsync(earlier, picking));
    }

    [Fact]
    public async Task A_link_inside_a_sentence_is_a_read_and_no_blocks_follow()
    {
        var sentence = await newsroom.PublishStoryAsync($"It is told [elsewhere](story:{Id(target)}).");

        await reader.OpenAsync(target, from: sentence);

        Assert.Equal("", await newsroom.FollowsAsync(sentence, target));
        Assert.Equal(1, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task The_fronts_lead_is_read_once_whether_it_was_prerendered_or_not()
    {
        await reader.PingAsync("/", 0, target);
        Assert.Equal(1, await newsroom.ReadsAsync(target));

        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(11));
        await reader.OpenAsync(target, from: "/");
        await reader.PingAsync("/", 0, target);
        Assert.Equal(2, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_reader_from_a_section_page_takes_no_read_away_from_the_fronts_lead()
    {
        await reader.OpenAsync(target, from: "/world");
        await reader.PrerenderAsync(target, from: "/");
        await reader.PingAsync("/", 0, target);
        await reader.PingAsync("/world", 0, target);

        Assert.Equal(2, await newsroom.ReadsAsync(target));
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Ping-From", "")]
    [InlineData("Ping-From", "https://elsewhere.example/world/1/page")]
    [InlineData("Ping-To", "")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; clicker)")]
    public async Task A_ping_that_no_link_of_ours_sent_counts_for_nothing(string header, string value)
    {
        Assert.Equal(HttpStatusCode.NoContent, await reader.PingAsync(story, 1, target, (header, value)));

        Assert.Equal("", await newsroom.FollowsAsync(story, target));
        Assert.Equal(0, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_ping_for_a_link_that_is_not_there_counts_for_nothing()
    {
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Not out yet", "."));
        await reader.PingAsync(target, 0, story);
        await reader.PingAsync(story, 0, $"/world/{draft}/not-out-yet");
        await reader.PingAsync(story, FollowAddress.LaterOnThisStory, target);
        await reader.PingAsync("/", 0, $"/world/{draft}/not-out-yet");
        await reader.PingAsync(story, 0, "/world/999999999/nowhere");

        await newsroom.Desk.WithdrawAsync(Id(target), null);
        await reader.PingAsync(story, 1, target);

        Assert.Equal(0, await newsroom.ReadsAsync(target) + await newsroom.ReadsAsync($"/world/{draft}/x") + await newsroom.ReadsAsync("/world/999999999/x"));
        Assert.Equal("", await newsroom.FollowsAsync(story, target));
    }

    [Fact]
    public async Task A_preview_in_the_newsroom_counts_for_nothing()
    {
        await reader.PingAsync(story, 1, target, ("Ping-From", $"{newsroom.Address}desk/stories/{Id(story)}"));
        await reader.OpenAsync(target, from: $"/desk/stories/{Id(story)}");

        Assert.Equal("", await newsroom.FollowsAsync(story, target));
        Assert.Equal(0, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_withdrawn_storys_successor_is_followed_from_its_line()
    {
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(Id(target), successorId: Id(other)));
        var before = await newsroom.FollowsAsync(story, other);

        await reader.PingAsync(story, 1, other);

        Assert.Equal(("", "1: 1"), (before, await newsroom.FollowsAsync(story, other)));
    }

    [Theory]
    [InlineData("/followed/1/0/x")]
    [InlineData("/followed/1/0")]
    [InlineData("/followed/99999999999999/0/1")]
    public async Task An_address_no_link_has_is_no_address(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Reader.PostAsync(address, null)).StatusCode);

    private static int Id(string address) => CountingNewsroom.IdIn(address);
}
