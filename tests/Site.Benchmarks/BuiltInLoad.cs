using System.Diagnostics;
using System.Net;

namespace LondonDefender.Benchmarks;

/// <summary>Readers who keep their connection and ask one thing at a time. Costs more of the machine than wrk, so ratios come out nearer to 1.</summary>
public static class BuiltInLoad
{
    /// <param name="perSecond">Asked for evenly, however fast the answers come; 0 is as fast as they come.</param>
    public static async Task<LoadResult> RunAsync(Load load, TimeSpan time, double perSecond = 0)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = load.Connections,
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            UseCookies = false,
        })
        { BaseAddress = load.Server.Address };
        foreach (var (name, value) in load.Headers)
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);

        var watch = Stopwatch.StartNew();
        var pace = perSecond > 0 ? TimeSpan.FromSeconds(load.Connections / perSecond) : TimeSpan.Zero;
        var readers = await Task.WhenAll(Enumerable.Range(0, load.Connections).Select(i => Task.Run(() => ReadAsync(http, load.Paths, i, watch, time, pace))));
        return LoadResult.Of(readers.SelectMany(reader => reader.Times), watch.Elapsed, readers.Sum(reader => reader.Failed));
    }

    private static async Task<(List<double> Times, long Failed)> ReadAsync(
        HttpClient http, IReadOnlyList<string> paths, int reader, Stopwatch watch, TimeSpan time, TimeSpan pace)
    {
        List<double> times = [];
        var failed = 0L;
        for (var (asked, next) = (reader * 37, watch.Elapsed); watch.Elapsed < time; asked++, next += pace)
        {
            if (pace > TimeSpan.Zero && next > watch.Elapsed)
                await Task.Delay(next - watch.Elapsed);
            var began = Stopwatch.GetTimestamp();
            failed += await IsAnsweredAsync(http, paths[asked % paths.Count]) ? 0 : 1;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (times, failed);
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path);
            return (int)answer.StatusCode < 400;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
