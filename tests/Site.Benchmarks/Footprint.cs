namespace LondonDefender.Benchmarks;

/// <summary>What the site takes of a machine: memory, and time to be there.</summary>
public static class Footprint
{
    /// <summary>After every connection has gone through more pages than a bounded cache keeps.</summary>
    public static async Task<IReadOnlyList<Figure>> MemoryAsync(Bench bench)
    {
        var paper = await bench.LargestAsync();
        var published = await bench.PublishedAsync();
        var site = await bench.StartSiteAsync(paper, pageCache: true, published: published);
        var paths = await Bench.StoryPathsAsync(paper, bench.Options.IsShort ? 200 : 10_000);
        await CapturedAnswer.OfAsync(site.At(paths[0]));
        var isCached = (await CapturedAnswer.OfAsync(site.At(paths[0]))).IsFromCache;
        // Without a cache there is nothing to fill.
        paths = isCached ? paths : [.. paths.Take(1_000)];
        var empty = site.Memory().Now;
        foreach (var encoding in new[] { "br", "gzip" })
            await ReadAsync(site, paths, encoding);

        var full = site.Memory();
        var how = Numbers.Say($"{paper.Stories:N0} stories, {paths.Count:N0} of them read in br and in gzip; {(published is null ? "the Release build" : "published as the image is")}");
        var measured = Numbers.Say($"**{full.Now:N0} MB** resident (at most {full.Most:N0}; {empty:N0} at the start)");
        return [isCached
            ? new($"memory of the site, cache full ({how})", measured, "≤ 400 MB", full.Now <= 400)
            : new($"memory of the site, without a page cache ({how})", measured)];
    }

    private static async Task ReadAsync(MeasuredProcess site, IReadOnlyList<string> paths, string encoding)
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (path, ct) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
            using var answer = await http.SendAsync(request, ct);
            answer.EnsureSuccessStatusCode();
        });
    }

    /// <summary>What is shipped, compiled ahead, and what was built here, in turns.</summary>
    public static async Task<IReadOnlyList<Figure>> StartAsync(Bench bench)
    {
        var paper = await bench.LargestAsync();
        var path = (await Bench.StoryPathsAsync(paper, 1))[0];
        var published = await bench.PublishedAsync();
        var times = bench.Options.IsShort ? 1 : 10;
        List<MeasuredStart> shipped = [], built = [];
        for (var start = 0; start < times; start++)
        {
            if (published is not null)
                shipped.Add(await StartAsync(bench, paper, path, published));
            built.Add(await StartAsync(bench, paper, path, null));
        }

        var how = Numbers.Say($"process to first 200 of a story, {paper.Stories:N0} stories, warm database, {times} times");
        return published is null
            ? [Started($"start, {how}; the Release build, for none could be published", built)]
            : [Started($"start, {how}; published as the image is, compiled ahead", shipped), Started("the same, the Release build", built) with { Aim = "", Met = null }];
    }

    private static async Task<MeasuredStart> StartAsync(Bench bench, BigPaper paper, string path, string? published)
    {
        var site = await bench.StartSiteAsync(paper, pageCache: true, path, published);
        var start = new MeasuredStart(site.TimeToFirstAnswer.TotalSeconds, site.Worked().TotalSeconds);
        await bench.EndRowAsync();
        return start;
    }

    private static Figure Started(string what, IReadOnlyList<MeasuredStart> starts)
    {
        var median = Numbers.Median(starts.Select(start => start.Time));
        return new(what, Numbers.Say($"median **{median:F2} s**, slowest {starts.Max(start => start.Time):F2} s; {Numbers.Median(starts.Select(start => start.Worked)):F2} s of processor"), "≤ 1.5 s", median <= 1.5);
    }

    /// <summary>Both in seconds: until the first answer, and of processor until then.</summary>
    private sealed record MeasuredStart(double Time, double Worked);
}
