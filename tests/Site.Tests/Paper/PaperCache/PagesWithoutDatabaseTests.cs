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
        protected override IEnumerable<string> MoreSettings => ["--Paper:PageCache=true", "--Paper:OldPageFor=00:00:00"];
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

        await newsroom.StartPostgresAsync();
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(2));
        // The first to write meet connections of before.
        NpgsqlConnection.ClearAllPools();
        await newsroom.PublishAsync(Edition.FerryCloses);
        await newsroom.Services.GetRequiredService<ChangeWatch>().CatchUpAsync(CancellationToken.None);
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/britain"));
        Assert.Contains("Last ferry leaves Ansty quay", await newsroom.Reader.GetStringAsync("/world"), StringComparison.Ordinal);
    }
}
