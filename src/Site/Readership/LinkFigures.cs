using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Readership;

/// <summary>How often the links of one story were followed in the last 28 days, beside what is usual in the paper.</summary>
public sealed class LinkFigures
{
    public const int Days = 28;

    /// <summary>With fewer reads a share says nothing; with fewer links nothing is usual.</summary>
    public const int FewestReads = 50, FewestLinks = 5;

    // What is usual is what is usual now, and is asked at each pause in typing.
    private const int StoriesLookedAt = 300;

    private readonly int reads;
    private readonly double? usual;
    private readonly Dictionary<(int Block, int ToId), int> follows;

    private LinkFigures(int reads, Dictionary<(int Block, int ToId), int> follows, double? usual) =>
        (this.reads, this.follows, this.usual) = (reads, follows, usual);

    public static async Task<LinkFigures> OfAsync(NewsroomDb db, int storyId, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        var first = today.AddDays(1 - Days);
        var reads = await db.StoryReads.Where(r => r.StoryId == storyId && r.Day >= first).SumAsync(r => r.Reads, ct);
        if (reads == 0)
            return new(0, [], null);

        var follows = await db.StoryFollows.Where(f => f.FromId == storyId && f.Day >= first)
            .GroupBy(f => new { f.Block, f.ToId })
            .Select(sum => new { sum.Key.Block, sum.Key.ToId, Follows = sum.Sum(f => f.Follows) })
            .ToDictionaryAsync(f => (f.Block, f.ToId), f => f.Follows, ct);
        return new(reads, follows, await UsualAsync(db, first, now, ct));
    }

    /// <summary>A sentence for the editor on one link of the copy; null while the story has not been read.</summary>
    public string? On(CopyText copy, ReadMoreLine line, int toId)
    {
        if (reads == 0)
            return null;

        var followed = Followed(copy, line, toId);
        var times = string.Create(CultureInfo.InvariantCulture, $"{Times(followed)} in {Count(reads, "read", "reads")} of the last {Days} days");
        if (reads < FewestReads)
            return $"{times}: too few to tell.";

        return usual is { } share
            ? $"{times}: {Percent((double)followed / reads)}; usual for a link here is {Percent(share)}."
            : $"{times}: {Percent((double)followed / reads)}. What is usual here cannot be told yet.";
    }

    /// <summary>Blocks move when copy is rewritten; only where a story is offered twice does it matter in which.</summary>
    private int Followed(CopyText copy, ReadMoreLine line, int toId)
    {
        var block = copy.Blocks.Index().First(b => b.Item.Lines.Contains(line)).Index;
        var elsewhere = follows.Where(f => f.Key.ToId == toId && f.Key.Block >= 0).ToList();
        var isTwice = copy.Blocks.SelectMany(b => b.Lines).Count(other => other.Target == line.Target) > 1;
        return isTwice ? follows.GetValueOrDefault((block, toId)) : elsewhere.Sum(f => f.Value);
    }

    /// <summary>
    /// The median over READ MORE lines that readers see, followed or never, in the newest stories that were read often enough.
    /// </summary>
    private static async Task<double?> UsualAsync(NewsroomDb db, DateOnly first, DateTimeOffset now, CancellationToken ct)
    {
        var newest = await db.Stories.Live(now).NewestFirst().Take(StoriesLookedAt).Select(s => s.Id).ToListAsync(ct);
        var reads = await db.StoryReads.Where(r => newest.Contains(r.StoryId) && r.Day >= first)
            .GroupBy(r => r.StoryId).Select(sum => new { sum.Key, Reads = sum.Sum(r => r.Reads) })
            .Where(sum => sum.Reads >= FewestReads).ToDictionaryAsync(sum => sum.Key, sum => sum.Reads, ct);
        var lines = await (
            from link in db.ReadMoreLinks
            where reads.Keys.Contains(link.FromId) && link.Position >= 0
            join story in db.Stories on new { Id = link.FromId, Number = (int?)link.RevisionNumber } equals new { story.Id, Number = story.PublishedNumber }
            join target in db.Stories.Live(now) on link.ToId equals target.Id
            select new { link.FromId, ToId = target.Id }).Distinct().ToListAsync(ct);
        if (lines.Count < FewestLinks)
            return null;

        var follows = await db.StoryFollows.Where(f => reads.Keys.Contains(f.FromId) && f.Day >= first && f.Block >= 0)
            .GroupBy(f => new { f.FromId, f.ToId }).Select(sum => new { sum.Key.FromId, sum.Key.ToId, Follows = sum.Sum(f => f.Follows) })
            .ToDictionaryAsync(f => new { f.FromId, f.ToId }, f => f.Follows, ct);
        return Median([.. lines.Select(line => (double)follows.GetValueOrDefault(line) / reads[line.FromId])]);
    }

    private static double Median(double[] shares)
    {
        Array.Sort(shares);
        var middle = shares.Length / 2;
        return shares.Length % 2 == 1 ? shares[middle] : (shares[middle - 1] + shares[middle]) / 2;
    }

    private static string Times(int count) => count switch
    {
        0 => "Never followed",
        1 => "Followed once",
        2 => "Followed twice",
        _ => $"Followed {Count(count, "time", "times")}",
    };

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} %");
}
