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
    /// <inheritdoc cref="WordedLines.Key"/>
    public static string Key(string headline) => WordedLines.Key(headline);

    /// <summary>The headlines that lines of a copy name their stories by, as <see cref="Key"/> makes them.</summary>
    public static IEnumerable<string> HeadlinesMeantIn(CopyText copy) => WordedLines.KeysIn(copy);

    /// <summary>
    /// Two saves at one moment, one waiting for the headline that the other brings, must not miss each other: saves take turns.
    /// Call it first in the transaction.
    /// </summary>
    public static Task TakeTurnAsync(NewsroomDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(1042)", ct);

    /// <summary>Writes the links of the revision just saved, and ties whatever waited for its headline.</summary>
    public static async Task TieAsync(NewsroomDb db, Story story, CopyText copy, CancellationToken ct)
    {
        var earlier = await db.ReadMoreLinks.Where(l => l.FromId == story.Id).ToListAsync(ct);
        var tied = await ResolveAsync(db, story.Id, copy, earlier, story.SavedAt, ct);

        db.ReadMoreLinks.RemoveRange(earlier.Where(l => l.RevisionNumber != story.PublishedNumber));
        db.ReadMoreLinks.AddRange(tied.Select(line => line.AsLink(story)));
        await db.SaveChangesAsync(ct);

        if (Key(story.Draft.Headline) is { Length: > 0 } key)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO known_headlines (story_id, headline) VALUES ({story.Id}, {key}) ON CONFLICT DO NOTHING", ct);
            await WordedLines.TieAgainAsync(db, [key], story.SavedAt, ct);
        }
    }

    /// <summary>Lets go of a headline that a story never had but while it was being typed.</summary>
    /// <param name="meant">The headlines it has, or had.</param>
    public static async Task ForgetHeadlineAsync(NewsroomDb db, int storyId, string headline, IEnumerable<string> meant, DateTimeOffset now, CancellationToken ct)
    {
        var key = Key(headline);
        if (key.Length == 0 || meant.Any(other => Key(other) == key))
            return;

        await db.KnownHeadlines.Where(known => known.StoryId == storyId && known.Headline == key).ExecuteDeleteAsync(ct);
        await WordedLines.TieAgainAsync(db, [key], now, ct);
    }

    /// <summary>After a story has come to readers or gone from them: the lines in plain words that mean it, or another of its headline.</summary>
    public static async Task LookAgainAsync(NewsroomDb db, int storyId, DateTimeOffset now, CancellationToken ct) =>
        await LookAgainAsync(db, await KnownHeadlinesOfAsync(db, storyId, ct), now, ct);

    public static Task LookAgainAsync(NewsroomDb db, string[] headlines, DateTimeOffset now, CancellationToken ct) =>
        WordedLines.TieAgainAsync(db, headlines, now, ct);

    public static Task<string[]> KnownHeadlinesOfAsync(NewsroomDb db, int storyId, CancellationToken ct) =>
        db.KnownHeadlines.Where(known => known.StoryId == storyId).Select(known => known.Headline).ToArrayAsync(ct);

    /// <summary>What each line and inline link of a copy leads to, saved or not.</summary>
    /// <param name="earlier">The links of the story's saved revisions: a pin remembers the headline it was set under.</param>
    public static async Task<IReadOnlyList<TiedLine>> ResolveAsync(
        NewsroomDb db, int storyId, CopyText copy, IReadOnlyList<ReadMoreLink> earlier, DateTimeOffset now, CancellationToken ct)
    {
        var idByHeadline = (await WordedLines.FindAsync(db, new Dictionary<int, CopyText> { [storyId] = copy }, now, ct))[storyId];
        int[] named = [.. NamedStories.In(copy)];
        var headlines = await db.PresentHeadlinesOf().Where(h => named.Contains(h.StoryId) && h.StoryId != storyId).ToDictionaryAsync(h => h.StoryId, h => h.Headline, ct);
        return Resolve(copy, earlier, idByHeadline, headlines);
    }

    /// <summary>Writes the links of stories that have none yet, all in a few questions.</summary>
    /// <param name="stories">Each with its newest copy.</param>
    public static async Task TieNewAsync(NewsroomDb db, IReadOnlyDictionary<Story, CopyText> stories, DateTimeOffset now, CancellationToken ct)
    {
        var idsByHeadline = await WordedLines.FindAsync(db, stories.ToDictionary(one => one.Key.Id, one => one.Value), now, ct);
        int[] named = [.. stories.Values.SelectMany(NamedStories.In).Distinct()];
        var headlines = await db.PresentHeadlinesOf().Where(h => named.Contains(h.StoryId)).ToDictionaryAsync(h => h.StoryId, h => h.Headline, ct);
        foreach (var (story, copy) in stories)
        {
            var others = NamedStories.In(copy).Where(id => id != story.Id && headlines.ContainsKey(id)).Distinct().ToDictionary(id => id, id => headlines[id]);
            db.ReadMoreLinks.AddRange(Resolve(copy, [], idsByHeadline[story.Id], others).Select(line => line.AsLink(story)));
        }

        await db.SaveChangesAsync(ct);
    }

    private static List<TiedLine> Resolve(CopyText copy, IReadOnlyList<ReadMoreLink> earlier, Dictionary<string, int> idByHeadline, Dictionary<int, string> headlines)
    {
        List<TiedLine> tied = [];
        foreach (var line in copy.Blocks.SelectMany(block => block.Lines))
        {
            if (line.Target is ReadMoreTarget.Story target && headlines.TryGetValue(target.Id, out var headline))
                tied.Add(new(line.Position, target.Id) { PinnedWording = target.PinnedWording, HeadlineWhenPinned = WhenPinned(earlier, target, headline) });
            else if (line.Target is ReadMoreTarget.Pending pending && Key(pending.Headline) is { Length: > 0 } key)
                tied.Add(new(line.Position, idByHeadline.TryGetValue(key, out var id) ? id : null) { Headline = key, WrittenHeadline = pending.Headline, Before = earlier.FirstOrDefault(l => l.Headline == key) });
        }

        tied.AddRange(copy.InlineLinks
            .Where(link => headlines.ContainsKey(link.StoryId))
            .DistinctBy(link => link.StoryId)
            .Select((link, number) => new TiedLine(-1 - number, link.StoryId)));
        return tied;
    }

    /// <summary>The live stories that a copy leads to, for readers and for the preview.</summary>
    public static async Task<ReadMoreCards> CardsForAsync(NewsroomDb db, int storyId, CopyText copy, DateTimeOffset now, CancellationToken ct) =>
        (await CardsForAsync(db, new Dictionary<int, CopyText> { [storyId] = copy }, now, ct))[storyId];

    /// <summary>The same for many copies, by their stories' ids, in as few questions as for one.</summary>
    public static async Task<Dictionary<int, ReadMoreCards>> CardsForAsync(
        NewsroomDb db, IReadOnlyDictionary<int, CopyText> copies, DateTimeOffset now, CancellationToken ct)
    {
        var named = await NamedStories.FindAsync(db, copies, now, ct);
        await using var answers = await db.AskAsync(ct, named.Live(now));
        return await named.CardsAsync(db, await answers.AllAsync(BriefRows.Read), now, ct);
    }

    private static string? WhenPinned(IReadOnlyList<ReadMoreLink> earlier, ReadMoreTarget.Story target, string headline)
    {
        if (target.PinnedWording is null)
            return null;

        var pin = earlier.FirstOrDefault(l => l.ToId == target.Id && l.PinnedWording == target.PinnedWording);
        return pin?.HeadlineWhenPinned ?? headline;
    }
}

/// <summary>One line of a copy and the story it leads to, if any; negative positions are inline links.</summary>
public sealed record TiedLine(int Position, int? ToId)
{
    public string? Headline { get; init; }
    public string? WrittenHeadline { get; init; }
    public string? PinnedWording { get; init; }
    public string? HeadlineWhenPinned { get; init; }

    /// <summary>The line in the same words that the story had before: it has been waiting since then.</summary>
    public ReadMoreLink? Before { get; init; }

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
        WaitingSince = Before?.WaitingSince ?? from.SavedAt,
        LetWaitAt = Before?.LetWaitAt,
    };
}
