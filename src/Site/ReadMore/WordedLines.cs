using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>Lines that name their story by a headline in plain words: which story each means now, for readers and for the newsroom alike.</summary>
internal static class WordedLines
{
    /// <summary>A longer headline in plain words is waiting for nobody; the index over headlines takes no more.</summary>
    private const int LongestKey = 300;

    /// <summary>What headlines are compared by.</summary>
    public static string Key(string headline) => PlainWords.Cut(Headlines.Normalise(headline), LongestKey);

    public static IEnumerable<string> KeysIn(CopyText copy) =>
        copy.Blocks.SelectMany(block => block.Lines).Select(line => line.Target).OfType<ReadMoreTarget.Pending>()
            .Select(pending => Key(pending.Headline)).Where(key => key.Length > 0).Distinct();

    /// <summary>For each story's copy, the story that each of its worded lines means, by key; a line that still waits is not in it.</summary>
    public static async Task<Dictionary<int, Dictionary<string, int>>> FindAsync(
        NewsroomDb db, IReadOnlyDictionary<int, CopyText> copies, DateTimeOffset now, CancellationToken ct)
    {
        var keys = copies.ToDictionary(copy => copy.Key, copy => KeysIn(copy.Value).ToList());
        string[] wanted = [.. keys.Values.SelectMany(list => list).Distinct()];
        if (wanted.Length == 0)
            return copies.ToDictionary(copy => copy.Key, _ => new Dictionary<string, int>());

        int[] from = [.. copies.Keys];
        var candidates = await CandidatesAsync(db, wanted, ct);
        var ties = await db.ReadMoreLinks.Where(l => from.Contains(l.FromId) && l.Headline != null && l.ToId != null && wanted.Contains(l.Headline))
            .Select(l => new { l.FromId, l.Headline, l.ToId }).Distinct().ToListAsync(ct);

        return keys.ToDictionary(list => list.Key, list => list.Value
            .Select(key => (Key: key, Best: Best(candidates[key], list.Key, ties.FirstOrDefault(t => t.FromId == list.Key && t.Headline == key)?.ToId, now)))
            .Where(found => found.Best is not null)
            .ToDictionary(found => found.Key, found => found.Best!.Value));
    }

    /// <summary>Ties the lines waiting for these headlines anew: a story of that headline has come, gone, or changed its state.</summary>
    public static async Task TieAgainAsync(NewsroomDb db, string[] keys, DateTimeOffset now, CancellationToken ct)
    {
        var lines = await db.ReadMoreLinks.Where(l => l.Headline != null && keys.Contains(l.Headline)).ToListAsync(ct);
        if (lines.Count == 0)
            return;

        var candidates = await CandidatesAsync(db, keys, ct);
        foreach (var line in lines)
            line.ToId = Best(candidates[line.Headline!], line.FromId, line.ToId, now);
        await db.SaveChangesAsync(ct);
    }

    private static async Task<ILookup<string, Candidate>> CandidatesAsync(NewsroomDb db, string[] keys, CancellationToken ct)
    {
        var candidates =
            from known in db.KnownHeadlines
            where keys.Contains(known.Headline)
            join story in db.Stories on known.StoryId equals story.Id
            join present in db.PresentHeadlinesOf() on story.Id equals present.StoryId
            select new Candidate(known.Headline, story.Id, present.Headline, story.PublishedNumber, story.PublishAt, story.WithdrawnAt);
        return (await candidates.ToListAsync(ct)).ToLookup(candidate => candidate.Key);
    }

    /// <summary>
    /// A live story before one that is due, before a draft, before a withdrawn one. Among equals what was tied stays tied; else whose
    /// headline it is now goes before whose it was, and the newest before the others.
    /// </summary>
    private static int? Best(IEnumerable<Candidate> candidates, int from, int? tied, DateTimeOffset now) => candidates
        .Where(candidate => candidate.Id != from)
        .OrderBy(candidate => Rank(StoryStates.Of(candidate.PublishedNumber, candidate.PublishAt, candidate.WithdrawnAt, now)))
        .ThenByDescending(candidate => candidate.Id == tied)
        .ThenByDescending(candidate => Key(candidate.PresentHeadline) == candidate.Key)
        .ThenByDescending(candidate => candidate.PublishAt ?? DateTimeOffset.MinValue)
        .ThenByDescending(candidate => candidate.Id)
        .Select(candidate => (int?)candidate.Id)
        .FirstOrDefault();

    private static int Rank(StoryState state) => state switch
    {
        StoryState.Live => 0,
        StoryState.Due => 1,
        StoryState.Draft => 2,
        StoryState.Withdrawn => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private sealed record Candidate(string Key, int Id, string PresentHeadline, int? PublishedNumber, DateTimeOffset? PublishAt, DateTimeOffset? WithdrawnAt);
}
