using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LondonDefender.Benchmarks;

/// <param name="Met">Null where nothing was aimed at, or nothing could be measured.</param>
public sealed record Figure(string What, string Measured, string Aim = "", bool? Met = null)
{
    public static Figure NotYet(string what, string why) => new(what, $"not yet: {why}");
}

/// <summary>All that the paper is measured by, as one table.</summary>
public static class Figures
{
    public static readonly IReadOnlyDictionary<string, Func<Bench, Task<IReadOnlyList<Figure>>>> Rows = new Dictionary<string, Func<Bench, Task<IReadOnlyList<Figure>>>>
    {
        ["story-cached"] = CachedPage.AgainstOthersAsync,
        ["not-modified"] = CachedPage.NotModifiedAsync,
        ["allocation"] = CachedPage.AllocationAsync,
        ["story-fresh"] = FreshPages.StoryAsync,
        ["pages-fresh"] = FreshPages.PagesAsync,
        ["memory"] = Footprint.MemoryAsync,
        ["start"] = Footprint.StartAsync,
        ["publish"] = Publishing.ToVisibleAsync,
        ["due"] = Publishing.DueAsync,
        ["preview"] = Preview.KeystrokeAsync,
    };

    public static async Task<int> RunAsync(FigureOptions options)
    {
        var (began, before) = (TimeProvider.System.GetUtcNow(), Machine.LoadAverage());
        List<(string Row, Figure Figure)> measured = [];
        await using (var bench = new Bench(options))
        {
            foreach (var row in options.Only.Count > 0 ? options.Only : [.. Rows.Keys])
                measured.AddRange((await MeasureAsync(bench, row)).Select(figure => (row, figure)));
        }

        Console.WriteLine(Numbers.Say($"""

            {began:d MMMM yyyy}, {began:HH:mm} to {TimeProvider.System.GetUtcNow():HH:mm} UTC; {Machine.Name()}; .NET {Environment.Version};
            load {before} at the start, {Machine.LoadAverage()} at the end. Requests by {Load.Generator}{(Nginx.IsThere ? "" : "; there is no nginx here")};
            {options.Rounds} rounds of {options.Time.TotalSeconds:F0} s in turns: median (lowest–highest) of the rounds' ratios, medians of the rest.

            | row | figure | measured | aim | met |
            | --- | --- | --- | --- | --- |
            """));
        foreach (var (row, figure) in measured)
            Console.WriteLine($"| {row} | {figure.What} | {figure.Measured} | {figure.Aim} | {figure.Met switch { true => "yes", false => "**no**", null => "" }} |");
        return 0;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Bench bench, string row)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var figures = await Rows[row](bench);
            await Console.Error.WriteLineAsync(Numbers.Say($"{row}: {watch.Elapsed.TotalSeconds:F0} s"));
            foreach (var figure in figures)
                await Console.Error.WriteLineAsync($"  {figure.What}: {figure.Measured}");
            return figures;
        }
        finally
        {
            await bench.EndRowAsync();
        }
    }
}

internal static class Machine
{
    public static string Name()
    {
        var processor = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        return Numbers.Say($"{Environment.ProcessorCount} cores of {processor}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}");
    }

    public static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>Processor time of the whole machine so far: spent, and in all.</summary>
    public static (double Busy, double All) Work()
    {
        if (!File.Exists("/proc/stat"))
            return (0, 0);
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(double.Parse).ToArray();
        return (times.Sum() - times[3] - times[4], times.Sum());
    }

    private static string? Line(string file, string name) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
}
