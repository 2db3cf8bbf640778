using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>
/// Keeps the relation between stories true: ties each line of a copy to the story it means, and lets lines that were waiting for a
/// headline find it.
/// </summary>
public static class ReadMoreLinks
{
    /// <summary>A longer headline in plain words is waiting for nobody; the index over headlines takes no more.</summary>
    private const int LongestKey = 300;

    /// <summary>
    /// Two saves at one moment, one waiting for the headline that the other brings, must not miss each other: saves take turns.
    /// Call it first in the transaction.
    /// </summary>
    public static Task TakeTurnAsync(NewsroomDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(1042)", ct);

    /// <summary>Writes the links of the story's newest revision, and ties whatever waited for its headline. Saves nothing before it is called.</summary>
    public static async Task TieAsync(NewsroomDb db, Story story, CopyText copy, CancellationToken ct)
    {
        var earlier = await db.ReadMoreLinks.Where(l => l.FromId == story.Id).ToListAsync(ct);
        var tied = await ResolveAsync(db, story.Id, copy, earlier, ct);

        db.ReadMoreLinks.RemoveRange(earlier.Where(l => l.RevisionNumber != story.PublishedNumber));
        db.ReadMoreLinks.AddRange(tied.Select(line => line.AsLink(story)));
        await db.SaveChangesAsync(ct);

        await MakeKnownAsync(db, story.Id, Key(story.Draft.Headline), ct);
    }

    /// <summary>What each line and inline link of a copy leads to, saved or not.</summary>
    public static async Task<IReadOnlyList<TiedLine>> ResolveAsync(
        NewsroomDb db, int storyId, CopyText copy, IReadOnlyList<ReadMoreLink> earlier, CancellationToken ct)
    {
        var lines = copy.Blocks.SelectMany(block => block.Lines).ToList();
        var storyByHeadline = await FindByHeadlineAsync(db, storyId, lines, earlier, ct);

        int[] named =
        [
            .. lines.Select(line => line.Target).OfType<ReadMoreTarget.Story>().Select(target => target.Id),
            .. copy.InlineLinks.Select(link => link.StoryId),
        ];
        var headlines = await PresentHeadlinesAsync(db, [.. named, .. storyByHeadline.Values], ct);
        headlines.Remove(storyId);

        List<TiedLine> tied = [];
        foreach (var line in lines)
        {
            if (line.Target is ReadMoreTarget.Story target && headlines.TryGetValue(target.Id, out var headline))
                tied.Add(new(line.Position, target.Id, null, target.PinnedWording, WhenPinned(earlier, target, headline)));
            else if (line.Target is ReadMoreTarget.Pending pending && Key(pending.Headline) is { Length: > 0 } key)
                tied.Add(new(line.Position, storyByHeadline.TryGetValue(key, out var id) ? id : null, key, null, null) { WrittenHeadline = pending.Headline });
        }

        tied.AddRange(copy.InlineLinks
            .Where(link => headlines.ContainsKey(link.StoryId))
            .DistinctBy(link => link.StoryId)
            .Select((link, number) => new TiedLine(-1 - number, link.StoryId, null, null, null)));
        return tied;
    }

    /// <summary>The live stories that a published copy leads to.</summary>
    public static async Task<ReadMoreCards> CardsForAsync(NewsroomDb db, Story story, DateTimeOffset now, CancellationToken ct)
    {
        var links = await db.ReadMoreLinks.AsNoTracking()
            .Where(l => l.FromId == story.Id && l.RevisionNumber == story.PublishedNumber && l.ToId != null)
            .Select(l => new TiedLine(l.Position, l.ToId, l.Headline, l.PinnedWording, null))
            .ToListAsync(ct);
        return await CardsForAsync(db, story.Id, links, now, ct);
    }

    public static async Task<ReadMoreCards> CardsForAsync(
        NewsroomDb db, int storyId, IReadOnlyList<TiedLine> tied, DateTimeOffset now, CancellationToken ct)
    {
        int[] ids = [.. tied.Select(line => line.ToId).OfType<int>().Distinct()];
        if (ids.Length == 0)
            return ReadMoreCards.None;

        var successors = await db.Stories.AsNoTracking()
            .Where(s => ids.Contains(s.Id) && s.WithdrawnAt != null && s.SuccessorId != null && s.SuccessorId != storyId)
            .ToDictionaryAsync(s => s.Id, s => s.SuccessorId!.Value, ct);
        int[] wanted = [.. ids, .. successors.Values];
        var live = await db.Stories.Live(now).Where(s => wanted.Contains(s.Id)).Briefs(db).ToDictionaryAsync(b => b.Id, ct);

        StoryBrief? StoryFor(int id) =>
            live.GetValueOrDefault(id) ?? (successors.TryGetValue(id, out var successor) ? live.GetValueOrDefault(successor) : null);

        Dictionary<int, ReadMoreOffer> offers = [];
        foreach (var line in tied.Where(line => line.Position >= 0 && line.ToId is not null))
        {
            // A successor is offered under its own headline: the pinned words were about another story.
            if (StoryFor(line.ToId!.Value) is { } story)
                offers[line.Position] = new(story.Id == line.ToId && line.PinnedWording is { } words ? words : story.Headline, story.Address, story);
        }

        return new(offers, ids.Where(id => StoryFor(id) is not null).ToDictionary(id => id, id => StoryFor(id)!.Address));
    }

    /// <summary>Lines whose story was thrown away look for another of the same headline.</summary>
    public static Task LookAgainAsync(NewsroomDb db, string[] headlines, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            UPDATE read_more_links AS line SET to_id = (
                SELECT known.story_id FROM known_headlines AS known JOIN stories ON stories.id = known.story_id
                WHERE known.headline = line.headline AND known.story_id <> line.from_id
                ORDER BY stories.publish_at DESC NULLS LAST, stories.id DESC LIMIT 1)
            WHERE line.to_id IS NULL AND line.headline = ANY({headlines})
            """, ct);

    public static string Key(string headline)
    {
        var key = Headlines.Normalise(headline);
        return key.Length <= LongestKey ? key : key[..LongestKey];
    }

    private static async Task<Dictionary<string, int>> FindByHeadlineAsync(
        NewsroomDb db, int storyId, IReadOnlyList<ReadMoreLine> lines, IReadOnlyList<ReadMoreLink> earlier, CancellationToken ct)
    {
        string[] keys =
        [
            .. lines.Select(line => line.Target).OfType<ReadMoreTarget.Pending>()
                .Select(pending => Key(pending.Headline)).Where(key => key.Length > 0).Distinct(),
        ];
        if (keys.Length == 0)
            return [];

        // What was tied stays tied. Otherwise the newest published story of that headline is meant, before any draft.
        var candidates = await db.KnownHeadlines
            .Where(known => keys.Contains(known.Headline) && known.StoryId != storyId)
            .Join(db.Stories, known => known.StoryId, story => story.Id, (known, story) => new { known.Headline, story.Id, story.PublishAt })
            .ToListAsync(ct);

        var found = candidates
            .GroupBy(c => c.Headline)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(c => c.PublishAt.HasValue).ThenByDescending(c => c.PublishAt).ThenByDescending(c => c.Id).First().Id);
        foreach (var link in earlier.Where(l => l.Headline is not null && l.ToId is not null && keys.Contains(l.Headline)))
            found[link.Headline!] = link.ToId!.Value;

        return found;
    }

    /// <summary>The headline each story shows now: the published one, or the draft's while it has none.</summary>
    private static async Task<Dictionary<int, string>> PresentHeadlinesAsync(NewsroomDb db, int[] ids, CancellationToken ct)
    {
        if (ids.Length == 0)
            return [];

        var headlines =
            from story in db.Stories
            where ids.Contains(story.Id)
            join revision in db.Revisions
                on new { story.Id, Number = story.PublishedNumber } equals new { Id = revision.StoryId, Number = (int?)revision.Number } into published
            from revision in published.DefaultIfEmpty()
            select new { story.Id, Headline = revision == null ? story.Draft.Headline : revision.Text.Headline };
        return await headlines.ToDictionaryAsync(s => s.Id, s => s.Headline, ct);
    }

    private static string? WhenPinned(IReadOnlyList<ReadMoreLink> earlier, ReadMoreTarget.Story target, string headline)
    {
        if (target.PinnedWording is null)
            return null;

        var pin = earlier.FirstOrDefault(l => l.ToId == target.Id && l.PinnedWording == target.PinnedWording);
        return pin?.HeadlineWhenPinned ?? headline;
    }

    private static async Task MakeKnownAsync(NewsroomDb db, int storyId, string headline, CancellationToken ct)
    {
        if (headline.Length == 0)
            return;

        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO known_headlines (story_id, headline) VALUES ({storyId}, {headline}) ON CONFLICT DO NOTHING", ct);
        await db.ReadMoreLinks
            .Where(l => l.Headline == headline && l.ToId == null && l.FromId != storyId)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ToId, storyId), ct);
    }
}

/// <summary>One line of a copy and the story it leads to, if any; negative positions are inline links.</summary>
public sealed record TiedLine(int Position, int? ToId, string? Headline, string? PinnedWording, string? HeadlineWhenPinned)
{
    public string? WrittenHeadline { get; init; }

    public ReadMoreLink AsLink(Story from) => new()
    {
        FromId = from.Id,
        RevisionNumber = from.RevisionNumber,
        Position = Position,
        ToId = ToId,
        Headline = Headline,
        WrittenHeadline = WrittenHeadline,
        PinnedWording = PinnedWording,
        HeadlineWhenPinned = HeadlineWhenPinned,
    };
}
