using System.Net;
using LondonDefender.Hosting;
using LondonDefender.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LondonDefender.Tests.Hosting;

public sealed class TelemetryTests(TelemetryTests.WatchedNewsroom newsroom) : IClassFixture<TelemetryTests.WatchedNewsroom>
{
    public sealed class WatchedNewsroom : Newsroom
    {
        public Collector Collector { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            Collector = await Collector.StartAsync();
            await base.InitializeAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Collector.DisposeAsync();
        }

        protected override IEnumerable<string> MoreSettings => [$"--Hosting:Telemetry={Collector.Address}"];
    }

    [Fact]
    public async Task What_the_paper_and_its_parts_measure_reaches_a_collector()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var id = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Saved", copy = "Once." });
        var stale = await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Saved", copy = "Too late." });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var merged = await editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, takesMerge = true, headline = "Saved", copy = "Once.", kicker = "Merged" });
        Assert.Equal(HttpStatusCode.OK, merged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));

        newsroom.Services.GetRequiredService<MeterProvider>().ForceFlush();
        newsroom.Services.GetRequiredService<TracerProvider>().ForceFlush();

        var meters = newsroom.Collector.Heard("metrics");
        Assert.All(
            ["newsroom.saves", "newsroom.save_conflicts", "newsroom.merges", "paper.pages_made", "http.server.request.duration", "kestrel.active_connections", "db.client.", "dotnet.gc.collections", "london-defender"],
            name => Assert.Contains(name, meters, StringComparison.Ordinal));
        var traces = newsroom.Collector.Heard("traces");
        Assert.Contains("/desk/stories/{id:int}", traces, StringComparison.Ordinal);
        Assert.Contains("postgresql", traces, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collector")]
    [InlineData("ftp://collector")]
    public void A_collector_that_has_no_address_is_asked_for_in_a_sentence(string written)
    {
        var builder = WebApplication.CreateBuilder([$"--Hosting:Telemetry={written}"]);

        var refusal = Assert.Throws<PaperCannotStart>(builder.AddTelemetry);

        Assert.Equal($"Hosting:Telemetry is {written}; it has to be the address of a collector, such as http://localhost:4318.", refusal.Message);
    }
}
