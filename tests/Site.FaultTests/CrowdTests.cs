using System.Diagnostics;
using System.Globalization;
using LondonDefender.Benchmarks;
using LondonDefender.Tests;

namespace LondonDefender.FaultTests;

/// <summary>More visitors than the paper was made for, and such as no paper wants: they are served or shown out, and nobody else notices.</summary>
public sealed class CrowdTests(PrintedPaper printed)
{
    private const int MostConnections = 10_000, SlowReaders = 400, HalfOpen = 400;

    // What a node is, what it may keep of pages, and what Kestrel keeps of twenty thousand connections at the worst.
    private const double MostMegabytes = 300 + 128 + 200;

    [Fact]
    public async Task Ten_thousand_connections_slow_readers_and_a_flood_of_nonsense_leave_readers_their_pages_and_editors_their_desk()
    {
        await using var node = await PaperNode.StartOnAsync(await printed.CopyAsync());
        var pages = await KnownPages.ReadAllAsync(node.Address);
        await using var editors = await Editors.BeginAsync(node.Address);
        await editors.SaveOnceMoreAsync();
        List<double> quiet = [];
        await AskCachedAsync(node.Address, pages[0].Path, quiet, Lasting.Seconds(2));

        List<RawReader> crowd = [];
        try
        {
            var connections = await RoomForAsync(MostConnections);
            await ComeAsync(crowd, node.Address, connections, pages);
            var before = node.Memory();
            List<double> crowded = [];
            using var over = new CancellationTokenSource();
            var flood = Enumerable.Range(0, 8).Select(seed => Task.Run(() => FloodAsync(node.Address, new Random(seed), over.Token))).ToList();
            await using (var readers = Readers.Begin(node.Address, pages, many: 4))
            {
                await AskCachedAsync(node.Address, pages[0].Path, crowded, Lasting.Seconds(4));
                await editors.SaveOnceMoreAsync();
                await readers.LeaveAsync();
                Assert.True(readers.Pages.Count > 20, $"Only {readers.Pages.Count} pages were read.");
                Assert.True(readers.Failures.All(failure => failure.StartsWith("/search", StringComparison.Ordinal)), string.Join('\n', readers.Failures.Take(10)));
            }

            await over.CancelAsync();
            var asked = await Task.WhenAll(flood);
            await editors.LeaveAsync();
            var after = node.Memory();
            TestContext.Current.TestOutputHelper?.WriteLine(Numbers.Say(
                $"{crowd.Count} connections, {asked.Sum()} addresses and questions of nonsense\na kept page, quiet: {Numbers.Percentiles(quiet)}\na kept page, crowded: {Numbers.Percentiles(crowded)}\nmemory: {before.Now:F0} MB with the crowd, {after.Now:F0} MB after the flood, {after.Most:F0} MB at most"));
            Assert.True(crowd.Count >= connections * 0.99, $"Of {connections} only {crowd.Count} came in.");
            Assert.InRange(after.Most, 0, MostMegabytes);
            await editors.NothingWasLostAsync(node.ConnectionString);
        }
        finally
        {
            foreach (var one in crowd)
                one.Dispose();
        }
    }

    /// <summary>Most have read a page and keep their connection; some read so slowly that nothing comes through; some never end their question.</summary>
    private static async Task ComeAsync(List<RawReader> crowd, Uri paper, int connections, IReadOnlyList<KnownPage> pages)
    {
        var turn = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, connections), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            var isSlow = number < SlowReaders;
            if (await RawReader.ConnectAsync(paper, isSlow) is not { } one)
                return;

            lock (turn)
                crowd.Add(one);
            if (isSlow)
                await one.SayAsync(string.Concat(Enumerable.Repeat(RawReader.Request("/"), 5)));
            else if (number < SlowReaders + HalfOpen)
                await one.SayAsync("GET / HTTP/1.1\r\nHost: paper.example\r\nX-More: ");
            else if (await one.SayAsync(RawReader.Request(pages[number % pages.Count].Path)))
                await one.HearAsync();
        });
    }

    /// <summary>Addresses that never were, and questions behind addresses that are. How many were asked.</summary>
    private static async Task<int> FloodAsync(Uri paper, Random chance, CancellationToken ct)
    {
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = paper };
        var asked = 0;
        while (!ct.IsCancellationRequested)
        {
            var word = chance.NextInt64().ToString("x", CultureInfo.InvariantCulture);
            var path = (asked++ % 5) switch
            {
                0 => $"/{word}",
                1 => $"/world/{chance.Next(1_000_000, 2_000_000).ToString(CultureInfo.InvariantCulture)}/{word}",
                2 => $"/?{word}={word}",
                3 => $"/?page={chance.Next(1, 99_999).ToString(CultureInfo.InvariantCulture)}",
                _ => $"/search?q={word}",
            };
            try
            {
                using var answer = await stranger.GetAsync(path, ct);
                await answer.Content.ReadAsByteArrayAsync(ct);
            }
            catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
            {
                // They may be shown the door.
            }
        }

        return asked;
    }

    private static async Task AskCachedAsync(Uri paper, string path, List<double> times, TimeSpan time)
    {
        using var reader = new HttpClient { BaseAddress = paper };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            var began = Stopwatch.GetTimestamp();
            (await reader.GetAsync(path)).Dispose();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    /// <summary>As many as the system lets one process have; root may have more.</summary>
    private static async Task<int> RoomForAsync(int connections)
    {
        var wanted = (connections + 2_000).ToString(CultureInfo.InvariantCulture);
        if (Environment.IsPrivilegedProcess && Programs.Find("prlimit") is { } prlimit && MostFiles() < connections + 2_000)
            await PostgresProcesses.RunAsync(prlimit, $"--pid={Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}", $"--nofile={wanted}:{wanted}");
        return (int)Math.Min(connections, MostFiles() - 1_000);
    }

    private static long MostFiles()
    {
        const string Limits = "/proc/self/limits";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        return long.TryParse(line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var most) ? most : 2_000;
    }
}
