using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using LondonDefender.Staff;

namespace LondonDefender.Tests.Hosting;

/// <summary>The database goes away for a moment and comes back, as it does when it is updated.</summary>
public sealed class DatabaseAwayTests(NewsroomWithItsOwnPostgres newsroom) : IClassFixture<NewsroomWithItsOwnPostgres>
{
    [Fact]
    public async Task While_it_is_away_everybody_is_told_so_and_afterwards_all_is_as_it_was()
    {
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var page = $"/world/{id}/bridge-over-the-wend-opens-at-last";
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(page));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/ready"));

        await newsroom.StopPostgresAsync();

        foreach (var address in new[] { page, "/", "/search?q=bridge", "/rss.xml", "/no-such-page" })
        {
            var answer = await newsroom.Reader.GetAsync(address);
            Assert.Equal((address, HttpStatusCode.ServiceUnavailable), (address, answer.StatusCode));
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            var html = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
            Assert.Contains("resting", html.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("Npgsql", html.DocumentElement.OuterHtml, StringComparison.Ordinal);
        }

        var call = await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Typed while it was away", copy = "Kept." });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, call.StatusCode);
        Assert.Contains("Nothing is lost", (await call.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await editor.GetAsync("/desk")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await newsroom.StatusOf("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/live"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/css/paper.css"));

        await newsroom.StartPostgresAsync();

        Assert.Equal(HttpStatusCode.OK, await RecoveredAsync(page));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/desk")).StatusCode);
        var saved = await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Typed while it was away", copy = "Kept." });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
    }

    /// <summary>A few requests may still meet connections of before.</summary>
    private async Task<HttpStatusCode> RecoveredAsync(string address)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (await newsroom.StatusOf(address) == HttpStatusCode.OK)
                break;
        }

        return await newsroom.StatusOf(address);
    }
}
