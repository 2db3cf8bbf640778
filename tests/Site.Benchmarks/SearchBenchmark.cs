using System.Diagnostics;
using System.Globalization;
using LondonDefender.Archive;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Benchmarks;

/// <summary>The product's own search over a big paper, warm: readers who ask one after the other, and four who ask at once.</summary>
public static class SearchBenchmark
{
    public static async Task RunAsync(BigPaper paper, TimeSpan time)
    {
        var vocabulary = Vocabulary.OfTheDemoEdition();
        var questions = SearchQuestions.Kinds(paper.Stories, vocabulary);
        Console.WriteLine($"{vocabulary.Count} words; {paper.Stories:N0} stories, PostgreSQL {paper.Version}, {Environment.ProcessorCount} cores");

        await AskAsync(paper, questions, seed: 1, time / 4);
        Report("one reader", await AskAsync(paper, questions, seed: 2, time), tellsWork: true);
        var readers = await Task.WhenAll(Enumerable.Range(3, 4).Select(seed => Task.Run(() => AskAsync(paper, questions, seed, time))));
        Report("four readers at once", [.. readers.SelectMany(reader => reader)], tellsWork: false);
    }

    /// <param name="Worked">Processor time alone, of this program and of PostgreSQL; told for one reader, since several share it.</param>
    private sealed record Answer(string Kind, double Milliseconds, double Worked, int Found);

    private static async Task<List<Answer>> AskAsync(BigPaper paper, IReadOnlyList<SearchQuestions> kinds, int seed, TimeSpan time)
    {
        var chance = new Random(seed);
        List<Answer> answers = [];
        await using var db = paper.OpenDb();
        await db.Database.OpenConnectionAsync();
        var server = ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID;
        for (var asking = Stopwatch.StartNew(); asking.Elapsed < time;)
        {
            var kind = kinds[chance.Next(kinds.Count)];
            var question = kind.Ask(chance);
            db.ChangeTracker.Clear();
            var (watch, worked) = (Stopwatch.StartNew(), Worked(server));
            var result = await ArchiveSearch.FindAsync(db, question, paper.Frame, CancellationToken.None);
            answers.Add(new(kind.Name, watch.Elapsed.TotalMilliseconds, Worked(server) - worked, result.Count));
        }

        return answers;
    }

    private static double Worked(int server)
    {
        var account = $"/proc/{server}/schedstat";
        return File.Exists(account)
            ? Environment.CpuUsage.TotalTime.TotalMilliseconds + (double.Parse(File.ReadAllText(account).Split(' ')[0], CultureInfo.InvariantCulture) / 1_000_000)
            : 0;
    }

    private static void Report(string title, List<Answer> answers, bool tellsWork)
    {
        Console.WriteLine($"""

            {title}

            | question | asked | found, median | p50 ms | p95 ms | p99 ms | longest ms |{(tellsWork ? " p50 worked | p95 worked |" : "")}
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |{(tellsWork ? " ---: | ---: |" : "")}
            """);
        foreach (var kind in answers.GroupBy(answer => answer.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Line(kind.Key, [.. kind], tellsWork);
        Line("**all**", answers, tellsWork);
    }

    private static void Line(string name, List<Answer> answers, bool tellsWork)
    {
        var times = answers.Select(answer => answer.Milliseconds).Order().ToList();
        var work = answers.Select(answer => answer.Worked).Order().ToList();
        var found = answers.Select(answer => answer.Found).Order().ElementAt(answers.Count / 2);
        Console.WriteLine($"| {name} | {times.Count} | {found} | {At(times, .5):F1} | {At(times, .95):F1} | {At(times, .99):F1} | {times[^1]:F1} |"
            + (tellsWork ? $" {At(work, .5):F1} | {At(work, .95):F1} |" : ""));

        static double At(List<double> times, double part) => times[Math.Min(times.Count - 1, (int)(times.Count * part))];
    }
}
