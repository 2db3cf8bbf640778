using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>What waits for somebody today.</summary>
public sealed record MyDay
{
    private const int Most = 30, LinesShown = 60;

    public required IReadOnlyList<DayBoard.Row> ToReview { get; init; }

    /// <summary>Late, or due or going out before the day ends.</summary>
    public required IReadOnlyList<DayBoard.Row> Due { get; init; }

    public required IReadOnlyList<Draft> Drafts { get; init; }
    public required IReadOnlyList<Waiting> Comments { get; init; }

    /// <summary>READ MORE lines and links of somebody's stories that lead nowhere: one task, however many they are.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    public sealed record Draft(int Id, string Headline, Stage Stage, DateTimeOffset SavedAt);

    /// <param name="By">Who had the last word.</param>
    public sealed record Waiting(int StoryId, string Headline, string By, string Words, DateTimeOffset At);

    /// <param name="MayMend">A writer's story that is out is mended by its editors.</param>
    /// <param name="IsWithdrawn">Its target was; else it has none yet.</param>
    public sealed record Line(int FromId, string FromHeadline, bool MayMend, string Words, bool IsWithdrawn);

    /// <param name="endOfDay">In the paper's zone.</param>
    public static async Task<MyDay> ReadAsync(NewsroomDb db, ClaimsPrincipal who, DateTimeOffset now, DateTimeOffset endOfDay, CancellationToken ct)
    {
        var person = who.Id();
        var board = await DayBoard.FindAsync(db, now, ct);
        return new()
        {
            ToReview = [.. board.Rows.Where(row => row.IsEditedBy(who) && !row.IsScheduled && row.Stage is Stage.InReview or Stage.Legal && (row.AssigneeId == person || (!row.HasEditor && row.OwnerId != person)))],
            Due = [.. board.Rows.Where(row => row.InHandsOf == person && (row.IsLate(now) || row.Moment(now) < endOfDay))],
            Drafts = await DraftsAsync(db, person, ct),
            Comments = await CommentsAsync(db, person, who.IsEditor(), who.SectionIds(), ct),
            Lines = await LinesAsync(db, person, who.IsEditor(), who.SectionIds(), ct),
        };
    }

    private static async Task<List<Draft>> DraftsAsync(NewsroomDb db, int person, CancellationToken ct) => await (
        from story in db.Stories
        where story.OwnerId == person && story.PublishedNumber == null && story.WithdrawnAt == null
        orderby story.SavedAt descending, story.Id descending
        join progress in db.StoryProgress on story.Id equals progress.StoryId into some
        from progress in some.DefaultIfEmpty()
        select new Draft(story.Id, story.Draft.Headline, progress == null ? Stage.Draft : progress.Stage, story.SavedAt)).Take(Most).ToListAsync(ct);

    /// <summary>Conversations not resolved, of stories they own, have, or talked in, or where they were told of one, whose last word is somebody else's.</summary>
    private static Task<List<Waiting>> CommentsAsync(NewsroomDb db, int person, bool isEditor, int[] sections, CancellationToken ct) => db.Database.SqlQuery<Waiting>($"""
        SELECT stories.id AS "StoryId", draft_headline AS "Headline", coalesce(users.name, 'Somebody') AS "By", last.words AS "Words", last.at AS "At"
        FROM passage_comments AS first
        JOIN stories ON stories.id = first.story_id
        LEFT JOIN story_progress ON story_progress.story_id = stories.id
        JOIN LATERAL (SELECT by_id, words, at FROM passage_comments WHERE id = first.id OR answers_id = first.id ORDER BY id DESC LIMIT 1) AS last ON true
        LEFT JOIN users ON users.id = last.by_id
        WHERE first.resolved_at IS NULL AND first.answers_id IS NULL AND last.by_id IS DISTINCT FROM {person} AND withdrawn_at IS NULL
            AND (({isEditor} AND (cardinality({sections}) = 0 OR (coalesce(draft_section_id = ANY ({sections}), true) AND coalesce(section_id = ANY ({sections}), true))))
                OR (owner_id = {person} AND published_number IS NULL))
            AND (owner_id = {person} OR assignee_id = {person} OR first.by_id = {person}
                OR EXISTS (SELECT FROM passage_comments AS mine WHERE mine.answers_id = first.id AND mine.by_id = {person})
                OR EXISTS (SELECT FROM notices WHERE notices.person_id = {person} AND notices.story_id = stories.id AND notices.kind = 'Commented' AND notices.at = last.at))
        ORDER BY last.at DESC LIMIT {Most}
        """).ToListAsync(ct);

    /// <summary>A withdrawn story with a successor leads on by itself, but for a link in a sentence.</summary>
    private static Task<List<Line>> LinesAsync(NewsroomDb db, int person, bool isEditor, int[] sections, CancellationToken ct) => db.Database.SqlQuery<Line>($"""
        SELECT stories.id AS "FromId", stories.draft_headline AS "FromHeadline",
            stories.published_number IS NULL OR ({isEditor} AND (cardinality({sections}) = 0 OR (coalesce(stories.draft_section_id = ANY ({sections}), true) AND coalesce(stories.section_id = ANY ({sections}), true)))) AS "MayMend",
            coalesce(pinned_wording, target.draft_headline, written_headline, '') AS "Words", target.id IS NOT NULL AS "IsWithdrawn"
        FROM stories
        JOIN read_more_links AS link ON link.from_id = stories.id AND link.revision_number = stories.revision_number
        LEFT JOIN stories AS target ON target.id = link.to_id AND target.withdrawn_at IS NOT NULL AND (target.successor_id IS NULL OR link.position < 0)
        WHERE stories.owner_id = {person} AND stories.withdrawn_at IS NULL AND (target.id IS NOT NULL OR (link.to_id IS NULL AND link.headline IS NOT NULL))
        ORDER BY target.id IS NULL, stories.saved_at DESC, link.position LIMIT {LinesShown}
        """).ToListAsync(ct);
}
