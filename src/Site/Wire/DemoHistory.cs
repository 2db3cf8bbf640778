using LondonDefender.Data;
using LondonDefender.ReadMore;
using LondonDefender.Stories;
using LondonDefender.Stories.Corrections;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace LondonDefender.Wire;

/// <summary>What became of the demo edition's stories after they appeared: changes and corrections, made by the desks as of their moments.</summary>
internal sealed class DemoHistory(IDbContextFactory<NewsroomDb> newsroom, TimeSpan shift)
{
    public async Task LiveThroughAsync(IReadOnlyList<DemoChange> changes, IReadOnlyList<DemoCorrection> corrections, CancellationToken ct)
    {
        foreach (var change in changes.OrderBy(change => change.At))
            await ChangeAsync(change, ct);
        foreach (var correction in corrections.OrderBy(correction => correction.At))
            await CorrectAsync(correction, ct);
    }

    /// <summary>A first start that was killed half way finds what it did: nothing is changed twice.</summary>
    private async Task ChangeAsync(DemoChange change, CancellationToken ct)
    {
        var desk = new StoryDesk(newsroom, At(change.At), NullLogger<StoryDesk>.Instance);
        var story = await FindAsync(change.Story, ct);
        await desk.SaveAsync(story.Id, story.RevisionNumber, change.AppliedTo(story.Draft), null, ct);

        var saved = await FindAsync(change.Story, ct);
        if (saved.HasUnpublishedChanges)
            await desk.PublishAsync(saved.Id, saved.RevisionNumber, isSubstantive: change.Substantive, reason: change.Reason, ct: ct);
    }

    private async Task CorrectAsync(DemoCorrection correction, CancellationToken ct)
    {
        var desk = new CorrectionDesk(newsroom, At(correction.At), NullLogger<CorrectionDesk>.Instance);
        var story = await FindAsync(correction.Story, ct);
        await desk.AddAsync(story.Id, new(correction.Kind, correction.Placement, correction.Words), null, ct);
    }

    private async Task<Story> FindAsync(string headline, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var key = ReadMoreLinks.Key(headline);
        return await db.Stories.AsNoTracking().SingleAsync(s => db.KnownHeadlines.Any(h => h.StoryId == s.Id && h.Headline == key), ct);
    }

    private StoppedClock At(DateTimeOffset moment) => new((moment + shift).ToUniversalTime());

    private sealed class StoppedClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}

/// <summary>A story's text changed by finding and replacing words, as edition.yaml tells it.</summary>
internal sealed class DemoChange
{
    public string Story { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public bool Substantive { get; set; }
    public string Reason { get; set; } = "";
    public string? Standfirst { get; set; }
    public List<Replacement> Text { get; set; } = [];

    public StoryText AppliedTo(StoryText text) => text with
    {
        Standfirst = Standfirst ?? text.Standfirst,
        Copy = Text.Aggregate(text.Copy, (copy, words) => copy.Replace(words.Was, words.Now, StringComparison.Ordinal)),
    };

    internal sealed class Replacement
    {
        public string Was { get; set; } = "";
        public string Now { get; set; } = "";
    }
}

internal sealed class DemoCorrection
{
    public string Story { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public CorrectionKind Kind { get; set; }
    public CorrectionPlacement Placement { get; set; }
    public string Words { get; set; } = "";
}
