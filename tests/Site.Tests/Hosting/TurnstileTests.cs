using System.Net;
using System.Net.Sockets;
using System.Text;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Tests.Hosting;

/// <summary>No crowd starves another, and whoever cannot be served is told so.</summary>
public sealed class TurnstileTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_crowd_of_searches_is_told_to_come_again_while_pages_and_the_newsroom_go_on()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        // The archive is shut, so every search waits in it until its patience ends.
        await using var shut = await ShutAsync("search_entries");

        var searches = Enumerable.Range(0, 60).Select(_ => newsroom.Reader.GetAsync("/search?q=bridge")).ToList();
        var first = await await Task.WhenAny(searches);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.NotNull(first.Headers.RetryAfter);
        Assert.Equal("no-store", first.Headers.CacheControl?.ToString());
        Assert.Contains("Very many are reading", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/desk")).StatusCode);

        await shut.DisposeAsync();
        await Task.WhenAll(searches);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/search?q=bridge"));
    }

    [Fact]
    public async Task A_crowd_of_readers_leaves_the_newsroom_its_connections()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        // Corrections are asked for by readers alone.
        await using var shut = await ShutAsync("corrections");

        var readers = Enumerable.Range(0, 300).Select(_ => newsroom.Reader.GetAsync("/corrections")).ToList();
        await Task.WhenAny(readers);

        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/desk")).StatusCode);
        await shut.DisposeAsync();
        Assert.All(await Task.WhenAll(readers), answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/corrections"));
    }

    [Fact]
    public async Task Readers_and_the_newsroom_come_to_the_database_by_doors_of_their_own()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));

        await using var db = await newsroom.OpenDbAsync();
        var doors = await db.Database.SqlQuery<string>($"SELECT DISTINCT application_name AS \"Value\" FROM pg_stat_activity WHERE datname = current_database()").ToListAsync();

        Assert.Contains("readers", doors);
        Assert.Contains("newsroom", doors);
    }

    [Theory]
    [InlineData("GET /{long} HTTP/1.1\r\nHost: paper\r\n\r\n", 9_000, "414")]
    [InlineData("GET / HTTP/1.1\r\nHost: paper\r\nCookie: {long}\r\n\r\n", 17_000, "431")]
    [InlineData("POST /desk/sign-in HTTP/1.1\r\nHost: paper\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n", 0, "413")]
    public async Task A_request_that_is_too_large_is_refused(string request, int length, string refusal)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(newsroom.Address.Host, newsroom.Address.Port);
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{long}", new string('a', length), StringComparison.Ordinal)));

        using var answer = new StreamReader(line.GetStream());
        Assert.Equal(refusal, (await answer.ReadLineAsync())!.Split(' ')[1]);
    }

    /// <summary>Holds a table shut until it is disposed.</summary>
    private async Task<NpgsqlConnection> ShutAsync(string table)
    {
        var connection = new NpgsqlConnection(newsroom.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
