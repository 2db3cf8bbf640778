using System.Net;
using LondonDefender.Paper.PaperCache;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.Tests.Paper.PaperCache;

/// <summary>With the database away, readers notice nothing of it on pages that have been made before.</summary>
public sealed class PagesWithoutDatabaseTests(PagesWithoutDatabaseTests.CachingNewsroomOfItsOwn newsroom) : IClassFixture<PagesWithoutDatabaseTests.CachingNewsroomOfItsOwn>
{
    public sealed class CachingNewsroomOfItsOwn : NewsroomWithItsOwnPostgres
    {
        protected override IEnumerable<string> MoreSettings => ["--Paper:PageCache=true", "--Paper:Address=https://defender.example"];
    }

    [Fact]
    public async Task Pages_that_were_made_stay_and_follow_the_newsroom_again_afterwards()
    {
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        string[] pages = ["/", "/world", $"/world/{id}/bridge-over-the-wend-opens-at-last", "/rss.xml"];
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));

        await newsroom.StopPostgresAsync();
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));
        // After midnight each of them should be printed anew, and cannot be.
        newsroom.Clock.MoveBy(TimeSpan.FromDays(1));
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await newsroom.StatusOf("/britain"));

        await StartPostgresAgainAsync();
        await newsroom.PublishAsync(Edition.FerryCloses);
        await newsroom.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/britain"));
        Assert.Contains("Last ferry leaves Ansty quay", await newsroom.Reader.GetStringAsync("/world"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_node_that_is_started_without_the_database_has_the_pages_of_before()
    {
        var id = await newsroom.PublishAsync(Edition.Told("A whale in the estuary", "It came with the tide."));
        var page = $"/world/{id}/a-whale-in-the-estuary";
        await newsroom.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
        foreach (var address in new[] { "/", "/world", page })
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
        await newsroom.Services.GetRequiredService<PagesOnDisk>().DrainAsync();

        await newsroom.StopPostgresAsync();
        await using var node = await AnotherNode.StartAsync(newsroom, newsroom.DataFolder);
        Assert.Contains("It came with the tide.", await node.Reader.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Contains("A whale in the estuary", await node.Reader.GetStringAsync("/world"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, await StatusOfKnownAsync(node, "/"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await node.StatusOf("/topics/harbour"));
        Assert.Contains("search is resting", await (await node.Reader.GetAsync("/search?q=whale")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await StartPostgresAgainAsync();
        await newsroom.PublishAsync(Edition.Told("The whale swims on", "With the next tide."));
        while (!(await node.Reader.GetStringAsync("/world")).Contains("The whale swims on", StringComparison.Ordinal))
        {
            newsroom.Clock.MoveBy(TimeSpan.FromSeconds(2));
            await node.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_withdrawn_story_is_not_among_the_pages_of_before()
    {
        var id = await newsroom.PublishAsync(Edition.Told("What the court forbade", "It must not be read."));
        var other = await newsroom.PublishAsync(Edition.Told("What nobody forbade", "It may be read."));
        string[] pages = [$"/world/{id}/what-the-court-forbade", $"/world/{other}/what-nobody-forbade"];
        foreach (var page in pages)
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));

        await newsroom.Desk.WithdrawAsync(id);
        await newsroom.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
        await newsroom.Services.GetRequiredService<PagesOnDisk>().DrainAsync();
        await newsroom.StopPostgresAsync();
        await using var node = await AnotherNode.StartAsync(newsroom, newsroom.DataFolder);

        foreach (var reader in new[] { newsroom.Reader, node.Reader })
        {
            Assert.DoesNotContain("It must not be read.", await (await reader.GetAsync(pages[0])).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("It may be read.", await reader.GetStringAsync(pages[1]), StringComparison.Ordinal);
        }

        await StartPostgresAgainAsync();
    }

    [Fact]
    public async Task A_story_withdrawn_while_no_node_ran_leaves_the_pages_of_before_at_the_next_start()
    {
        var id = await newsroom.PublishAsync(Edition.Told("What was taken back at night", "It is not read any more."));
        var page = $"/world/{id}/what-was-taken-back-at-night";
        var folder = Directory.CreateTempSubdirectory("defender-node-").FullName;
        await using (var node = await AnotherNode.StartAsync(newsroom, folder))
            Assert.Equal(HttpStatusCode.OK, await node.StatusOf(page));

        await newsroom.Desk.WithdrawAsync(id);
        await using (var node = await AnotherNode.StartAsync(newsroom, folder))
        {
            await node.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
            await node.Services.GetRequiredService<PagesOnDisk>().DrainAsync();
            Assert.Empty(node.Services.GetRequiredService<PagesOnDisk>().Stories());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(1_500)]
    public async Task A_page_whose_file_was_torn_by_a_power_cut_is_passed_over(int left)
    {
        var address = new KeptAddress("https://defender.example", "/world", "");
        var disk = newsroom.Services.GetRequiredService<PagesOnDisk>();
        await newsroom.StatusOf("/world");
        await disk.DrainAsync();
        var whole = newsroom.Services.GetRequiredService<KeptPages>().Find(address)!;
        disk.Keep(whole);
        await disk.DrainAsync();
        Assert.NotNull(disk.Read(address));

        foreach (var file in Directory.EnumerateFiles(Path.Combine(newsroom.DataFolder, "pages"), "*.page", SearchOption.AllDirectories))
        {
            await using var stream = File.OpenWrite(file);
            stream.SetLength(Math.Min(left, Math.Max(0, stream.Length - 1)));
        }

        Assert.Null(disk.Read(address));
        // As it was, for the other tests.
        disk.Keep(whole);
        await disk.DrainAsync();
    }

    private async Task StartPostgresAgainAsync()
    {
        await newsroom.StartPostgresAsync();
        // The first to write meet connections of before.
        NpgsqlConnection.ClearAllPools();
        while (newsroom.Services.GetRequiredService<KeptPages>().AreOutOfTouch)
            await newsroom.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(TestContext.Current.CancellationToken);
        // A page that could not be printed is let rest for a second.
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(2));
    }

    private static async Task<HttpStatusCode> StatusOfKnownAsync(Newsroom node, string address)
    {
        var known = (await node.Reader.GetAsync(address)).Headers.ETag!;
        return (await node.Reader.SendAsync(new(HttpMethod.Get, address) { Headers = { IfNoneMatch = { known } } })).StatusCode;
    }
}
