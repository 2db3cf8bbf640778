using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Readership;

/// <summary>
/// Writes the tally down every five seconds, so a killed process loses less than ten seconds of it, and once more when the paper stops.
/// While the database is away the sums wait in memory.
/// </summary>
public sealed partial class TallyWriter(Tally tally, IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<TallyWriter> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private const int MonthsKept = 13;

    // Each comes from a page whose copy has to be read; few enough to be done well within the time.
    private const int LinksAtOnce = 200;

    // Of the ten seconds a container is given to stop, the last requests take up to seven.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    private readonly SemaphoreSlim turn = new(1);
    private readonly TallySheet unwritten = new();
    private DateOnly cleared;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync();
        }
        catch (OperationCanceledException)
        {
            // The paper stops; StopAsync writes the rest.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Also when the token has run out over readers who would not leave: their reads are in the tally.
        await WriteAsync();
    }

    public async Task WriteAsync()
    {
        await turn.WaitAsync();
        try
        {
            unwritten.Add(tally.Take());
            if (unwritten.IsEmpty)
                return;

            using var patience = new CancellationTokenSource(Longest);
            await WriteSheetAsync(patience.Token);
        }
        catch (Exception problem)
        {
            log.LogWarning("What readers asked for cannot be written down now, and waits in memory: {Problem}", problem.GetBaseException().Message);
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads come first, so that no flood of made-up follows holds them up; what is written leaves the sheet at once.</summary>
    private async Task WriteSheetAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var settings = await db.SettingsAsync(ct);
        var paper = new PaperClock(settings.Zone);
        var now = clock.GetUtcNow();

        await WriteOrThrowAwayAsync(() => WriteReadsAsync(db, Sums(unwritten.Reads.Select(read => (read.Key.Id, read.Key.Quarter, read.Value)), paper), ct));
        PaperMeters.ReadsCounted.Add(unwritten.Reads.Values.Sum());
        unwritten.Reads.Clear();
        await WriteLinksAsync(db, settings, paper, now, ct);
        await ClearAsync(db, paper.Day(now), ct);
    }

    private async Task WriteLinksAsync(NewsroomDb db, PaperSettings settings, PaperClock paper, DateTimeOffset now, CancellationToken ct)
    {
        var searching = new SearchTime(clock);
        for (var isFirst = true; unwritten.Links.Count > 0; isFirst = false)
        {
            var slice = unwritten.Links.Take(LinksAtOnce).ToDictionary();
            try
            {
                var links = await StandingLinks.LookUpAsync(db, slice.Keys, settings, searching, now, ct);
                await WriteOrThrowAwayAsync(() => WriteSliceAsync(db, slice, links, paper, ct));
            }
            catch (Exception problem) when (isFirst && ct.IsCancellationRequested)
            {
                // It had all the time there is, and would hold up everything after it each time.
                log.LogError("{Links} followed links took too long to look up, and are thrown away: {Problem}", slice.Count, problem.GetBaseException().Message);
            }

            foreach (var link in slice.Keys)
                unwritten.Links.Remove(link);
        }
    }

    private static async Task WriteSliceAsync(
        NewsroomDb db, Dictionary<TallySheet.Link, TallySheet.Follows> slice, StandingLinks links, PaperClock paper, CancellationToken ct)
    {
        var unasked = slice.Where(link => link.Value.Unasked > 0 && Stands(link.Key, links)).Select(link => (link.Key.ToId, link.Key.Quarter, link.Value.Unasked));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await WriteReadsAsync(db, Sums(unasked, paper), ct);
        await WriteFollowsAsync(db, Follows(slice, links, paper), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task WriteOrThrowAwayAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (PostgresException problem) when (problem.SqlState.StartsWith("22", StringComparison.Ordinal) || problem.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // Would fail again each time, and hold up all that is counted after it.
            log.LogError(problem, "Some of what readers asked for in the last seconds cannot be written, and is thrown away");
        }
    }

    private static List<StoryReads> Sums(IEnumerable<(int Id, DateTimeOffset Quarter, int Reads)> reads, PaperClock paper) =>
    [
        .. reads.GroupBy(read => (read.Id, Day: paper.Day(read.Quarter)))
            .OrderBy(sum => sum.Key)
            .Select(sum => new StoryReads { StoryId = sum.Key.Id, Day = sum.Key.Day, Reads = sum.Sum(read => read.Reads) }),
    ];

    private static bool Stands(TallySheet.Link link, StandingLinks links) =>
        link.FromId == FollowAddress.NoStory ? links.IsLive(link.ToId) : links.BlockOf(link) is not null;

    private static List<StoryFollows> Follows(Dictionary<TallySheet.Link, TallySheet.Follows> slice, StandingLinks links, PaperClock paper) =>
    [
        .. from link in slice
           where link.Key.FromId != FollowAddress.NoStory
           let block = links.BlockOf(link.Key)
           where block is not null
           group link.Value.Clicks by (link.Key.FromId, Block: block.Value, link.Key.ToId, Day: paper.Day(link.Key.Quarter)) into sum
           orderby sum.Key
           select new StoryFollows { FromId = sum.Key.FromId, Block = sum.Key.Block, ToId = sum.Key.ToId, Day = sum.Key.Day, Follows = sum.Sum() },
    ];

    /// <summary>A story that was spiked meanwhile is left out, and none is deleted while its row is written.</summary>
    private static Task WriteReadsAsync(NewsroomDb db, IReadOnlyList<StoryReads> reads, CancellationToken ct)
    {
        int[] ids = [.. reads.Select(read => read.StoryId)], counts = [.. reads.Select(read => read.Reads)];
        DateOnly[] days = [.. reads.Select(read => read.Day)];
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO story_reads (story_id, day, reads)
            SELECT story.id, sum.day, sum.reads
            FROM unnest({ids}, {days}, {counts}) AS sum (story_id, day, reads) JOIN stories story ON story.id = sum.story_id
            ORDER BY story.id, sum.day
            FOR KEY SHARE OF story
            ON CONFLICT (story_id, day) DO UPDATE SET reads = story_reads.reads + excluded.reads
            """, ct);
    }

    private static Task WriteFollowsAsync(NewsroomDb db, IReadOnlyList<StoryFollows> follows, CancellationToken ct)
    {
        int[] froms = [.. follows.Select(f => f.FromId)], blocks = [.. follows.Select(f => f.Block)], tos = [.. follows.Select(f => f.ToId)];
        int[] counts = [.. follows.Select(f => f.Follows)];
        DateOnly[] days = [.. follows.Select(f => f.Day)];
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO story_follows (from_id, block, to_id, day, follows)
            SELECT source.id, sum.block, target.id, sum.day, sum.follows
            FROM unnest({froms}, {blocks}, {tos}, {days}, {counts}) AS sum (from_id, block, to_id, day, follows)
            JOIN stories source ON source.id = sum.from_id JOIN stories target ON target.id = sum.to_id
            ORDER BY source.id, sum.block, target.id, sum.day
            FOR KEY SHARE OF source, target
            ON CONFLICT (from_id, block, to_id, day) DO UPDATE SET follows = story_follows.follows + excluded.follows
            """, ct);
    }

    private async Task ClearAsync(NewsroomDb db, DateOnly today, CancellationToken ct)
    {
        if (cleared == today)
            return;

        var oldest = today.AddMonths(-MonthsKept);
        await db.StoryReads.Where(read => read.Day < oldest).ExecuteDeleteAsync(ct);
        await db.StoryFollows.Where(follow => follow.Day < oldest).ExecuteDeleteAsync(ct);
        cleared = today;
    }
}
