using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

public static class Backlinks
{
    private const int Shown = 50;

    /// <summary>What links here: stories whose working or published copy leads to this one, newest first.</summary>
    public static async Task<IReadOnlyList<StoryHit>> ToAsync(NewsroomDb db, int storyId, DateTimeOffset now, CancellationToken ct)
    {
        var ids = await db.ReadMoreLinks.Where(l => l.ToId == storyId).Select(l => l.FromId).Distinct()
            .OrderByDescending(id => id).Take(Shown).ToArrayAsync(ct);
        var hits = await LinkReports.HitsAsync(db, ids, now, ct);
        return [.. hits.Values.OrderByDescending(hit => hit.Date)];
    }
}
