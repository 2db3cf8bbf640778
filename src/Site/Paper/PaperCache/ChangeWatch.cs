using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// Hears what has changed, on whichever node, and what changes by itself as time goes by, and has the pages that read it printed anew.
/// The signal only wakes: what has changed stands in the table <c>changes</c>, so nothing is missed while the line is cut.
/// </summary>
public sealed class ChangeWatch(KeptPages kept, Pressroom pressroom, IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<ChangeWatch> log) : BackgroundService
{
    // Looked for without a signal, in case that the line is dead and nobody knows.
    private static readonly TimeSpan LooksAnyway = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private static readonly TimeSpan Clears = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly SemaphoreSlim turn = new(1);
    private HashSet<string> seen = [];
    private string? horizon;
    private DateTimeOffset lookedAt;
    private DateTimeOffset clearedAt;
    private DateTimeOffset rungUntil = clock.GetUtcNow();
    private IReadOnlyList<Moment> moments = [];
    private bool momentsAreKnown;
    private ITimer? alarm;

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
                await CatchUpAsync(stoppingToken);
                await signal.WaitAsync(LooksAnyway, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem) when (DatabaseAway.Explains(problem))
            {
                log.LogDebug("No news of changes: {Problem}", problem.Message);
                await Task.Delay(LooksAnyway, CancellationToken.None);
            }
        }

        await listening;
        if (alarm is not null)
            await alarm.DisposeAsync();
    }

    /// <summary>Holds the line on which the database says that there is something new.</summary>
    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var line = await OpenLineAsync(ct);
                line.Notification += (_, _) => Wake();
                await using (var listen = new NpgsqlCommand("LISTEN paper", line))
                    await listen.ExecuteNonQueryAsync(ct);
                Wake();
                while (true)
                    await line.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (DatabaseAway.Explains(problem))
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

    private void Wake()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var isFirst = horizon is null;
        var wasAwayTooLong = !isFirst && now - lookedAt > Forgotten / 2;
        var found = await ReadAsync(db, ct);
        lookedAt = now;

        if (isFirst || wasAwayTooLong)
            pressroom.Reprint(kept.ChangeEverything());
        else if (found.Count > 0)
            pressroom.Reprint(kept.Change(found));

        if (!momentsAreKnown || wasAwayTooLong || found.Overlaps([PageKey.Stories, PageKey.Pictures, PageKey.Banner]))
            await LearnMomentsAsync(db, ct);
        RingDue();
        if (now - clearedAt > Clears)
            await ClearAsync(db, now, ct);
    }

    /// <summary>
    /// The keys told since the last look. A transaction that was under way then may have been committed since, so all are read from the
    /// oldest that was; those known already are passed over.
    /// </summary>
    private async Task<HashSet<string>> ReadAsync(NewsroomDb db, CancellationToken ct)
    {
        // One statement, so that the horizon and the rows are of the same snapshot.
        var rows = await db.Database.SqlQuery<Told>($"""
            SELECT horizon AS "Horizon", changes.tx::text AS "Tx", changes.key AS "Key"
            FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon) AS present
            LEFT JOIN changes ON changes.tx >= coalesce({horizon}, horizon)::xid8
            """).ToListAsync(ct);

        var told = rows.Where(row => row.Tx is not null).ToList();
        HashSet<string> news = [.. told.Where(row => !seen.Contains(row.Tx!)).Select(row => row.Key!)];
        horizon = rows[0].Horizon;
        seen = [.. told.Select(row => row.Tx!)];
        return news;
    }

    private async Task LearnMomentsAsync(NewsroomDb db, CancellationToken ct)
    {
        moments = await db.Database.SqlQuery<Moment>($"""SELECT at AS "At", keys AS "Keys" FROM moments_after({rungUntil})""").OrderBy(moment => moment.At).ToListAsync(ct);
        momentsAreKnown = true;
    }

    /// <summary>What has come due is told like any other change; then the alarm is set for the next.</summary>
    private void RingDue()
    {
        var now = clock.GetUtcNow();
        rungUntil = now;
        var due = moments.TakeWhile(moment => moment.At <= now).ToList();
        if (due.Count > 0)
        {
            pressroom.Reprint(kept.Change(due.SelectMany(moment => moment.Keys).ToHashSet()));
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

        Wake();
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < TimeSpan.Zero ? TimeSpan.Zero : one < other ? one : other;

    private async Task ClearAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        clearedAt = now;
        await db.Database.ExecuteSqlAsync($"DELETE FROM changes WHERE at < clock_timestamp() - {Forgotten}", ct);
    }

    private sealed record Told(string Horizon, string? Tx, string? Key);

    private sealed record Moment(DateTimeOffset At, string[] Keys);
}
