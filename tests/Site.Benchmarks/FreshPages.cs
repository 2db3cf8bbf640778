namespace LondonDefender.Benchmarks;

/// <summary>Pages made for each request: database, Markdown, components, packing.</summary>
public static class FreshPages
{
    private static readonly (string, string) Packed = ("Accept-Encoding", "br, gzip");

    /// <summary>At each size of paper in turns.</summary>
    public static async Task<IReadOnlyList<Figure>> StoryAsync(Bench bench)
    {
        List<Load> subjects = [];
        foreach (var stories in bench.Options.Stories)
        {
            var paper = await bench.PaperAsync(stories);
            var site = await bench.OpenSiteAsync(paper, pageCache: false);
            subjects.Add(bench.Readers(site, await Bench.StoryPathsAsync(paper, 2_000), 8, Packed));
        }

        var turns = await Turns.MeasureAsync(bench.Options, [.. subjects]);
        List<Figure> figures = [.. bench.Options.Stories.Select((stories, i) => new Figure(
            Numbers.Say($"story page made fresh, {stories:N0} stories, 2,000 of them in turn, 8 connections"),
            Numbers.Say($"**{turns.PerSecond(i):N0} req/s**, p99 {turns.P99(i):F0} ms, {turns.Worked(i) / 1_000:F1} ms of processor without PostgreSQL's"), "≥ 1,500 req/s", turns.PerSecond(i) >= 1_500))];
        if (subjects.Count > 1)
            figures.Add(turns.Throughput("the largest paper / the smallest", subjects.Count - 1, 0, aim: 0.9));
        return figures;
    }

    public static async Task<IReadOnlyList<Figure>> PagesAsync(Bench bench)
    {
        var paper = await bench.LargestAsync();
        var site = await bench.OpenSiteAsync(paper, pageCache: false);
        List<Figure> figures = [];
        foreach (var (name, paths) in Pages(paper.Stories))
        {
            foreach (var readers in bench.Options.IsShort ? [1] : new[] { 1, 4 })
            {
                var asked = bench.Readers(site, paths, readers, Packed);
                // The first time is for the runtime's and PostgreSQL's sake: a search is compiled anew only when it was asked some hundreds of times.
                if (!bench.Options.IsShort)
                    await asked.RunAsync(bench.Options.Time * 3);
                // wrk leaves out what is still unanswered when its time is up, and few are asked for here.
                var result = await BuiltInLoad.RunAsync(asked, bench.Options.Time);
                figures.Add(new(Numbers.Say($"{name} fresh at {paper.Stories:N0} stories, {readers} reader{(readers > 1 ? "s at once" : "")}"),
                    Numbers.Say($"p50 {result.P50:F1}, **p95 {result.P95:F1}**, p99 {result.P99:F1} ms; {result.PerSecond:N0} req/s{(result.Failed > 0 ? $", {result.Failed} failed" : "")}"),
                    "p95 ≤ 50 ms", result.P95 <= 50));
            }
        }

        return figures;
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Paths)> Pages(int stories)
    {
        yield return ("front", ["/"]);
        yield return ("section", [.. Enumerable.Range(1, BigPaper.Sections).Select(i => $"/section-{i}")]);
        yield return ("topic", [.. Enumerable.Range(0, 200).Select(i => $"/topics/topic-{1 + (i * 17 % 400)}")]);
        var chance = new Random(2);
        var kinds = SearchQuestions.Kinds(stories, Vocabulary.OfTheDemoEdition());
        yield return ("search", [.. Enumerable.Range(0, 400).Select(i => "/search?q=" + Uri.EscapeDataString(kinds[i % kinds.Count].Ask(chance).Words ?? ""))]);
    }
}
