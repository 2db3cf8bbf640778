using System.Net;

namespace LondonDefender.Tests.Hosting;

/// <summary>The worst a database can do: it takes every question, and answers none.</summary>
public sealed class DatabaseFrozenTests(NewsroomWithItsOwnPostgres newsroom) : IClassFixture<NewsroomWithItsOwnPostgres>
{
    // Some two seconds are promised; a busy machine is forgiven the rest.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Nobody_is_kept_waiting_and_afterwards_all_is_as_it_was()
    {
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        var page = $"/world/{id}/bridge-over-the-wend-opens-at-last";
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/ready"));

        await newsroom.FreezePostgresAsync();
        try
        {
            // More than there are connections, so that warm ones, cold ones and waiting for one are all met.
            var addresses = Enumerable.Range(0, 8).SelectMany(_ => new[] { page, "/", "/search?q=bridge", "/rss.xml", "/health/ready" });
            foreach (var answer in await Task.WhenAll(addresses.Select(address => newsroom.Reader.GetAsync(address).WaitAsync(Bound))))
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var search = await newsroom.ReadAsync("/search?q=bridge").WaitAsync(Bound);
            Assert.Equal("The search is resting for a moment", search.QuerySelector("h1")!.TextContent);
            Assert.NotNull(search.QuerySelector(".masthead"));
            Assert.Contains("The database does not answer", await (await newsroom.Reader.GetAsync("/health/ready").WaitAsync(Bound)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/live").WaitAsync(Bound));
        }
        finally
        {
            await newsroom.ThawPostgresAsync();
        }

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/ready"));
    }
}
