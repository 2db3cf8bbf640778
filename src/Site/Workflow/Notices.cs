using LondonDefender.Data;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>Who is told of what. Nobody is told of what they did themselves, and nobody of one thing twice.</summary>
public static class Notices
{
    public static void Tell(NewsroomDb db, IEnumerable<int?> people, int story, NoticeKind kind, int by, DateTimeOffset at)
    {
        foreach (var person in people.OfType<int>().Where(person => person != by).Distinct())
            db.Add(new Notice { PersonId = person, StoryId = story, Kind = kind, ById = by, At = at, MailDueAt = at });
    }

    /// <summary>Whose story it is and who has it; where nobody of the editors has it, a text to review waits for all of them.</summary>
    public static async Task OfMoveAsync(NewsroomDb db, Story story, StoryProgress progress, Stage to, int by, DateTimeOffset at, CancellationToken ct)
    {
        List<int?> people = [story.OwnerId, progress.AssigneeId];
        if (to == Stage.InReview)
        {
            var editors = await db.Users.Where(p => p.IsActive && p.Role != Role.Writer).Select(p => p.Id).ToListAsync(ct);
            var hasEditor = progress.AssigneeId is { } assignee && editors.Contains(assignee) && assignee != by;
            people = hasEditor ? [progress.AssigneeId] : [.. editors.Select(id => (int?)id)];
        }

        var kind = to switch
        {
            Stage.Draft => NoticeKind.SentBack,
            Stage.InReview => NoticeKind.SentToReview,
            Stage.Legal => NoticeKind.SentToLegal,
            Stage.Ready => NoticeKind.MarkedReady,
            _ => throw new InvalidOperationException($"A stage nobody is told of: {to}"),
        };
        Tell(db, people, story.Id, kind, by, at);
    }

    public static Task<int> ReadAllAsync(NewsroomDb db, int person, DateTimeOffset now, CancellationToken ct) =>
        db.Notices.Where(n => n.PersonId == person && n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct);

    /// <param name="isRead">False where somebody wants to be reminded of it.</param>
    public static Task<int> ReadAsync(NewsroomDb db, int person, int notice, bool isRead, DateTimeOffset now, CancellationToken ct) =>
        db.Notices.Where(n => n.PersonId == person && n.Id == notice).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, isRead ? now : null), ct);

    /// <summary>Whoever opens a story has been told.</summary>
    public static Task<int> ReadAboutAsync(NewsroomDb db, int person, int story, DateTimeOffset now, CancellationToken ct) =>
        db.Notices.Where(n => n.PersonId == person && n.StoryId == story && n.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct);
}
