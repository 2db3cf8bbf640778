namespace LondonDefender.Benchmarks;

/// <summary>A story's page out of the page cache, against others who answer the same bytes.</summary>
public static class CachedPage
{
    private const int Connections = 32;
    private const string NoCache = "pages are made for each request";

    public static async Task<IReadOnlyList<Figure>> AgainstOthersAsync(Bench bench)
    {
        var (site, path) = await OpenAsync(bench);
        List<Figure> figures = [];
        foreach (var encoding in bench.Options.IsShort ? ["br"] : new[] { "br", "gzip" })
        {
            var answer = await SettledAsync(site, path, ("Accept-Encoding", encoding));
            var bare = bench.Keep(await BareHandler.StartAsync(bench.Scratch, answer));
            List<Load> subjects = [Asked(site, path), Asked(bare, path)];
            if (Nginx.IsThere)
                subjects.Add(Asked(bench.Keep(await Nginx.StartAsync(bench.Scratch, answer)), "/page"));

            var isCached = answer.IsFromCache;
            // A page that is made each time would only hold up the other two.
            var turns = await Turns.MeasureAsync(bench.Options, isCached ? [.. subjects] : [.. subjects.Skip(1)]);
            figures.AddRange(Compare(turns, Numbers.Say($"{encoding}, {answer.Body.Length:N0} bytes, {Connections} connections"), isCached, subjects.Count > 2));

            Load Asked(MeasuredProcess server, string at) => bench.Readers(server, [at], Connections, ("Accept-Encoding", encoding));
        }

        return figures;
    }

    private static IEnumerable<Figure> Compare(Turns turns, string how, bool isCached, bool hasNginx)
    {
        if (isCached)
        {
            yield return turns.Throughput($"cached story page / bare handler ({how})", 0, 1, aim: 0.95);
            yield return turns.Tail("the same, p99", 0, 1, aim: 1.2);
        }
        else
        {
            yield return Figure.NotYet($"cached story page / bare handler ({how})", NoCache);
        }

        if (!hasNginx)
            yield break;
        if (isCached)
            yield return turns.Throughput("the same page / nginx, 2 workers, packed file", 0, 2, aim: 0.85);
        yield return turns.Throughput("for comparison: bare handler / nginx", isCached ? 1 : 0, isCached ? 2 : 1, aim: 0);
    }

    public static async Task<IReadOnlyList<Figure>> NotModifiedAsync(Bench bench)
    {
        const string what = "304 / bare handler's 304";
        var (site, path) = await OpenAsync(bench);
        var page = await SettledAsync(site, path, ("Accept-Encoding", "br"));
        if (!page.IsFromCache)
            return [Figure.NotYet(what, NoCache)];

        (string, string)[] asked = [("Accept-Encoding", "br"), ("If-None-Match", page.Header("ETag")!)];
        var answer = await CapturedAnswer.OfAsync(site.At(path), asked);
        if (answer.Status != 304)
            return [new(what, $"answered {answer.Status}", "304", false)];

        var bare = bench.Keep(await BareHandler.StartAsync(bench.Scratch, answer));
        var turns = await Turns.MeasureAsync(bench.Options, bench.Readers(site, [path], Connections, asked), bench.Readers(bare, [path], Connections, asked));
        return [turns.Throughput(what, 0, 1, aim: 0.95)];
    }

    public static async Task<IReadOnlyList<Figure>> AllocationAsync(Bench bench)
    {
        const string what = "allocated for a cached page (br) / by the bare handler";
        var (site, path) = await OpenAsync(bench);
        var answer = await SettledAsync(site, path, ("Accept-Encoding", "br"));
        if (!answer.IsFromCache)
            return [Figure.NotYet(what, NoCache)];

        var bare = bench.Keep(await BareHandler.StartAsync(bench.Scratch, answer));
        var (ours, theirs) = (await PerRequestAsync(bench, site, path), await PerRequestAsync(bench, bare, path));
        return [new(what, Numbers.Say($"**{ours - theirs:+#,0;-#,0} bytes**: {ours:N0} / {theirs:N0} bytes a request"), "≤ +1,024", ours - theirs <= 1_024)];
    }

    private static async Task<double> PerRequestAsync(Bench bench, MeasuredProcess server, string path)
    {
        var readers = bench.Readers(server, [path], Connections, ("Accept-Encoding", "br"));
        await readers.RunAsync(bench.Options.Time);
        var before = await server.AllocatedAsync();
        var result = await readers.RunAsync(bench.Options.Time);
        return (double)(await server.AllocatedAsync() - before) / result.Requests;
    }

    private static async Task<(MeasuredProcess Site, string Path)> OpenAsync(Bench bench)
    {
        var paper = await bench.SmallestAsync();
        return (await bench.OpenSiteAsync(paper, pageCache: true), (await Bench.StoryPathsAsync(paper, 1))[0]);
    }

    /// <summary>A page may be packed better a moment after it was first asked for.</summary>
    private static async Task<CapturedAnswer> SettledAsync(MeasuredProcess site, string path, params (string, string)[] asked)
    {
        await CapturedAnswer.OfAsync(site.At(path), asked);
        await Task.Delay(TimeSpan.FromSeconds(1));
        return await CapturedAnswer.OfAsync(site.At(path), asked);
    }
}
