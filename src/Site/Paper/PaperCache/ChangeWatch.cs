using System.Diagnostics;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// Hears what has changed, on whichever node, and what changes by itself as time goes by, and has the pages that read it printed anew.
/// The signal only wakes: what has changed stands in the table <c>changes</c>, so nothing is missed while the line is cut.
/// </summary>
public sealed class ChangeWatch(
    KeptPages kept, PagesOnDisk disk, Pressroom pressroom, Nodes nodes, Replica replica, IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<ChangeWatch> log) : BackgroundService
{
    // A look takes a millisecond: a database that takes this long is away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Looked for without a signal, in case that the line is dead and nobody knows.
    private static readonly TimeSpan LooksAnyway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private static readonly TimeSpan Clears = TimeSpan.FromMinutes(10);

    private readonly Bell news = new();
    private readonly SemaphoreSlim turn = new(1);
    private HashSet<string> seen = [];
    private string? horizon;
    private DateTimeOffset lookedAt;
    private (DateTimeOffset At, long Ticks) lastTick;
    private DateTimeOffset clearedAt = clock.GetUtcNow();
    private long? signedInAt;
    private DateTimeOffset rungUntil = clock.GetUtcNow();
    private IReadOnlyList<Moment> moments = [];
    private bool momentsAreKnown;
    private ITimer? alarm;
    private long askedAt;

    /// <summary>How long the database has owed an answer; it is asked every second. Zero while it owes none.</summary>
    public TimeSpan Silence => Interlocked.Read(ref askedAt) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Called when stories may have come due or changed; on whichever thread noticed it, so it must not take long.</summary>
    public event Action? StoriesChanged;

    /// <summary>When the database was away last, and when the clock was put forward last: what made something late.</summary>
    public (DateTimeOffset From, DateTimeOffset To) LastAway { get; private set; }

    public (DateTimeOffset From, DateTimeOffset To) LastLeap { get; private set; }

    /// <summary>Everything that was committed before this call has been taken note of when it returns.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await LookAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = ListenAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Interlocked.CompareExchange(ref askedAt, Stopwatch.GetTimestamp(), 0);
                await SignInAsync(stoppingToken);
                var questions = nodes.TakeQuestions();
                await CatchUpAsync(stoppingToken);
                Interlocked.Exchange(ref askedAt, 0);
                await nodes.AnswerAsync(questions, stoppingToken);
                await news.WaitAsync(LooksAnyway, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem)
            {
                // Whatever it is, the paper goes on with what it has.
                LoseTouch(problem);
                await Task.Delay(LooksAnyway, CancellationToken.None);
            }
        }

        await listening;
        await SignOutAsync();
        if (alarm is not null)
            await alarm.DisposeAsync();
    }

    private async Task SignInAsync(CancellationToken ct)
    {
        if (signedInAt is { } before && clock.GetElapsedTime(before) < LooksAnyway)
            return;

        signedInAt = clock.GetTimestamp();
        await nodes.SignInAsync(ct);
    }

    private async Task SignOutAsync()
    {
        try
        {
            using var over = new CancellationTokenSource(Patience);
            await nodes.SignOutAsync(over.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException || DatabaseAway.Explains(problem))
        {
            // The others notice by themselves, a few seconds later.
        }
    }

    private void LoseTouch(Exception problem)
    {
        if (kept.AreOutOfTouch)
            return;

        log.LogWarning("The database is away; pages are given out as they were printed last: {Problem}", problem.GetBaseException().Message);
        kept.AreOutOfTouch = true;
        replica.IsAllThereIs = true;
        LastAway = (clock.GetUtcNow(), DateTimeOffset.MaxValue);
    }

    private void FindTouch(DateTimeOffset now)
    {
        if (!kept.AreOutOfTouch)
            return;

        kept.AreOutOfTouch = false;
        replica.IsAllThereIs = false;
        LastAway = (LastAway.From, now);
        log.LogInformation("The database is back");
    }

    /// <summary>Holds the line on which the database says that there is something new.</summary>
    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var line = await OpenLineAsync(ct);
                line.Notification += (_, said) => Hear(said.Channel, said.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN paper; LISTEN {Nodes.Answers}", line))
                    await listen.ExecuteNonQueryAsync(ct);
                news.Ring();
                while (true)
                    await line.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogDebug("The line to the database is cut: {Problem}", problem.Message);
                await Task.Delay(LooksAnyway, CancellationToken.None);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenLineAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        // Of its own, outside the pool: it is held as long as the paper runs. A line that is cut without a word is noticed by the keepalive.
        var line = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, KeepAlive = 5, ApplicationName = "London Defender, listening" }.ConnectionString);
        await line.OpenAsync(ct);
        return line;
    }

    private void Hear(string channel, string words)
    {
        if (words.Length > 0)
            nodes.Receive(channel, words);
        if (channel != Nodes.Answers)
            news.Ring();
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(Patience);
        var now = clock.GetUtcNow();
        var isFirst = horizon is null;
        var wasAwayTooLong = !isFirst && now - lookedAt > Forgotten / 2;
        var found = await ReadAsync(db, ct);
        lookedAt = now;
        FindTouch(now);

        if (isFirst || wasAwayTooLong)
        {
            pressroom.Reprint(kept.ChangeEverything());
            await ForgetWithdrawnAsync(db, ct);
        }
        else if (found.Count > 0)
        {
            Change(found);
        }

        if (isFirst || found.Contains(PageKey.Stories))
            StoriesChanged?.Invoke();
        if (!momentsAreKnown || wasAwayTooLong || found.Overlaps([PageKey.Stories, PageKey.Pictures, PageKey.Banner, PageKey.Fronts]))
            await LearnMomentsAsync(db, ct);
        RingDue();
        if (now - clearedAt > Clears)
            await ClearAsync(db, now, ct);
    }

    private void Change(HashSet<string> keys)
    {
        foreach (var story in keys.Select(PageKey.WithdrawnStory).OfType<int>())
            disk.ForgetStory(story);
        if (keys.Contains(PageKey.Killed))
            disk.ForgetReadersOf(keys);
        pressroom.Reprint(kept.Change(keys));
    }

    /// <summary>While nobody listened, stories may have been withdrawn whose pages lie on the disk.</summary>
    private async Task ForgetWithdrawnAsync(NewsroomDb db, CancellationToken ct)
    {
        int[] stories = [.. disk.Stories()];
        var there = await db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM stories WHERE id = ANY ({stories}) AND withdrawn_at IS NULL").ToListAsync(ct);
        foreach (var gone in stories.Except(there))
            disk.ForgetStory(gone);
        // Lists may name what was killed meanwhile, and cost no more than their printing.
        if (await db.Database.SqlQuery<DateTimeOffset?>($"SELECT max(killed_at) AS \"Value\" FROM stories WHERE killed_at IS NOT NULL").SingleAsync(ct) is { } killed)
            disk.ForgetBefore(killed);
    }

    /// <summary>Between two calls the clock went on by more than the time that passed: it was put forward.</summary>
    private void NoteLeap(DateTimeOffset now)
    {
        var ticks = clock.GetTimestamp();
        if (lastTick.Ticks != 0 && now - lastTick.At > clock.GetElapsedTime(lastTick.Ticks, ticks) + Patience)
            LastLeap = (lastTick.At, now);
        lastTick = (now, ticks);
    }

    /// <summary>
    /// The keys told since the last look. A transaction that was under way then may have been committed since, so all are read from the
    /// oldest that was; those known already are passed over.
    /// </summary>
    private async Task<HashSet<string>> ReadAsync(NewsroomDb db, CancellationToken ct)
    {
        // One statement, so that the horizon and the rows are of the same snapshot.
        var rows = await db.Database.SqlQuery<Told>($"""
            SELECT horizon AS "Horizon", place AS "Place", changes.tx::text AS "Tx", changes.key AS "Key"
            FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, pg_current_wal_lsn()::text AS place) AS present
            LEFT JOIN changes ON changes.tx >= coalesce({horizon}, horizon)::xid8
            """).ToListAsync(ct);

        var isFirst = horizon is null;
        var told = rows.Where(row => row.Tx is not null).ToList();
        HashSet<string> news = [.. told.Where(row => !seen.Contains(row.Tx!)).Select(row => row.Key!)];
        horizon = rows[0].Horizon;
        seen = [.. told.Select(row => row.Tx!)];
        if (isFirst || news.Count > 0)
            replica.HasToHave(rows[0].Place);
        return news;
    }

    private async Task LearnMomentsAsync(NewsroomDb db, CancellationToken ct)
    {
        moments = await db.Database.SqlQuery<Moment>($"""SELECT at AS "At", keys AS "Keys" FROM moments_after({rungUntil}) UNION ALL SELECT at, keys FROM moments_of_fronts_after({rungUntil})""").OrderBy(moment => moment.At).ToListAsync(ct);
        momentsAreKnown = true;
    }

    /// <summary>What has come due is told like any other change; then the alarm is set for the next.</summary>
    private void RingDue()
    {
        var now = clock.GetUtcNow();
        // Before anybody is told, and asks why it is late.
        NoteLeap(now);
        rungUntil = now;
        var due = moments.TakeWhile(moment => moment.At <= now).ToList();
        if (due.Count > 0)
        {
            Change(due.SelectMany(moment => moment.Keys).ToHashSet());
            StoriesChanged?.Invoke();
            moments = [.. moments.Skip(due.Count)];
            momentsAreKnown = moments.Count > 0;
        }

        alarm ??= clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (moments.Count > 0)
            alarm.Change(Least(moments[0].At - now, TimeSpan.FromHours(1)), Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        // Not by way of the database, which may be busy or away just then.
        if (turn.Wait(0))
        {
            try
            {
                RingDue();
            }
            catch (Exception problem)
            {
                // Nobody above a timer catches what it throws, and the next look rings again.
                log.LogError(problem, "What came due could not be told");
            }
            finally
            {
                turn.Release();
            }
        }

        news.Ring();
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < TimeSpan.Zero ? TimeSpan.Zero : one < other ? one : other;

    private async Task ClearAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        clearedAt = now;
        await db.Database.ExecuteSqlAsync($"DELETE FROM changes WHERE at < clock_timestamp() - {Forgotten}", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM nodes WHERE seen_at < clock_timestamp() - interval '1 day'", ct);
    }

    private sealed record Told(string Horizon, string Place, string? Tx, string? Key);

    private sealed record Moment(DateTimeOffset At, string[] Keys);
}
