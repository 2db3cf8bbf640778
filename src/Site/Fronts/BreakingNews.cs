using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>The banner over every page: one at a time, and never without an end.</summary>
public static class BreakingNews
{
    /// <summary>In minutes: what an editor may choose from, longest last.</summary>
    public static readonly IReadOnlyList<int> Lengths = [30, 60, 120, 240, 480];

    public static IQueryable<Banner> Running(this IQueryable<Banner> banners, DateTimeOffset now) =>
        banners.Where(b => b.StartsAt <= now && b.EndsAt > now).OrderByDescending(b => b.StartsAt).ThenByDescending(b => b.Id);

    public static async Task<BannerWords?> FindAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Banners.AsNoTracking().Running(now).FirstOrDefaultAsync(ct) is not { } banner)
            return null;

        var story = await db.Stories.Live(now).Where(s => s.Id == banner.StoryId).Briefs(db, now).SingleOrDefaultAsync(ct);
        return new(banner.Words, story?.Address, banner.StoryId);
    }

    /// <returns>Why it cannot be put up, or null when it is.</returns>
    public static async Task<string?> PutUpAsync(NewsroomDb db, string? words, int? storyId, int minutes, int? byPerson, DateTimeOffset now, CancellationToken ct)
    {
        var clean = PlainWords.OneLine(words);
        if (clean.Length is 0 or > Banner.LongestWords)
            return $"A banner needs words, {Banner.LongestWords} characters at most.";
        if (!Lengths.Contains(minutes))
            return "Say when the banner ends.";
        if (storyId is not null && !await db.Stories.AnyAsync(s => s.Id == storyId, ct))
            return $"There is no story {storyId}.";

        await TakeDownAsync(db, now, ct);
        db.Add(new Banner { Words = clean, StoryId = storyId, StartsAt = now, EndsAt = now.AddMinutes(minutes), ById = byPerson });
        await db.SaveChangesAsync(ct);
        return null;
    }

    /// <summary>The one that has only just been put up is removed; another ends now, and stays on record.</summary>
    public static async Task TakeDownAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        await db.Banners.Where(b => b.StartsAt >= now).ExecuteDeleteAsync(ct);
        await db.Banners.Where(b => b.EndsAt > now).ExecuteUpdateAsync(set => set.SetProperty(b => b.EndsAt, now), ct);
    }
}

public static class FrontsSetup
{
    public static void AddFronts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<FindBanner>(BreakingNews.FindAsync);
}
