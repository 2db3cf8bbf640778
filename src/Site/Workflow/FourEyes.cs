using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>
/// Where the paper's settings ask for it, somebody else than who wrote the newest text publishes it, or has called this very text ready, or a chief
/// editor has let it through with a reason.
/// </summary>
public static class FourEyes
{
    /// <summary>Why this person may not publish the story's newest text; null when they may.</summary>
    public static async Task<Missing?> WhyNotAsync(NewsroomDb db, Story story, int publisher, CancellationToken ct)
    {
        if (story.SavedById != publisher || !(await db.SettingsAsync(ct)).FourEyes)
            return null;

        return await IsReadyAsync(db, story, publisher, ct) || await IsWaivedAsync(db, story, ct)
            ? null
            : new("four-eyes", "A second pair of eyes is needed: the newest text is yours, so somebody else publishes it or marks it ready first.");
    }

    /// <summary>Written down with the rest of the story's way, so that it can be read who gave a text to readers.</summary>
    public static StoryStep Published(Story story, int publisher, DateTimeOffset at) => new()
    {
        StoryId = story.Id,
        Kind = StepKind.Published,
        ById = publisher,
        At = at,
        RevisionNumber = story.RevisionNumber,
    };

    /// <summary>By its words, not its number: what was changed and changed back has been seen.</summary>
    private static async Task<bool> IsReadyAsync(NewsroomDb db, Story story, int publisher, CancellationToken ct)
    {
        var seen = await db.StoryProgress.Where(p => p.StoryId == story.Id && p.Stage == Stage.Ready && p.MovedById != publisher)
            .Join(db.Revisions, p => new { p.StoryId, Number = p.Revision }, r => new { r.StoryId, r.Number }, (_, r) => r).AsNoTracking().SingleOrDefaultAsync(ct);
        return seen?.Text.SaysTheSameAs(story.Draft) == true;
    }

    private static Task<bool> IsWaivedAsync(NewsroomDb db, Story story, CancellationToken ct) =>
        db.StorySteps.AnyAsync(step => step.StoryId == story.Id && step.Kind == StepKind.SecondEyesWaived && step.RevisionNumber == story.RevisionNumber, ct);
}
