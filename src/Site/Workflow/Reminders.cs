using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>Tells what the clock brings: a story due soon, late, or out. Each is told once, whichever node notices it first.</summary>
public sealed class Reminders(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<Reminders> log) : BackgroundService
{
    public static readonly TimeSpan Soon = TimeSpan.FromHours(1);

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(20), NotOlderThan = TimeSpan.FromDays(1);

    /// <returns>How many were told.</returns>
    public async Task<int> TellAsync(CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        return await OfDueAsync(db, NoticeKind.DueSoon, now, now + Soon, now, ct)
            + await OfDueAsync(db, NoticeKind.Late, now - NotOlderThan, now, now, ct)
            + await OfPublishedAsync(db, now, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogDebug("Nobody was reminded: {Problem}", problem.Message);
            }

            await Task.Delay(Each, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task<int> OfDueAsync(NewsroomDb db, NoticeKind kind, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO notices (person_id, story_id, kind, at, mail_due_at, mail_tries, once)
        SELECT coalesce(assignee_id, owner_id), stories.id, {kind.ToString()}, {now}, {now}, 0, {kind.ToString()} || ' ' || stories.id || ' ' || due_at::text
        FROM story_progress JOIN stories ON stories.id = story_id
        WHERE due_at > {from} AND due_at <= {to} AND withdrawn_at IS NULL AND coalesce(assignee_id, owner_id) IS NOT NULL
            AND (published_number IS NULL OR (published_number < revision_number AND due_at > publish_at))
            AND NOT (stage = 'Ready' AND revision > coalesce(published_number, 0))
        ON CONFLICT DO NOTHING
        """, ct);

    private static Task<int> OfPublishedAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO notices (person_id, story_id, kind, at, mail_due_at, mail_tries, once)
        SELECT DISTINCT person.id, stories.id, 'Published', {now}, {now}, 0, 'Published ' || stories.id || ' ' || due_at::text
        FROM (SELECT story_id, receipts.due_at FROM receipts WHERE told_at > {now - NotOlderThan} AND deed = 'WentLive') AS told
        JOIN stories ON stories.id = told.story_id
        LEFT JOIN LATERAL (SELECT assignee_id FROM story_progress WHERE story_progress.story_id = stories.id) AS progress ON true
        CROSS JOIN LATERAL (VALUES (owner_id), (progress.assignee_id)) AS person (id)
        WHERE person.id IS NOT NULL AND withdrawn_at IS NULL
            AND person.id IS DISTINCT FROM (SELECT by_id FROM story_steps WHERE story_steps.story_id = stories.id AND story_steps.kind = 'Published' ORDER BY story_steps.id DESC LIMIT 1)
        ON CONFLICT DO NOTHING
        """, ct);
}
