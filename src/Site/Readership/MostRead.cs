using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Readership;

/// <summary>What readers read and follow most, of the stories they may see now. A paper with few readers yet has no such list.</summary>
public static class MostRead
{
    /// <summary>Fewer than this say nothing about a story, and fewer stories than this are no list.</summary>
    public const int FewestTimes = 10, FewestStories = 3;

    private const int DaysOfWeek = 7;

    /// <summary>In the last 24 hours: sums are kept by day, so of yesterday's as much as there is left of today.</summary>
    public static async Task<IReadOnlyList<StoryBrief>> NowAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, int count, CancellationToken ct) =>
        await ListAsync(db, now, count, await RankNowAsync(db, clock, now, count, ct), ct);

    internal static Task<List<int>> RankNowAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, int count, CancellationToken ct)
    {
        var today = clock.Day(now);
        var share = Math.Clamp((clock.StartOf(today.AddDays(1)) - now) / TimeSpan.FromDays(1), 0, 1);
        return RankAsync(db, now, count, db.StoryReads.Where(read => read.Day == today || read.Day == today.AddDays(-1))
            .Select(read => new Counted { StoryId = read.StoryId, Times = read.Day == today ? read.Reads : read.Reads * share }), ct);
    }

    /// <summary>Today and the six days before.</summary>
    public static Task<IReadOnlyList<StoryBrief>> ThisWeekAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, int count, CancellationToken ct)
    {
        var first = clock.Day(now).AddDays(1 - DaysOfWeek);
        return FindAsync(db, now, count, db.StoryReads.Where(read => read.Day >= first)
            .Select(read => new Counted { StoryId = read.StoryId, Times = read.Reads }), ct);
    }

    /// <summary>The stories that READ MORE lines and related lists led readers to, today and in the six days before.</summary>
    public static Task<IReadOnlyList<StoryBrief>> FollowedThisWeekAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, int count, CancellationToken ct)
    {
        var first = clock.Day(now).AddDays(1 - DaysOfWeek);
        return FindAsync(db, now, count, db.StoryFollows.Where(follow => follow.Day >= first)
            .Select(follow => new Counted { StoryId = follow.ToId, Times = follow.Follows }), ct);
    }

    /// <summary>The first of a ranking that readers may see now; nothing if they are no list.</summary>
    internal static async Task<IReadOnlyList<StoryBrief>> ListAsync(NewsroomDb db, DateTimeOffset now, int count, IReadOnlyList<int> ranking, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, BriefRows.OfferedOf([.. ranking], now));
        return Listed(ranking, await answers.AllAsync(BriefRows.Read), count);
    }

    /// <param name="live">Those of the ranking that readers may see.</param>
    internal static IReadOnlyList<StoryBrief> Listed(IReadOnlyList<int> ranking, IReadOnlyList<StoryBrief> live, int count)
    {
        List<StoryBrief> listed = [.. ranking.Join(live, id => id, story => story.Id, (_, story) => story).Take(count)];
        return listed.Count < Math.Min(FewestStories, count) ? [] : listed;
    }

    private static async Task<IReadOnlyList<StoryBrief>> FindAsync(NewsroomDb db, DateTimeOffset now, int count, IQueryable<Counted> counted, CancellationToken ct) =>
        await ListAsync(db, now, count, await RankAsync(db, now, count, counted, ct), ct);

    private static Task<List<int>> RankAsync(NewsroomDb db, DateTimeOffset now, int count, IQueryable<Counted> counted, CancellationToken ct) => (
        from story in counted
        join live in db.Stories.OfferedByItself(now) on story.StoryId equals live.Id
        group story.Times by story.StoryId into sum
        where sum.Sum() >= FewestTimes
        orderby sum.Sum() descending, sum.Key descending
        select sum.Key).Take(count).ToListAsync(ct);

    private sealed record Counted
    {
        public required int StoryId { get; init; }
        public required double Times { get; init; }
    }
}

/// <summary>
/// The last 24 hours' list for the front page, which is asked for all the time: the sums are made once a minute, and what of them
/// readers may see is asked at each showing.
/// </summary>
public sealed class MostReadOnFront
{
    /// <summary>How old the sums may be.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    // More than a list shows, so that the next ones move up when some are withdrawn.
    public const int MostListed = 50;

    // A section's container finds its own among them.
    private const int MostKept = 200;

    private Ranking? last;

    public async Task<IReadOnlyList<int>> RankingAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        if (last is not { } ranking || (now - ranking.At).Duration() >= Kept)
            last = ranking = new(now, await MostRead.RankNowAsync(db, clock, now, MostKept, ct));

        return ranking.Ids;
    }

    private sealed record Ranking(DateTimeOffset At, IReadOnlyList<int> Ids);
}
