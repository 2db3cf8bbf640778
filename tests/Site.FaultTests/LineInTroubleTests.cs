using LondonDefender.Benchmarks;

namespace LondonDefender.FaultTests;

/// <summary>The wire between a node and the database is cut, without a word to either end, while a colleague publishes on another node.</summary>
public sealed class LineInTroubleTests(PrintedPaper printed)
{
    private static readonly TimeSpan LongestStale = TimeSpan.FromSeconds(5);

    [Fact]
    public Task While_the_listening_connection_alone_is_cut_pages_stay_fresh() => CutAsync(name => name.Contains("listening", StringComparison.Ordinal), freshMeanwhile: true);

    [Fact]
    public Task After_the_whole_line_was_cut_no_page_is_stale_for_longer_than_five_seconds() => CutAsync(_ => true, freshMeanwhile: false);

    private async Task CutAsync(Func<string, bool> which, bool freshMeanwhile)
    {
        await using var postgres = await PostgresOfSeveral.OpenAsync(printed);
        await using var line = CutLine.To(postgres.ConnectionString);
        await using var cutOff = await PaperNode.StartAsync(line.ConnectionString);
        await using var node = await PaperNode.StartAsync(postgres.ConnectionString);
        using var editor = await Publisher.SignInAsync(node.Address);
        var pages = await KnownPages.ReadAllAsync(cutOff.Address);
        await using var readers = Readers.Begin(cutOff.Address, pages, many: 4);

        line.Cut(which);
        var headline = await editor.PublishAsync("While it was cut");
        if (freshMeanwhile)
        {
            var late = await Until.Async("the node has heard of it", () => ShowsAsync(cutOff, headline), LongestStale * 2);
            Tell("while the line was cut", late, readers);
        }

        await Lasting.ForSecondsAsync(4);
        await editor.PublishAsync("Still cut");
        line.Mend();

        var last = await editor.PublishAsync("Mended");
        var took = await Until.Async("the node has heard of everything", () => ShowsAsync(cutOff, last), LongestStale * 2);
        Tell("after the line was mended", took, readers);
        await readers.LeaveAsync();
        readers.NobodyMissedAnything();
    }

    private static void Tell(string when, TimeSpan took, Readers readers)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(Numbers.Say($"{when}: {took.TotalMilliseconds:F0} ms until the front page and the feed had it"));
        Assert.InRange(took.TotalMilliseconds, 0, LongestStale.TotalMilliseconds + readers.SignsOfLife.Max());
    }

    private static async Task<bool> ShowsAsync(PaperNode node, string headline)
    {
        using var reader = new HttpClient { BaseAddress = node.Address };
        foreach (var page in new[] { "/", "/rss.xml" })
        {
            if (!(await reader.GetStringAsync(page)).Contains(headline, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
