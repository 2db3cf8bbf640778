using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>The picker's search over the whole own archive, as the editor types: every state, newest first, headline matches before others.</summary>
public static class StoryFinder
{
    private const int Shown = 12;

    public static async Task<IReadOnlyList<StoryHit>> FindAsync(NewsroomDb db, string words, int notThis, DateTimeOffset now, CancellationToken ct)
    {
        var stories = words.Trim().Length == 0 ? db.Stories : StoryListing.WithWords(db, words);
        var ids = await stories.Where(s => s.Id != notThis && s.Draft.Headline != "")
            .OrderByDescending(s => s.PublishAt ?? s.SavedAt).ThenByDescending(s => s.Id)
            .Select(s => s.Id).Take(Shown * 4).ToArrayAsync(ct);
        var hits = await LinkReports.HitsAsync(db, ids, now, ct);

        var asked = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. ids.Where(hits.ContainsKey).Select(id => hits[id])
                .OrderByDescending(hit => asked.Count(word => hit.Headline.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .ThenByDescending(hit => hit.Date)
                .Take(Shown),
        ];
    }
}
