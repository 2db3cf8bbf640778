using System.Net;
using LondonDefender.Readership;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LondonDefender.Tests.Readership;

/// <summary>Counts live in memory for seconds only, are lost by no orderly stop, and cannot be made to fill the memory.</summary>
public sealed class TallyTests(CountingNewsroom newsroom) : IClassFixture<CountingNewsroom>
{
    private readonly MovableClock clock = new(Edition.Morning);

    [Fact]
    public async Task What_was_counted_is_written_as_soon_as_five_seconds_are_over()
    {
        var story = await newsroom.PublishStoryAsync();
        await new ReaderAtBrowser(newsroom).OpenAsync(story);
        await using var db = await newsroom.OpenDbAsync();
        var id = CountingNewsroom.IdIn(story);
        Assert.False(await db.StoryReads.AnyAsync(read => read.StoryId == id));

        Assert.True(TallyWriter.Every <= TimeSpan.FromSeconds(5));
        newsroom.Clock.MoveBy(TallyWriter.Every);

        await UntilAsync(() => db.StoryReads.AnyAsync(read => read.StoryId == id && read.Reads == 1));
    }

    [Fact]
    public async Task An_orderly_stop_loses_nothing()
    {
        await using var paper = new CountingNewsroom();
        await paper.InitializeAsync();
        var story = await paper.PublishStoryAsync();
        await new ReaderAtBrowser(paper).OpenAsync(story);

        await paper.Services.GetRequiredService<IHost>().StopAsync();

        await using var db = await paper.OpenDbAsync();
        Assert.Equal(1, (await db.StoryReads.SingleAsync()).Reads);
    }

    [Fact]
    public async Task A_stop_that_readers_hold_up_loses_nothing_either()
    {
        await using var paper = new CountingNewsroom();
        await paper.InitializeAsync();
        await new ReaderAtBrowser(paper).OpenAsync(await paper.PublishStoryAsync());

        await paper.Writer.StopAsync(new CancellationToken(canceled: true));

        await using var db = await paper.OpenDbAsync();
        Assert.Equal(1, (await db.StoryReads.SingleAsync()).Reads);
    }

    [Fact]
    public async Task A_story_that_is_gone_takes_no_others_counts_with_it()
    {
        var (gone, stays) = (await newsroom.PublishStoryAsync(), await newsroom.PublishStoryAsync());
        var leading = await newsroom.PublishStoryAsync($"READ MORE: story:{CountingNewsroom.IdIn(gone)}\n\nREAD MORE: story:{CountingNewsroom.IdIn(stays)}");
        var reader = new ReaderAtBrowser(newsroom);
        foreach (var target in new[] { gone, stays })
        {
            await reader.OpenAsync(target, from: leading);
            await reader.PingAsync(leading, target == gone ? 0 : 1, target);
        }

        await using (var db = await newsroom.OpenDbAsync())
        {
            var id = CountingNewsroom.IdIn(gone);
            await db.Stories.Where(s => s.Id == id).ExecuteDeleteAsync();
        }

        Assert.Equal((0, 1), (await newsroom.ReadsAsync(gone), await newsroom.ReadsAsync(stays)));
        Assert.Equal(("", "1: 1"), (await newsroom.FollowsAsync(leading, gone), await newsroom.FollowsAsync(leading, stays)));
    }

