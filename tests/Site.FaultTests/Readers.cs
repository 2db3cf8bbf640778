using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using LondonDefender.Benchmarks;

namespace LondonDefender.FaultTests;

/// <summary>
/// A mixed crowd at the paper: most at few of the pages they know, some at the search, and one who asks for nothing but whether the site is
/// alive, which costs nothing: as long as that takes, the machine itself was busy with something else.
/// </summary>
public sealed class Readers : IAsyncDisposable
{
    // As browsers do, so that what is done for a person's visit is done too.
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private static readonly string[] Words = ["harbour", "sea", "council", "bridge", "vote", "election", "market", "minister", "flood", "island"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private readonly HttpClient browser;
    private readonly IReadOnlyList<KnownPage> pages;
    private readonly double[] reach;
    private readonly Task[] everybody;

    public ConcurrentQueue<string> Failures { get; } = [];
    public ConcurrentBag<double> Pages { get; } = [];
    public ConcurrentBag<double> Searches { get; } = [];
    public ConcurrentBag<double> SignsOfLife { get; } = [];
    public int SearchesResting => resting;

    private readonly ConcurrentQueue<string> slow = [];
    private int resting;

    private Readers(Uri paper, IReadOnlyList<KnownPage> pages, int many)
    {
        this.pages = pages;
        browser = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = paper,
            Timeout = TimeSpan.FromSeconds(30),
            DefaultRequestHeaders = { { "User-Agent", Browser } },
        };
        reach = Zipf(pages.Count);
        everybody =
        [
            .. Enumerable.Range(0, many).Select(seed => Task.Run(() => KeepAtItAsync(new Random(seed), ReadAsync))),
            .. Enumerable.Range(0, 2).Select(seed => Task.Run(() => KeepAtItAsync(new Random(seed), SearchAsync))),
            Task.Run(() => KeepAtItAsync(new Random(0), AskForLifeAsync)),
        ];
    }

    public static Readers Begin(Uri paper, IReadOnlyList<KnownPage> pages, int many = 8) => new(paper, pages, many);

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await Task.WhenAll(everybody);
        browser.Dispose();
        leaving.Dispose();
    }

    /// <summary>Everybody goes home; whoever asked is answered first.</summary>
    public async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        await Task.WhenAll(everybody);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"pages: {Numbers.Percentiles(Pages)}\nsearches: {Numbers.Percentiles(Searches)}, {resting} resting\nsigns of life: {Numbers.Percentiles(SignsOfLife)}\nslow: {string.Join(", ", slow.Take(8))}");
    }

    /// <summary>Nobody was refused a page that was rendered before.</summary>
    public void NobodyWasRefused()
    {
        Assert.True(Failures.IsEmpty, $"{Failures.Count} of {Pages.Count + Searches.Count} answers were none:\n{string.Join('\n', Failures.Take(10))}");
        Assert.NotEmpty(Pages);
        Assert.NotEmpty(Searches);
    }

    /// <summary>And nobody waited longer than two seconds, beside what the busy machine took.</summary>
    public void NobodyMissedAnything()
    {
        NobodyWasRefused();
        var noise = SignsOfLife.DefaultIfEmpty().Max();
        Assert.InRange(Pages.Max(), 0, Patience.TotalMilliseconds + noise);
        Assert.InRange(Searches.Max(), 0, Patience.TotalMilliseconds + noise);
    }

    private async Task KeepAtItAsync(Random chance, Func<Random, Task> ask)
    {
        while (!leaving.IsCancellationRequested)
        {
            await ask(chance);
            // The time a reader reads; the machine is to be broken, not worn out.
            await Task.Delay(chance.Next(5, 40));
        }
    }

    private async Task ReadAsync(Random chance)
    {
        var place = Array.BinarySearch(reach, chance.NextDouble() * reach[^1]);
        var page = pages[Math.Min(place < 0 ? ~place : place, pages.Count - 1)];
        await AskAsync(page.Path, Pages, (status, body) => status == HttpStatusCode.OK && body.TrimEnd().EndsWith(page.Mark, StringComparison.Ordinal));
    }

    private Task SearchAsync(Random chance) =>
        AskAsync($"/search?q={Words[chance.Next(Words.Length)]}", Searches, (status, body) => status == HttpStatusCode.OK || IsResting(status, body));

    private Task AskForLifeAsync(Random chance) => AskAsync("/health/live", SignsOfLife, (status, _) => status == HttpStatusCode.OK);

    private bool IsResting(HttpStatusCode status, string body)
    {
        if (status != HttpStatusCode.ServiceUnavailable || !body.Contains("The search is resting", StringComparison.Ordinal))
            return false;

        Interlocked.Increment(ref resting);
        return true;
    }

    private async Task AskAsync(string path, ConcurrentBag<double> times, Func<HttpStatusCode, string, bool> isRight)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await browser.GetAsync(path);
            var body = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began);
            times.Add(took.TotalMilliseconds);
            if (took > Patience)
                slow.Enqueue($"{path} after {took.TotalMilliseconds:F0} ms");
            if (!isRight(answer.StatusCode, body))
                Failures.Enqueue($"{path}: {(int)answer.StatusCode}, {body.Length} characters, {body[..Math.Min(body.Length, 60)].ReplaceLineEndings(" ")}");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            Failures.Enqueue($"{path}: {problem.GetBaseException().Message} after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        }
    }

    /// <summary>The sums of the shares up to each page: the second is read half as often as the first, the third a third.</summary>
    private static double[] Zipf(int count)
    {
        var sum = 0.0;
        return [.. Enumerable.Range(1, count).Select(rank => sum += 1.0 / rank)];
    }
}
