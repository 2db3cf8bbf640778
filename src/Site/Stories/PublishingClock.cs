using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Stories.Publishing;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>
/// Tells of each story that goes live, once, whichever node notices it first. It makes nothing live: that is what <c>Live(now)</c> says,
/// on every node, also while none of them runs.
/// </summary>
public sealed class PublishingClock(ChangeWatch watch, Nodes nodes, Witness witness, IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<PublishingClock> log) : BackgroundService
{
    private static readonly TimeSpan OnTime = TimeSpan.FromSeconds(2), TriesAgain = TimeSpan.FromSeconds(1);

    private readonly Bell news = new();
    private DateTimeOffset? toldUntil;

    /// <summary>Writes down which stories have gone live since the last time, and says so in the log.</summary>
    public async Task<IReadOnlyList<Receipt>> TellAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var receipts = await WriteAsync(db, toldUntil ?? await LastSeenAsync(db, now, ct), now, ct);
        // A transaction that was under way may bring one that was due before; the same is never told twice.
        toldUntil = now - TimeSpan.FromMinutes(1);

        foreach (var receipt in receipts)
        {
            PaperMeters.WentLive.Record(Math.Max(0, receipt.Late.TotalSeconds));
            log.LogInformation("Story {Story} {Receipt}", receipt.StoryId, receipt.InWords);
            if (receipt.WasScheduled)
                witness.See(new(receipt.StoryId, Deed.WentLive, receipt.DueAt));
        }

        return receipts;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        watch.StoriesChanged += news.Ring;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await news.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
                await TellAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                log.LogDebug("Not told yet: {Problem}", problem.Message);
                await Task.Delay(TriesAgain, CancellationToken.None);
                news.Ring();
            }
        }
    }

    /// <summary>Until when some node ran: what came due since then, nobody has told.</summary>
    private async Task<DateTimeOffset> LastSeenAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct) =>
        await db.Database.SqlQuery<DateTimeOffset?>($"""
            SELECT greatest((SELECT max(told_at) FROM receipts), (SELECT max(ran_until) FROM nodes WHERE name <> {nodes.Name})) AS "Value"
            """).SingleAsync(ct) ?? now;

    /// <summary>Of the nodes that notice it, one writes; only that one is given the receipt.</summary>
    private Task<List<Receipt>> WriteAsync(NewsroomDb db, DateTimeOffset since, DateTimeOffset now, CancellationToken ct) => db.Database.SqlQuery<Receipt>($"""
        INSERT INTO receipts (story_id, due_at, told_at, node, by_id, reason, why_late)
        SELECT stories.id, publish_at, {now}, {nodes.Name},
            (SELECT by_id FROM story_steps WHERE story_id = stories.id AND kind = 'Published' ORDER BY id DESC LIMIT 1), revisions.reason, CASE
            WHEN publish_at >= {now - OnTime} THEN NULL
            WHEN publish_at < {nodes.Since} THEN 'No node of the paper was running when it was due.'
            WHEN publish_at BETWEEN {watch.LastAway.From} AND {watch.LastAway.To} THEN 'The database did not answer when it was due.'
            WHEN publish_at BETWEEN {watch.LastLeap.From} AND {watch.LastLeap.To} THEN 'The machine’s clock was put forward, past the moment when it was due.'
            ELSE 'The machine was too busy to notice it at once.' END
        FROM stories JOIN revisions ON revisions.story_id = stories.id AND revisions.number = stories.published_number
        -- Not what was taken in from elsewhere with a moment long gone.
        WHERE withdrawn_at IS NULL AND publish_at > {since} AND publish_at <= {now} AND revisions.saved_at <= publish_at
        ON CONFLICT DO NOTHING
        RETURNING story_id AS "StoryId", due_at AS "DueAt", told_at AS "ToldAt", node AS "Node", why_late AS "WhyLate",
            deed AS "DeedName", NULL::text AS "By", reason AS "Reason", NULL::text AS "SeenAsJson",
            EXISTS (SELECT FROM stories WHERE stories.id = story_id AND saved_at < due_at) AS "WasScheduled"
        """).ToListAsync(ct);
}
