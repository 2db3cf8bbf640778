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
    public static Task<IReadOnlyList<StoryBrief>> NowAsync(NewsroomDb db, PaperClock clock, DateTimeOffset now, int count, CancellationToken ct)
    {
        var today = clock.Day(now);
        var share = Math.Clamp((clock.StartOf(today.AddDays(1)) - now) / TimeSpan.FromDays(1), 0, 1);
        return FindAsync(db, now, count, db.StoryReads.Where(read => read.Day == today || read.Day == today.AddDays(-1))
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

    private static async Task<IReadOnlyList<StoryBrief>> FindAsync(NewsroomDb db, DateTimeOffset now, int count, IQueryable<Counted> counted, CancellationToken ct)
    {
        var ids = await (
            from story in counted
            join live in db.Stories.Live(now) on story.StoryId equals live.Id
            group story.Times by story.StoryId into sum
            where sum.Sum() >= FewestTimes
            orderby sum.Sum() descending, sum.Key descending
            select sum.Key).Take(count).ToListAsync(ct);
        if (ids.Count < Math.Min(FewestStories, count))
            return [];

        var briefs = await db.Stories.Live(now).Where(story => ids.Contains(story.Id)).Briefs(db, now).ToDictionaryAsync(story => story.Id, ct);
        return [.. ids.Where(briefs.ContainsKey).Select(id => briefs[id])];
    }

    private sealed record Counted
    {
        public required int StoryId { get; init; }
        public required double Times { get; init; }
    }
}
