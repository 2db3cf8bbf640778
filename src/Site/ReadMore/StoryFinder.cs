using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>The picker's search over the whole own archive, as the editor types: every state, headline matches before others, newest first.</summary>
public static class StoryFinder
{
    private const int Shown = 12;

    public static async Task<IReadOnlyList<StoryHit>> FindAsync(NewsroomDb db, string words, int notThis, DateTimeOffset now, CancellationToken ct)
    {
        var ids = words.Trim().Length == 0
            ? await NewestAsync(db.Stories, notThis, ct)
            : await NewestAsync(StoryListing.WithWords(db, words, inHeadline: true), notThis, ct);
        if (words.Trim().Length > 0 && ids.Count < Shown)
            ids = [.. ids.Concat(await NewestAsync(StoryListing.WithWords(db, words), notThis, ct)).Distinct().Take(Shown)];

        var hits = await LinkReports.HitsAsync(db, [.. ids], now, ct);
        return [.. ids.Where(hits.ContainsKey).Select(id => hits[id])];
    }

    /// <summary>The story an editor means by its number, or by words of its headline; null when there is none.</summary>
    public static async Task<int?> ByWordsOrNumberAsync(NewsroomDb db, string words, DateTimeOffset now, CancellationToken ct)
    {
        if (int.TryParse(words, CultureInfo.InvariantCulture, out var number) && await db.Stories.AnyAsync(s => s.Id == number, ct))
            return number;

        return (await FindAsync(db, words, 0, now, ct)).FirstOrDefault()?.Id;
    }

    private static Task<List<int>> NewestAsync(IQueryable<Story> stories, int notThis, CancellationToken ct) =>
        stories.Where(s => s.Id != notThis && s.Draft.Headline != "")
            .OrderByDescending(s => s.PublishAt ?? s.SavedAt).ThenByDescending(s => s.Id)
            .Select(s => s.Id).Take(Shown).ToListAsync(ct);
}
