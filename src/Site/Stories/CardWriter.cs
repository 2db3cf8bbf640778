using LondonDefender.Data;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>Who wrote a story, as a card says it.</summary>
/// <param name="Portrait">Of the first writer, where there is one.</param>
public sealed record CardWriter(string Names, ShownPicture? Portrait)
{
    public static async Task<IReadOnlyDictionary<int, CardWriter>> OfAsync(
        NewsroomDb db, IReadOnlyCollection<int> storyIds, DateTimeOffset now, CancellationToken ct)
    {
        var bylines = await db.StoryBylines.Where(b => storyIds.Contains(b.StoryId)).OrderBy(b => b.Position)
            .Select(b => new { b.StoryId, b.Writer!.Name, b.Writer.PortraitId })
            .ToListAsync(ct);
        int[] portraitIds = [.. bylines.Select(b => b.PortraitId).OfType<int>().Distinct()];
        var portraits = await db.ShownAsync(portraitIds, now, ct);

        return bylines.GroupBy(b => b.StoryId).ToDictionary(
            story => story.Key,
            story => new CardWriter(string.Join(", ", story.Select(b => b.Name)), portraits.GetValueOrDefault(story.First().PortraitId ?? 0)));
    }
}
