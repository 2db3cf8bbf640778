using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// The sites that run on one database: who is there, and whether all have heard of a change. Asked and answered over PostgreSQL's own
/// signals, which come in the order in which they were committed: who hears the question has heard of the change before.
/// </summary>
public sealed class Nodes(IDbContextFactory<NewsroomDb> newsroom, KeptPages kept, TimeProvider clock, ILogger<Nodes> log)
{
    /// <summary>The channel of answers; questions come on the one of changes.</summary>
    public const string Answers = "heard";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), PatienceWithEyes = TimeSpan.FromSeconds(20);

    // A signal of PostgreSQL's takes 8,000 bytes.
    private const int LongestAnswer = 1_500;

    private readonly ConcurrentDictionary<string, Question> open = [];
    private readonly ConcurrentQueue<string> asked = [];
    private readonly DateTimeOffset since = clock.GetUtcNow();
    private long questions;

    /// <summary>The machine's name, and a mark of this start: a node that is started again is another.</summary>
    public string Name { get; } = $"{Environment.MachineName}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";

    public DateTimeOffset Since => since;

    /// <summary>Looks at this node's own pages when another asks, and says in a few words what it sees. Set by whoever can.</summary>
    public Func<string, CancellationToken, Task<string>>? Eyes { private get; set; }

    /// <summary>Says that this node is there. Before the first page is printed, or others would not wait for it.</summary>
    public async Task SignInAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(Patience);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO nodes (name, version, since, ran_until, memory, pages, page_bytes)
            VALUES ({Name}, {PaperVersion.Number}, {since}, {clock.GetUtcNow()}, {Environment.WorkingSet}, {kept.All.Count}, {kept.Bytes})
            ON CONFLICT (name) DO UPDATE SET seen_at = clock_timestamp(), ran_until = excluded.ran_until, memory = excluded.memory, pages = excluded.pages, page_bytes = excluded.page_bytes
            """, ct);
    }

    public async Task SignOutAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"UPDATE nodes SET left_at = clock_timestamp() WHERE name = {Name}", ct);
    }

    /// <summary>Those that are there, and those that went without a word within the last day.</summary>
    public static Task<List<KnownNode>> ListAsync(NewsroomDb db, CancellationToken ct) => db.Database.SqlQuery<KnownNode>($"""
        SELECT name AS "Name", version AS "Version", since AS "Since", seen_at AS "SeenAt", memory AS "Memory", pages AS "Pages", page_bytes AS "PageBytes",
               seen_at > clock_timestamp() - interval '5 seconds' AS "IsThere"
        FROM nodes WHERE left_at IS NULL ORDER BY since, name
        """).ToListAsync(ct);

    /// <summary>Returns when every node that is there has heard of all that was committed before, so that none gives out an older page.</summary>
    public Task AllHaveHeardAsync(CancellationToken ct) => WhoHasHeardAsync(ct);

    /// <summary>The same, and how long each of the others took; null for one that did not answer in time.</summary>
    public async Task<IReadOnlyDictionary<string, TimeSpan?>> WhoHasHeardAsync(CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var heard = await AskOthersAsync("", Patience, ct);
        PaperMeters.HeardByAll.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        return heard.ToDictionary(node => node.Key, node => node.Value?.After);
    }

    /// <summary>What each of the others sees of something on its own pages, once it has heard of all that was committed before; null for one that did not say so in time.</summary>
    public Task<IReadOnlyDictionary<string, Answer?>> WhatIsSeenElsewhereAsync(string of, CancellationToken ct) => AskOthersAsync(of, PatienceWithEyes, ct);

    /// <summary>Something came over the line, other than that there is news.</summary>
    public void Receive(string channel, string words)
    {
        if (channel != Answers)
            asked.Enqueue(words);
        else if (words.Split(' ', 3) is [var question, var node, .. var said] && open.TryGetValue(question, out var waiting))
            waiting.Hear(node, said is [var one] ? one : "");
    }

    /// <summary>To be called once all that had been committed when they were asked has been taken note of.</summary>
    public async Task AnswerAsync(IReadOnlyCollection<string> questionsHeard, CancellationToken ct)
    {
        var answers = questionsHeard.Where(question => !question.Contains(' ', StringComparison.Ordinal)).Select(question => $"{question} {Name}").ToArray();
        foreach (var question in questionsHeard.Where(question => question.Contains(' ', StringComparison.Ordinal)))
            _ = LookAsync(question.Split(' ', 2), ct);
        if (answers.Length > 0)
            await SayAsync(answers, ct);
    }

    /// <summary>In the background: whoever only wants to know what has been heard does not wait for it.</summary>
    private async Task LookAsync(string[] question, CancellationToken ct)
    {
        try
        {
            var seen = Eyes is { } look ? await look(question[1], ct) : "";
            await SayAsync([$"{question[0]} {Name} {(seen.Length > LongestAnswer ? seen[..LongestAnswer] : seen)}"], ct);
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("Another node asked what is to be seen here, and was not told: {Problem}", problem.Message);
        }
    }

    private async Task SayAsync(string[] answers, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Answers}, answer) FROM unnest({answers}) AS answer", ct);
    }

    /// <summary>The questions that have come since this was called last.</summary>
    public IReadOnlyCollection<string> TakeQuestions()
    {
        List<string> taken = [];
        while (asked.TryDequeue(out var question))
        {
            if (!question.StartsWith(Name, StringComparison.Ordinal))
                taken.Add(question);
        }

        return taken;
    }

    private async Task<IReadOnlyDictionary<string, Answer?>> AskOthersAsync(string what, TimeSpan patience, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var others = await db.Database.SqlQuery<string>($"""SELECT name AS "Value" FROM nodes WHERE name <> {Name} AND left_at IS NULL AND seen_at > clock_timestamp() - interval '5 seconds'""").ToListAsync(ct);
        return others.Count > 0 ? await AskAsync(db, others, what, patience, ct) : new Dictionary<string, Answer?>();
    }

    private async Task<IReadOnlyDictionary<string, Answer?>> AskAsync(NewsroomDb db, List<string> others, string what, TimeSpan patience, CancellationToken ct)
    {
        var question = $"{Name}/{Interlocked.Increment(ref questions)}";
        var waiting = open[question] = new(others);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify('paper', {$"{question} {what}".TrimEnd()})", ct);
            await waiting.Answered.WaitAsync(patience, ct);
        }
        catch (TimeoutException)
        {
            log.LogWarning("{Nodes} did not say in time that a change was heard of; each looks by itself every second", string.Join(", ", waiting.Silent));
        }
        finally
        {
            open.TryRemove(question, out _);
        }

        return waiting.Heard;
    }

    /// <param name="After">Since it was asked.</param>
    /// <param name="Said">Empty where it was only asked whether it has heard.</param>
    public sealed record Answer(TimeSpan After, string Said);

    /// <param name="Pages">How many it keeps ready.</param>
    public sealed record KnownNode(string Name, string Version, DateTimeOffset Since, DateTimeOffset SeenAt, long Memory, int Pages, long PageBytes, bool IsThere);

    private sealed class Question(IEnumerable<string> nodes)
    {
        private readonly Lock turn = new();
        private readonly HashSet<string> silent = [.. nodes];
        private readonly Dictionary<string, Answer?> heard = [];
        private readonly long asked = Stopwatch.GetTimestamp();
        private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => answered.Task;

        public IReadOnlyCollection<string> Silent
        {
            get
            {
                lock (turn)
                    return [.. silent];
            }
        }

        public IReadOnlyDictionary<string, Answer?> Heard
        {
            get
            {
                lock (turn)
                    return silent.Select(node => KeyValuePair.Create(node, (Answer?)null)).Concat(heard).ToDictionary();
            }
        }

        public void Hear(string node, string said)
        {
            lock (turn)
            {
                if (silent.Remove(node))
                    heard[node] = new(Stopwatch.GetElapsedTime(asked), said);
                if (silent.Count == 0)
                    answered.TrySetResult();
            }
        }
    }
}
