using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using LondonDefender.Benchmarks;
using LondonDefender.Tests;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>
/// Editors at their stories, each saving after every few words as the editing page does: with the revision the text is based on, and again
/// with the same text until the paper has said yes.
/// </summary>
public sealed class Editors : IAsyncDisposable
{
    // About five are promised; two and a half of them are the driver's, who asks that the question be called off.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private readonly CancellationTokenSource leaving = new();
    private readonly List<(StaffMember Person, int Story)> people;
    private readonly Task[] everybody;
    private readonly ConcurrentDictionary<int, string> acknowledged = [];

    private Editors(List<(StaffMember, int)> people)
    {
        this.people = people;
        everybody = [.. people.Select(editor => Task.Run(() => WriteAsync(editor.Item1, editor.Item2)))];
    }

    public ConcurrentBag<double> Saves { get; } = [];
    public ConcurrentBag<double> Refusals { get; } = [];

    /// <summary>What was said so that an editor would not know what has become of the text.</summary>
    public ConcurrentQueue<string> Unclear { get; } = [];

    public static async Task<Editors> BeginAsync(Uri paper, int many = 2)
    {
        List<(StaffMember, int)> people = [];
        for (var i = 0; i < many; i++)
        {
            var person = await StaffMember.SignInAsync(paper, PrintedPaper.Editor);
            Assert.True(person.SignedIn, "The editor could not sign in.");
            people.Add((person, await BeginStoryAsync(person)));
        }

        return new(people);
    }

    public static async Task<int> BeginStoryAsync(StaffMember person)
    {
        using var begun = await person.SendFormAsync("/desk/stories", []);
        Assert.True(begun.StatusCode == HttpStatusCode.Found, $"A story could not be begun, {(int)begun.StatusCode}: {await begun.Content.ReadAsStringAsync()}");
        return int.Parse(begun.Headers.Location!.ToString().Split('/')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until everybody has saved once more than now.</summary>
    public async Task SaveOnceMoreAsync()
    {
        var before = people.ToDictionary(editor => editor.Story, editor => acknowledged.GetValueOrDefault(editor.Story));
        await Until.Async("every editor has saved again", () => people.All(editor => acknowledged.GetValueOrDefault(editor.Story) != before[editor.Story]), TimeSpan.FromMinutes(2));
    }

    /// <summary>Everybody stops, once the text in hand is saved.</summary>
    public async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        await Task.WhenAll(everybody).WaitAsync(TimeSpan.FromMinutes(2));
        TestContext.Current.TestOutputHelper?.WriteLine($"saves: {Numbers.Percentiles(Saves)}\nrefusals: {Numbers.Percentiles(Refusals)}");
    }

    /// <summary>Every text the paper has said yes to is in the database, and whoever was refused was told so in words.</summary>
    public async Task NothingWasLostAsync(string connectionString)
    {
        Assert.True(Unclear.IsEmpty, string.Join('\n', Unclear.Take(10)));
        Assert.NotEmpty(acknowledged);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        foreach (var (story, text) in acknowledged)
        {
            await using var copy = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT draft_copy FROM stories WHERE id = {story}"));
            Assert.Equal(text, await copy.ExecuteScalarAsync());
        }
    }

    /// <param name="noise">Milliseconds that the busy machine took.</param>
    public void NobodyWaitedLong(double noise) => Assert.InRange(Saves.Concat(Refusals).Max(), 0, Patience.TotalMilliseconds + noise);

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await Task.WhenAll(everybody).WaitAsync(TimeSpan.FromMinutes(2));
        foreach (var (person, _) in people)
            person.Dispose();
        leaving.Dispose();
    }

    private async Task WriteAsync(StaffMember person, int story)
    {
        var revision = 1;
        for (var sentence = 1; !leaving.IsCancellationRequested; sentence++)
        {
            var copy = string.Create(CultureInfo.InvariantCulture, $"Sentence {sentence} of the night, by hand.");
            // The text in hand is saved, however long that takes: an editor does not walk away from it.
            for (var watch = Stopwatch.StartNew(); ;)
            {
                if (await SaveAsync(person, story, revision, copy) is { } saved)
                {
                    (revision, acknowledged[story]) = (saved, copy);
                    break;
                }

                if (watch.Elapsed > Lasting.Seconds(10) + TimeSpan.FromMinutes(1))
                {
                    Unclear.Enqueue($"Story {story} could not be saved for {watch.Elapsed.TotalSeconds:F0} seconds.");
                    return;
                }

                await Task.Delay(200);
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The revision that was saved, or null where the answer was no.</summary>
    private async Task<int?> SaveAsync(StaffMember person, int story, int basedOn, string copy)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await person.CallAsync(HttpMethod.Put, $"/desk/stories/{story}", new { basedOn, headline = $"A story of the night, {story}", copy });
            var said = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Saves.Add(took);
                return JsonDocument.Parse(said).RootElement.GetProperty("revision").GetInt32();
            }

            Refusals.Add(took);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || SentenceIn(said) is not { Length: > 10 })
                Unclear.Enqueue($"A save was answered {(int)answer.StatusCode} after {took:F0} ms: {said[..Math.Min(said.Length, 200)]}");
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            // The line broke: the page keeps the text and says that it is not saved.
            Refusals.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return null;
    }

    private static string? SentenceIn(string said)
    {
        try
        {
            return JsonDocument.Parse(said).RootElement.TryGetProperty("problem", out var sentence) ? sentence.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
