using System.Diagnostics;

namespace LondonDefender.Benchmarks;

/// <summary>An editor types while readers take most of the machine.</summary>
public static class Preview
{
    public static async Task<IReadOnlyList<Figure>> KeystrokeAsync(Bench bench)
    {
        var paper = await bench.LargestAsync();
        var site = await bench.OpenSiteAsync(paper, pageCache: true);
        var readers = bench.Readers(site, [.. await Bench.StoryPathsAsync(paper, 1_000), "/", "/section-1", "/topics/topic-1", "/rss.xml"], 16, ("Accept-Encoding", "br"));
        using var editor = await Editor.SignInAsync(site, paper);
        var text = Publishing.Text("Somebody types this");
        var (id, _) = await editor.WriteAsync(text);

        // The first time the pages are made, and the better forms of them packed: no measure of what readers can get.
        await BuiltInLoad.RunAsync(readers, bench.Options.Time * 3);
        var most = await BuiltInLoad.RunAsync(readers, bench.Options.Time);
        await editor.PreviewAsync(id, text);
        var before = Machine.Work();
        var reading = BuiltInLoad.RunAsync(readers, bench.Options.Time * 3, perSecond: 0.5 * most.PerSecond);
        var times = await TypeAsync(editor, id, text, until: reading);
        var after = Machine.Work();

        var busy = 100 * (after.Busy - before.Busy) / (after.All - before.All);
        var p95 = Numbers.At([.. times.Order()], .95);
        return [new(Numbers.Say($"keystroke to preview (the page's call) while readers ask {(await reading).PerSecond:N0} pages a second, half of what they can get; machine {busy:F0} % busy"),
            Numbers.Percentiles(times), "p95 ≤ 50 ms", p95 <= 50)];
    }

    /// <summary>At the pace of the page's script, which waits for a pause of a quarter of a second.</summary>
    private static async Task<List<double>> TypeAsync(Editor editor, int id, object text, Task until)
    {
        List<double> times = [];
        while (!until.IsCompleted)
        {
            var began = Stopwatch.GetTimestamp();
            await editor.PreviewAsync(id, text);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.WhenAny(until, Task.Delay(100));
        }

        return times;
    }
}
