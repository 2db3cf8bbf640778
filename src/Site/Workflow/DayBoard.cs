using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>
/// What is coming: drafts that were written in or handed on lately, changes on their way, and what waits for its moment. Found by one question,
/// through indexes of what changed lately, so that it costs the same however large the archive is.
/// </summary>
public sealed record DayBoard(IReadOnlyList<DayBoard.Row> Rows, bool HasMore)
{
    private const int Most = 300;

    private static readonly TimeSpan WrittenIn = TimeSpan.FromDays(7), HandedOn = TimeSpan.FromDays(30);

    public sealed record Row
    {
        public required int Id { get; init; }
        public required string Headline { get; init; }
        public string? Section { get; init; }
        public int? SectionId { get; init; }

        /// <summary>Under which readers find it.</summary>
        public int? FiledUnderId { get; init; }
        public int? OwnerId { get; init; }
        public string? Owner { get; init; }
        public int? AssigneeId { get; init; }
        public string? Assignee { get; init; }

        /// <summary>A text to review that nobody of them has waits for all of them.</summary>
        public required bool HasEditor { get; init; }

        public DateTimeOffset? DueAt { get; init; }
        public int? PublishedNumber { get; init; }
        public DateTimeOffset? PublishAt { get; init; }
        public required int RevisionNumber { get; init; }
        public required DateTimeOffset SavedAt { get; init; }
        public required string Stored { get; init; }
        public required int MovedAt { get; init; }
        public required int Version { get; init; }

        public Stage Stage => MovedAt > (PublishedNumber ?? 0) ? Enum.Parse<Stage>(Stored) : Stage.Draft;

        /// <summary>The newest text waits for its moment; nothing is left to do.</summary>
        public bool IsScheduled => PublishedNumber == RevisionNumber;

        public bool IsChangeOfLive(DateTimeOffset now) => PublishedNumber is not null && PublishAt <= now;

        public bool IsChangedSinceReady => Stage == Stage.Ready && MovedAt != RevisionNumber;

        public bool IsEditedBy(ClaimsPrincipal who) => who.IsEditorOf(SectionId) && who.IsEditorOf(FiledUnderId);

        public bool MayBeOpenedBy(ClaimsPrincipal who) => IsEditedBy(who) || (OwnerId == who.Id() && PublishedNumber is null);

        /// <summary>Who is to act.</summary>
        public int? InHandsOf => AssigneeId ?? OwnerId;

        public bool IsLate(DateTimeOffset now) => DueAt < now && !IsScheduled && Stage != Stage.Ready && !(PublishAt >= DueAt);

        /// <summary>By when something happens: it is due, or goes out.</summary>
        public DateTimeOffset? Moment(DateTimeOffset now) => IsScheduled || (PublishAt > now && DueAt is null) ? PublishAt : DueAt;
    }

    public static async Task<DayBoard> FindAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            WITH at_hand AS (
                SELECT id FROM stories WHERE saved_at > {now - WrittenIn}
                UNION SELECT id FROM stories WHERE publish_at > {now} AND published_number IS NOT NULL AND withdrawn_at IS NULL
                UNION SELECT story_id FROM story_progress WHERE changed_at > {now - HandedOn}
                UNION SELECT story_id FROM story_progress WHERE due_at > {now - HandedOn})
            SELECT stories.id AS "Id", draft_headline AS "Headline", sections.name AS "Section", draft_section_id AS "SectionId", section_id AS "FiledUnderId", owner_id AS "OwnerId", owners.name AS "Owner",
                assignee_id AS "AssigneeId", assignees.name AS "Assignee", coalesce(assignees.role <> 'Writer', false) AS "HasEditor", due_at AS "DueAt", published_number AS "PublishedNumber", publish_at AS "PublishAt",
                revision_number AS "RevisionNumber", saved_at AS "SavedAt", coalesce(stage, 'Draft') AS "Stored", coalesce(revision, 0) AS "MovedAt", coalesce(version, 0) AS "Version"
            FROM at_hand JOIN stories USING (id)
            LEFT JOIN story_progress ON story_id = stories.id
            LEFT JOIN sections ON sections.id = draft_section_id
            LEFT JOIN users AS owners ON owners.id = owner_id
            LEFT JOIN users AS assignees ON assignees.id = assignee_id
            WHERE withdrawn_at IS NULL
                AND (published_number IS NULL OR publish_at > {now} OR (published_number < revision_number AND ((revision > published_number AND stage <> 'Draft') OR due_at > publish_at)))
            ORDER BY coalesce(due_at, CASE WHEN publish_at > {now} THEN publish_at END) NULLS LAST, saved_at DESC, stories.id DESC
            LIMIT {Most + 1}
            """).ToListAsync(ct);
        return new([.. rows.Take(Most)], rows.Count > Most);
    }
}
