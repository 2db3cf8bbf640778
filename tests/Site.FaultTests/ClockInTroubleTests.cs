using System.Globalization;
using System.Net;
using LondonDefender.Benchmarks;
using LondonDefender.Tests;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>A story comes due while nobody is there, or the clock goes past the moment in one leap.</summary>
public sealed class ClockInTroubleTests(PrintedPaper printed)
{
    [Fact]
    public async Task A_story_that_came_due_while_no_node_ran_is_live_at_the_first_request_and_its_receipt_says_why_it_was_late()
    {
        await using var postgres = await PostgresOfSeveral.OpenAsync(printed);
        await using var node = await PaperNode.StartAsync(postgres.ConnectionString);
        int story;
        DateTimeOffset due;
        using (var editor = await Publisher.SignInAsync(node.Address))
        {
            // A whole second, as editors give it, and time enough to order it on a busy machine.
            due = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 6);
            (story, _) = await editor.PublishStoryAsync("Due at night", due);
            Assert.True(TimeProvider.System.GetUtcNow() < due, "The machine was too slow to order the story in time.");
        }

        await node.KillAsync();
        // Longer than what still counts as on time.
        await Until.Async("its time has come and gone", () => TimeProvider.System.GetUtcNow() > due + TimeSpan.FromSeconds(3));
        node.Launch();

        await IsLiveAtFirstRequestAsync(node.Address, story);
        Assert.Equal("No node of the paper was running when it was due.", await WhyLateAsync(postgres.ConnectionString, story));
        using var again = await Publisher.SignInAsync(node.Address);
        Assert.Contains("late. No node of the paper was running", await (await again.OpenAsync(story)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_whose_moment_the_clock_leapt_over_is_live_at_the_first_request_and_its_receipt_says_why_it_was_late()
    {
        await using var postgres = await PostgresOfSeveral.OpenAsync(printed);
        var clock = new MovableClock(TimeProvider.System.GetUtcNow());
        var folder = Directory.CreateTempSubdirectory("defender-node-").FullName;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PaperNode.FreePort()}"));
        await using (var app = Program.Build(
            [$"--urls={address}", $"--ConnectionStrings:Newsroom={postgres.ConnectionString}", $"--Hosting:DataFolder={folder}", "--Wire:DemoEdition=false", "--Serilog:MinimumLevel:Default=Error"],
            builder => builder.Services.AddSingleton<TimeProvider>(clock)))
        {
            await app.StartAsync();
            using var editor = await Publisher.SignInAsync(address);
            var (story, headline) = await editor.PublishStoryAsync("Due in the leap", clock.GetUtcNow().AddHours(2));
            using var reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
            Assert.DoesNotContain(headline, await reader.GetStringAsync("/"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/news/{story}")).StatusCode);

            clock.MoveBy(TimeSpan.FromHours(3));

            Assert.Equal(HttpStatusCode.MovedPermanently, (await reader.GetAsync($"/news/{story}")).StatusCode);
            Assert.Contains(headline, await reader.GetStringAsync("/rss.xml"), StringComparison.Ordinal);
            Assert.Equal("The machine’s clock was put forward, past the moment when it was due.", await WhyLateAsync(postgres.ConnectionString, story));
            await app.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The very first answer that anybody gets has to be the story, or the way to its address.</summary>
    private static async Task IsLiveAtFirstRequestAsync(Uri paper, int story)
    {
        using var reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = paper };
        HttpStatusCode? first = null;
        await Until.Async("the node answers", async () =>
        {
            try
            {
                first = (await reader.GetAsync($"/news/{story.ToString(CultureInfo.InvariantCulture)}")).StatusCode;
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        Assert.Equal(HttpStatusCode.MovedPermanently, first);
    }

    private static async Task<string?> WhyLateAsync(string connectionString, int story)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        string? why = null;
        await Until.Async("the receipt is written", async () =>
        {
            await using var receipt = database.CreateCommand(Numbers.Say($"SELECT coalesce(why_late, 'on time') FROM receipts WHERE story_id = {story}"));
            return (why = (string?)await receipt.ExecuteScalarAsync()) is not null;
        });
        return why;
    }
}
