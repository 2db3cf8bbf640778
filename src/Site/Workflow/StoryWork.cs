using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>How the work on a story stands, as whoever asks may see and change it.</summary>
public sealed record StoryWork
{
    private const int StepsShown = 40;

    public required Story Story { get; init; }
    public required StoryProgress Progress { get; init; }
    public required PaperClock Clock { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required int Person { get; init; }
    public required bool IsEditor { get; init; }
    public required bool IsChiefEditor { get; init; }

    /// <summary>Everybody on the staff; whoever has left only where their name is needed.</summary>
    public required IReadOnlyList<Person> Staff { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<StoryStep> Steps { get; init; }

    /// <summary>Why whoever asks may not publish; null when they may, or when nobody asks for a second pair of eyes.</summary>
    public required Missing? NoSecondEyes { get; init; }

    /// <summary>Changes whenever a comment is made, answered or resolved.</summary>
    public required string CommentStamp { get; init; }

    public Stage Stage => Progress.StageBeyond(Story.PublishedNumber);

    /// <summary>Readers have this very text, or will.</summary>
    public bool IsDone => Story.PublishedNumber == Story.RevisionNumber || Story.WithdrawnAt is not null;

    public bool IsChangedSinceReady => Stage == Stage.Ready && Progress.Revision != Story.RevisionNumber;

    public bool IsLate => Progress.DueAt < Now && !IsDone && Stage != Stage.Ready && !(Story.PublishAt > Progress.DueAt);

    public string? NameOf(int? person) => Staff.FirstOrDefault(p => p.Id == person)?.Name;

    /// <summary>What the note was with which it came back; null when it is on its way again.</summary>
    public StoryStep? SentBackWith => Stage == Stage.Draft && Steps.FirstOrDefault(step => step.Kind is StepKind.SentBack or StepKind.Published) is { Kind: StepKind.SentBack, Words.Length: > 0 } step ? step : null;

    public static async Task<StoryWork> ReadAsync(NewsroomDb db, Story story, ClaimsPrincipal who, DateTimeOffset now, CancellationToken ct) => new()
    {
        Story = story,
        Progress = await db.StoryProgress.AsNoTracking().SingleOrDefaultAsync(p => p.StoryId == story.Id, ct) ?? StoryProgress.Of(story.Id),
        Clock = new((await db.SettingsAsync(ct)).Zone),
        Now = now,
        Person = who.Id(),
        IsEditor = who.IsEditorOf(story),
        IsChiefEditor = who.IsChiefEditor(),
        Staff = await db.Users.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(ct),
        Steps = await db.StorySteps.AsNoTracking().Where(s => s.StoryId == story.Id).OrderByDescending(s => s.Id).Take(StepsShown).ToListAsync(ct),
        NoSecondEyes = who.IsEditorOf(story) && story.PublishedNumber != story.RevisionNumber ? await FourEyes.WhyNotAsync(db, story, who.Id(), ct) : null,
        CommentStamp = await StampAsync(db, story.Id, ct),
    };

    private static async Task<string> StampAsync(NewsroomDb db, int story, CancellationToken ct)
    {
        var comments = await db.PassageComments.Where(c => c.StoryId == story).GroupBy(_ => 1)
            .Select(all => new { Newest = all.Max(c => c.Id), Resolved = all.Count(c => c.ResolvedAt != null) }).SingleOrDefaultAsync(ct);
        return comments is null ? "" : FormattableString.Invariant($"{comments.Newest}-{comments.Resolved}");
    }
}
