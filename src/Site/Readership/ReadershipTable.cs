using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Readership;

public enum ReadershipSpan
{
    Today = 1,
    Week = 7,
    Month = 28,
}

/// <summary>What readers read and followed, story by story, for the newsroom.</summary>
public sealed record ReadershipTable(IReadOnlyList<ReadershipTable.Row> Rows, ReadershipSpan Span)
{
    public const int Shown = 100;

    /// <param name="FollowedOn">How often readers went on from it by a link of its page.</param>
    /// <param name="CameByLink">How many of its reads came by a link of another story.</param>
    public sealed record Row(int StoryId, string Headline, int Today, int Week, int Month, int FollowedOn, int CameByLink)
    {
        public int Reads(ReadershipSpan span) => span switch
        {
            ReadershipSpan.Today => Today,
            ReadershipSpan.Week => Week,
            ReadershipSpan.Month => Month,
            _ => throw new ArgumentOutOfRangeException(nameof(span)),
        };
    }

    public static async Task<ReadershipTable> OfAsync(NewsroomDb db, ReadershipSpan span, DateOnly today, CancellationToken ct)
    {
        DateOnly first = today.AddDays(1 - (int)span), week = today.AddDays(1 - (int)ReadershipSpan.Week), month = today.AddDays(1 - (int)ReadershipSpan.Month);
        var ids = await db.StoryReads.Where(r => r.Day >= first).GroupBy(r => r.StoryId)
            .OrderByDescending(sum => sum.Sum(r => r.Reads)).ThenByDescending(sum => sum.Key).Select(sum => sum.Key).Take(Shown).ToListAsync(ct);

        var headlines = await db.PresentHeadlinesOf().Where(h => ids.Contains(h.StoryId)).ToDictionaryAsync(h => h.StoryId, h => h.Headline, ct);
        var reads = await db.StoryReads.Where(r => ids.Contains(r.StoryId) && r.Day >= month).GroupBy(r => r.StoryId)
            .Select(sum => new
            {
                sum.Key,
                Today = sum.Sum(r => r.Day >= today ? r.Reads : 0),
                Week = sum.Sum(r => r.Day >= week ? r.Reads : 0),
                Month = sum.Sum(r => r.Reads),
            }).ToDictionaryAsync(sum => sum.Key, ct);
        var on = await db.StoryFollows.Where(f => ids.Contains(f.FromId) && f.Day >= first).GroupBy(f => f.FromId)
            .Select(sum => new { sum.Key, Follows = sum.Sum(f => f.Follows) }).ToDictionaryAsync(sum => sum.Key, sum => sum.Follows, ct);
        var by = await db.StoryFollows.Where(f => ids.Contains(f.ToId) && f.Day >= first).GroupBy(f => f.ToId)
            .Select(sum => new { sum.Key, Follows = sum.Sum(f => f.Follows) }).ToDictionaryAsync(sum => sum.Key, sum => sum.Follows, ct);

        return new([.. ids.Where(id => headlines.ContainsKey(id) && reads.ContainsKey(id)).Select(id => new Row(
            id, headlines[id], reads[id].Today, reads[id].Week, reads[id].Month, on.GetValueOrDefault(id), by.GetValueOrDefault(id)))], span);
    }
}
