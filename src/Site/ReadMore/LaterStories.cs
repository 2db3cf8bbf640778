using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>An old story leads on to the new ones: those published after it whose readers are led back to it.</summary>
public static class LaterStories
{
    public const int Shown = 5;

    // Who picks a story by hand does so soon after it: of the stories that followed it, these many are looked at.
    private const int Looked = 300;

    /// <param name="taken">Stories the page's own lines offer already; none is repeated.</param>
    public static async Task<IReadOnlyList<StoryBrief>> ThanAsync(
        NewsroomDb db, int storyId, DateTimeOffset publishAt, IEnumerable<int> taken, DateTimeOffset now, CancellationToken ct)
    {
        int[] notAgain = [.. taken, storyId];
        var newer = db.Stories.Live(now).Where(s => s.PublishAt > publishAt);
        var linking =
            from link in db.ReadMoreLinks
            where link.ToId == storyId
            join story in newer on new { link.FromId, Number = (int?)link.RevisionNumber } equals new { FromId = story.Id, Number = story.PublishedNumber }
            where !notAgain.Contains(story.Id)
            select new { story.Id, story.PublishAt };
        var picking =
            from story in newer.OrderBy(s => s.PublishAt).ThenBy(s => s.Id).Take(Looked)
            join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber } equals new { Id = revision.StoryId, Number = (int?)revision.Number }
            where revision.Text.RelatedIds.Contains(storyId) && !notAgain.Contains(story.Id)
            select new { story.Id, story.PublishAt };

        var found = await linking.Union(picking).OrderByDescending(s => s.PublishAt).ThenByDescending(s => s.Id).Take(Shown).ToListAsync(ct);
        if (found.Count == 0)
            return [];

        int[] ids = [.. found.Select(s => s.Id)];
        return await db.Stories.Live(now).Where(s => ids.Contains(s.Id)).Briefs(db, now).NewestFirst().ToListAsync(ct);
    }
}
