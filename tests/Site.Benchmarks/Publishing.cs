using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LondonDefender.Paper;

namespace LondonDefender.Benchmarks;

/// <summary>From the newsroom to readers, on several nodes that share one database.</summary>
public static class Publishing
{
    private static readonly (string Name, string Path)[] Lists = [("front", "/"), ("section", "/section-1"), ("feed", "/rss.xml"), ("sitemap", "/sitemap-news.xml")];

    public static async Task<IReadOnlyList<Figure>> ToVisibleAsync(Bench bench)
    {
        var (paper, nodes) = await OpenAsync(bench);
        using var editor = await Editor.SignInAsync(nodes[0], paper);
        using var reader = Reader();
        var times = new ConcurrentBag<(string Page, double Milliseconds, bool WasStale)>();
        for (var sample = 0; sample < (bench.Options.IsShort ? 2 : 50); sample++)
        {
            var headline = NewHeadline();
            var (id, revision) = await editor.WriteAsync(Text(headline));
            // Readers have all of these open already, the story's address included, where they were told that there is none.
            var pages = Lists.Append(("page", $"/section-1/{id}/{Slug(headline)}")).SelectMany(page => nodes.Select(node => (page.Item1, At: node.At(page.Item2)))).ToList();
            foreach (var (_, at) in pages)
                await ShowsAsync(reader, at, headline);

            await editor.PublishAsync(id, revision);
            var receipt = Stopwatch.GetTimestamp();
            await Task.WhenAll(pages.Select(page => Task.Run(async () =>
            {
                var attempts = await UntilShownAsync(reader, page.At, headline);
                times.Add((page.Item1, Stopwatch.GetElapsedTime(receipt).TotalMilliseconds, attempts > 1));
            })));
            await editor.WithdrawAsync(id);
        }

        var p99 = Numbers.At([.. times.Select(time => time.Milliseconds).Order()], .99);
        var stale = times.Count(time => time.WasStale);
        var how = Numbers.Say($"publish to visible on {nodes.Count} nodes, {paper.Stories:N0} stories, five pages of each asked for at once, until the answer is read");
        return
        [
            new(how, Numbers.Percentiles(times.Select(time => time.Milliseconds)), "p99 ≤ 250 ms", p99 <= 250),
            .. times.GroupBy(time => time.Page).OrderBy(page => page.Key, StringComparer.Ordinal).Select(page => new Figure($"the same, {page.Key}", Numbers.Percentiles(page.Select(time => time.Milliseconds)))),
            new("pages asked for after the receipt that were still old", Numbers.Say($"**{stale}** of {times.Count}"), "0", stale == 0),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> DueAsync(Bench bench)
    {
        var (paper, nodes) = await OpenAsync(bench);
        using var editor = await Editor.SignInAsync(nodes[0], paper);
        using var reader = Reader();
        var writing = Stopwatch.StartNew();
        List<(int Id, int Revision, string Headline)> stories = [];
        for (var i = 0; i < (bench.Options.IsShort ? 3 : 50); i++)
        {
            var headline = NewHeadline();
            var (id, revision) = await editor.WriteAsync(Text(headline));
            stories.Add((id, revision, headline));
        }

        var due = Due(seconds: 3 + (int)(writing.Elapsed.TotalSeconds * 3));
        var moment = new PaperClock(new PaperSettings().Zone).Local(due).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (var (id, revision, _) in stories)
            await editor.PublishAsync(id, revision, moment);
        // Readers have asked for all of them too early, and were told that there is no such page.
        var pages = nodes.Select(node => stories.Select(story => (At: node.At($"/section-1/{story.Id}/{Slug(story.Headline)}"), story.Headline)).ToList()).ToList();
        foreach (var (at, headline) in pages.SelectMany(page => page))
            await ShowsAsync(reader, at, headline);

        var what = Numbers.Say($"{stories.Count} stories due at one moment, {nodes.Count} nodes, {paper.Stories:N0} stories, each page asked for from then on, four at a time a node, until the answer is read");
        if (TimeProvider.System.GetUtcNow() >= due)
            return [new(what, "the machine was too slow to prepare it in time")];

        await Task.Delay(due - TimeProvider.System.GetUtcNow());
        var late = new ConcurrentBag<double>();
        await Task.WhenAll(pages.Select(node => Parallel.ForEachAsync(node, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, _) =>
        {
            await UntilShownAsync(reader, page.At, page.Headline);
            late.Add((TimeProvider.System.GetUtcNow() - due).TotalMilliseconds);
        })));

        return [new(what, $"late by {Numbers.Percentiles(late)}", "≤ 100 ms", late.Max() <= 100)];
    }

    private static async Task<(BigPaper Paper, List<MeasuredProcess> Nodes)> OpenAsync(Bench bench)
    {
        var paper = await bench.LargestAsync();
        List<MeasuredProcess> nodes = [];
        for (var node = 0; node < bench.Options.Nodes; node++)
            nodes.Add(await bench.StartSiteAsync(paper, pageCache: true));
        return (paper, nodes);
    }

    private static HttpClient Reader() => new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.All });

    private static async Task<bool> ShowsAsync(HttpClient reader, Uri page, string headline)
    {
        using var answer = await reader.GetAsync(page);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains(headline, StringComparison.Ordinal);
    }

    /// <summary>How often it had to be asked.</summary>
    private static async Task<int> UntilShownAsync(HttpClient reader, Uri page, string headline)
    {
        var patience = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            if (await ShowsAsync(reader, page, headline))
                return attempt;
            if (patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException($"{page} did not show “{headline}” within 30 seconds.");
            await Task.Delay(2);
        }
    }

    private static DateTimeOffset Due(int seconds)
    {
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(seconds + 1);
        return soon.AddTicks(-(soon.Ticks % TimeSpan.TicksPerSecond));
    }

    internal static object Text(string headline) => new
    {
        basedOn = 1,
        kind = "Report",
        headline,
        standfirst = "What is known so far, and what is not.",
        copy = InventedStory.At(4_321, 10_000, Vocabulary.OfTheDemoEdition()).Copy,
        sectionId = 1,
        topicIds = new[] { 1, 2 },
        writerIds = new[] { 1 },
    };

    private static string NewHeadline() => $"Measured {Guid.NewGuid():N}";

    private static string Slug(string headline) => Copy.Slugs.From(headline);
}
