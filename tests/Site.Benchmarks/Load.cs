using System.Diagnostics;
using System.Globalization;

namespace LondonDefender.Benchmarks;

/// <summary>What readers are to do: ask for these paths, one after the other, each connection as soon as it has been answered.</summary>
public sealed record Load(MeasuredProcess Server, IReadOnlyList<string> Paths, int Connections, params (string Name, string Value)[] Headers)
{
    public static string Generator => Programs.Find("wrk") is null ? "the built-in generator" : "wrk";

    public Task<LoadResult> RunAsync(TimeSpan time) => Programs.Find("wrk") is { } wrk ? Wrk.RunAsync(wrk, this, time) : BuiltInLoad.RunAsync(this, time);
}

/// <summary>Times are in milliseconds. Failed are answers of 400 and more, and answers that did not come.</summary>
public sealed record LoadResult(long Requests, double PerSecond, double P50, double P95, double P99, long Failed)
{
    public static LoadResult Of(IEnumerable<double> milliseconds, TimeSpan time, long failed)
    {
        var sorted = milliseconds.Order().ToList();
        return new(sorted.Count, sorted.Count / time.TotalSeconds, Numbers.At(sorted, .5), Numbers.At(sorted, .95), Numbers.At(sorted, .99), failed);
    }
}

/// <summary>wrk, told what to ask for by a few lines of Lua; they cost it little beside a page.</summary>
internal static class Wrk
{
    public static async Task<LoadResult> RunAsync(string program, Load load, TimeSpan time)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(load));
            var start = new ProcessStartInfo(program,
                ["-t1", $"-c{load.Connections}", $"-d{Math.Max(1, (int)time.TotalSeconds)}s", "--timeout", "30s", "-s", script, load.Server.Address.ToString()])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var wrk = Process.Start(start)!;
            var said = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return Read(said);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string Script(Load load) => $$"""
        local paths = { {{string.Join(", ", load.Paths.Select(Quoted))}} }
        local headers = { {{string.Join(", ", load.Headers.Select(header => $"[{Quoted(header.Name)}] = {Quoted(header.Value)}"))}} }
        local asked, at = {}, 0
        init = function(args)
          for i, path in ipairs(paths) do asked[i] = wrk.format("GET", path, headers) end
        end
        request = function()
          at = at % #asked + 1
          return asked[at]
        end
        done = function(summary, latency, requests)
          local e = summary.errors
          io.write(string.format("figures %d %d %d %d %d %d\n", summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(95), latency:percentile(99), e.connect + e.read + e.write + e.timeout + e.status))
        end
        """;

    private static LoadResult Read(string said)
    {
        var line = said.Split('\n').FirstOrDefault(line => line.StartsWith("figures ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk said: {said}");
        var n = line.Split(' ')[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new((long)n[0], n[0] * 1_000_000 / n[1], n[2] / 1000, n[3] / 1000, n[4] / 1000, (long)n[5]);
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
