using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>What an editor is told about one READ MORE line or inline link.</summary>
/// <param name="Label">The block's label; null for an inline link.</param>
/// <param name="Target">The story it is tied to, in whatever state.</param>
/// <param name="Outside">The address of an outside page.</param>
/// <param name="Problem">A sentence when the line can lead nowhere as it is written.</param>
/// <param name="Nearest">For a pending line: stories with a headline much like it.</param>
/// <param name="DriftedFrom">The headline the target had when its wording was pinned, once that has changed.</param>
public sealed record LinkReport(string? Label, ReadMoreLine? Line, string Words, StoryHit? Target, string? Outside, string? Problem,
    IReadOnlyList<StoryHit> Nearest, string? DriftedFrom)
{
    public bool IsPending => Target is null && Outside is null && Problem is null;
}

/// <summary>A story as the newsroom finds it, in whatever state.</summary>
public sealed record StoryHit(int Id, string Headline, string Section, StoryState State, DateTimeOffset Date)
{
    public bool IsKilled { get; init; }
    public bool HasActiveProceedings { get; init; }
}

public static class LinkReports
{
    private const int NearestShown = 5;

    public static async Task<IReadOnlyList<LinkReport>> ForAsync(
        NewsroomDb db, int storyId, CopyText copy, IReadOnlyList<TiedLine> tied, DateTimeOffset now, CancellationToken ct)
    {
        var targets = await HitsAsync(db, [.. tied.Select(t => t.ToId).OfType<int>().Distinct()], now, ct);
        List<LinkReport> reports = [];
        foreach (var block in copy.Blocks)
        {
            foreach (var line in block.Lines)
                reports.Add(await ReportAsync(db, storyId, block.Label, line, tied.FirstOrDefault(t => t.Position == line.Position), targets, now, ct));
        }

        reports.AddRange(copy.InlineLinks.DistinctBy(link => link.StoryId).Select(link => new LinkReport(null, null, link.Words,
            targets.GetValueOrDefault(link.StoryId), null, targets.ContainsKey(link.StoryId) ? null : NoSuchStory(storyId, link.StoryId), [], null)));
        return reports;
    }

    public static async Task<Dictionary<int, StoryHit>> HitsAsync(NewsroomDb db, int[] ids, DateTimeOffset now, CancellationToken ct)
    {
        var stories = await (
            from story in db.Stories
            where ids.Contains(story.Id)
            join present in db.PresentHeadlinesOf() on story.Id equals present.StoryId
            select new
            {
                story.Id,
                present.Headline,
                Section = db.Sections.Where(section => section.Id == story.Draft.SectionId).Select(section => section.Name).FirstOrDefault(),
                story.PublishedNumber,
                story.PublishAt,
                story.WithdrawnAt,
                story.SavedAt,
                story.KilledAt,
                story.HasActiveProceedings,
            }).ToListAsync(ct);
        return stories.ToDictionary(s => s.Id, s => new StoryHit(
            s.Id, s.Headline, s.Section ?? "", StoryStates.Of(s.PublishedNumber, s.PublishAt, s.WithdrawnAt, now), s.PublishAt ?? s.SavedAt)
        {
            IsKilled = s.KilledAt is not null,
            HasActiveProceedings = s.HasActiveProceedings,
        });
    }

    private static async Task<LinkReport> ReportAsync(NewsroomDb db, int storyId, string label, ReadMoreLine line, TiedLine? tied,
        Dictionary<int, StoryHit> targets, DateTimeOffset now, CancellationToken ct)
    {
        var target = tied?.ToId is { } id ? targets.GetValueOrDefault(id) : null;
        return line.Target switch
        {
            ReadMoreTarget.Outside outside => new(label, line, outside.Words, null, outside.Address, null, [], null),
            ReadMoreTarget.Unusable unusable => new(label, line, line.Written, null, null, unusable.Problem, [], null),
            ReadMoreTarget.Story story when target is null => new(label, line, line.Written, null, null, NoSuchStory(storyId, story.Id), [], null),
            ReadMoreTarget.Story story => new(label, line, story.PinnedWording ?? target!.Headline, target, null, null, [], DriftOf(tied!, target!)),
            ReadMoreTarget.Pending pending => new(label, line, pending.Headline, target, null, null,
                target is null ? await NearestAsync(db, storyId, pending.Headline, now, ct) : [], null),
            _ => throw new InvalidOperationException($"A READ MORE target of a kind nobody knows: {line.Target}"),
        };
    }

    private static string NoSuchStory(int storyId, int id) =>
        id == storyId ? "This is the story itself; a story never offers itself." : $"There is no story {id}.";

    private static string? DriftOf(TiedLine tied, StoryHit target) =>
        tied.HeadlineWhenPinned is { } then && Headlines.Normalise(then) != Headlines.Normalise(target.Headline) ? then : null;

    internal static async Task<IReadOnlyList<StoryHit>> NearestAsync(NewsroomDb db, int storyId, string headline, DateTimeOffset now, CancellationToken ct)
    {
        var key = ReadMoreLinks.Key(headline);
        var ids = await db.KnownHeadlines
            .Where(known => known.StoryId != storyId && EF.Functions.TrigramsAreSimilar(known.Headline, key))
            .OrderByDescending(known => EF.Functions.TrigramsSimilarity(known.Headline, key))
            .Select(known => known.StoryId).Take(NearestShown * 2).ToListAsync(ct);
        var hits = await HitsAsync(db, [.. ids], now, ct);
        return [.. ids.Distinct().Where(hits.ContainsKey).Take(NearestShown).Select(id => hits[id])];
    }
}