    [Fact]
    public async Task Links_that_cannot_be_looked_up_in_time_hold_up_no_reads_and_nothing_after_them()
    {
        var target = await newsroom.PublishStoryAsync();
        var story = await newsroom.PublishStoryAsync($"READ MORE: story:{CountingNewsroom.IdIn(target)}");
        var reader = new ReaderAtBrowser(newsroom);
        await reader.OpenAsync(target);
        await reader.PingAsync(story, 0, target);

        await using (var db = await newsroom.OpenDbAsync())
        {
            await using var busy = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlRawAsync("LOCK TABLE revisions");
            Assert.Equal(1, await newsroom.ReadsAsync(target));
        }

        await reader.PingAsync(story, 0, target);
        Assert.Equal("0: 1", await newsroom.FollowsAsync(story, target));
        Assert.Equal(2, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task A_reader_among_a_flood_of_made_up_links_is_counted_in_the_same_writing()
    {
        var target = await newsroom.PublishStoryAsync();
        var story = await newsroom.PublishStoryAsync($"READ MORE: story:{CountingNewsroom.IdIn(target)}");
        var tally = newsroom.Services.GetRequiredService<Tally>();
        for (var made = 0; made < 1_000; made++)
            tally.LinkFollowed(1_000_000 + made, 0, 2_000_000 + made);

        await new ReaderAtBrowser(newsroom).PingAsync(story, 0, target);

        Assert.Equal("0: 1", await newsroom.FollowsAsync(story, target));
        Assert.Equal(1, await newsroom.ReadsAsync(target));
    }

    [Fact]
    public async Task Counts_older_than_thirteen_months_are_thrown_away()
    {
        await using var paper = new CountingNewsroom();
        await paper.InitializeAsync();
        var (story, target) = (await paper.PublishStoryAsync(), await paper.PublishStoryAsync());
        var (id, to) = (CountingNewsroom.IdIn(story), CountingNewsroom.IdIn(target));
        var today = DateOnly.FromDateTime(Edition.Morning.Date);
        await using var db = await paper.OpenDbAsync();
        foreach (var day in new[] { today.AddMonths(-13).AddDays(-1), today.AddMonths(-13) })
        {
            db.Add(new StoryReads { StoryId = id, Day = day, Reads = 7 });
            db.Add(new StoryFollows { FromId = id, Block = 0, ToId = to, Day = day, Follows = 3 });
        }

        await db.SaveChangesAsync();
        await new ReaderAtBrowser(paper).OpenAsync(story);
        await paper.Writer.WriteAsync();

        Assert.Equal([today.AddMonths(-13), today], await db.StoryReads.Select(read => read.Day).Order().ToListAsync());
        Assert.Equal([today.AddMonths(-13)], await db.StoryFollows.Select(follow => follow.Day).ToListAsync());
    }

    [Fact]
    public void A_flood_of_pings_adds_little_to_one_story()
    {
        var tally = new Tally(clock);
        for (var ping = 0; ping < 5_000; ping++)
            tally.LinkFollowed(1, 0, 2);

        var sheet = tally.Take();

        var follows = Assert.Single(sheet.Links).Value;
        Assert.Equal((Tally.MostByPing, Tally.MostByPing), (follows.Clicks, follows.Unasked));
    }

    [Fact]
    public void A_flood_of_requests_adds_no_more_than_readers_could()
    {
        var tally = new Tally(clock);
        for (var request = 0; request < 5_000; request++)
            tally.PageAsked(2, null, sendsPings: true);

        Assert.Equal(Tally.MostReads, Assert.Single(tally.Take().Reads).Value);
    }

    [Fact]
    public void A_flood_of_made_up_links_fills_no_memory_and_hides_no_reader()
    {
        var tally = new Tally(clock);
        for (var made = 0; made < 200_000; made++)
            tally.LinkFollowed(made, 0, made + 1);
        tally.PageAsked(2, 1, sendsPings: true);
        tally.PageAsked(7, null, sendsPings: true);

        var sheet = tally.Take();

        Assert.Equal(TallySheet.MostLinks, sheet.Links.Count);
        Assert.Equal(1, sheet.Reads.Single(read => read.Key.Id == 7).Value);
    }

    [Fact]
    public void After_the_flood_readers_count_again()
    {
        var tally = new Tally(clock);
        for (var made = 0; made < 200_000; made++)
            tally.LinkFollowed(made, 0, made + 1);
        tally.Take();

        clock.MoveBy(TimeSpan.FromSeconds(11));
        tally.Take();
        tally.LinkFollowed(900_000, 0, 5);
        tally.PageAsked(5, 900_000, sendsPings: true);

        var sheet = tally.Take();
        Assert.Equal(1, Assert.Single(sheet.Reads).Value);
        Assert.Equal(new(1, 0), Assert.Single(sheet.Links).Value);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Yield();
    }
}

/// <summary>While the database is away, counts wait in memory.</summary>
public sealed class CountingWithoutDatabaseTests(NewsroomWithItsOwnPostgres newsroom) : IClassFixture<NewsroomWithItsOwnPostgres>
{
    [Fact]
    public async Task What_was_counted_before_and_meanwhile_is_written_when_it_is_back()
    {
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        var target = await newsroom.PublishAsync(Edition.Told("The ferry is sold", $"RELATED: story:{id}"));
        var reader = new ReaderAtBrowser(newsroom);
        Assert.Equal(HttpStatusCode.OK, await reader.OpenAsync($"/world/{id}/bridge-over-the-wend-opens-at-last"));
        await newsroom.StopPostgresAsync();

        var writer = newsroom.Services.GetRequiredService<TallyWriter>();
        await writer.WriteAsync();
        // A page that was prerendered before is looked at now, and needs nothing more from us.
        Assert.Equal(HttpStatusCode.NoContent, await reader.PingAsync($"/world/{target}/the-ferry-is-sold", 0, $"/world/{id}/bridge-over-the-wend-opens-at-last"));
        await writer.WriteAsync();
        await newsroom.StartPostgresAsync();
        await WriteAgainAsync(writer);

        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(2, (await db.StoryReads.SingleAsync(read => read.StoryId == id)).Reads);
        Assert.Equal(1, (await db.StoryFollows.SingleAsync()).Follows);
    }

    /// <summary>The first tries may meet connections of before.</summary>
    private async Task WriteAgainAsync(TallyWriter writer)
    {
        for (var attempt = 0; attempt < 6; attempt++)
            await writer.WriteAsync();
    }
}
