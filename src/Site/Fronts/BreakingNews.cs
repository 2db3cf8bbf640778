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

    /// <summary>The running one, and the story it leads to while that is live; asked for every page.</summary>
    public static readonly FindBanner Find = new(
        now => new($"""
            SELECT banner.words, banner.story_id, story.id, section.slug, text.slug, text.headline
            FROM banners banner
            LEFT JOIN stories story ON story.id = banner.story_id AND {LiveStories.InSql}
            LEFT JOIN sections section ON section.id = story.section_id
            LEFT JOIN revisions text ON text.story_id = story.id AND text.number = story.published_number
            WHERE banner.starts_at <= $1 AND banner.ends_at > $1
            ORDER BY banner.starts_at DESC, banner.id DESC LIMIT 1
            """, now),
        row => new(row.Text(), StoryId: row.NumberOrNull(), Address: row.NumberOrNull() is { } id ? StoryBrief.AddressOf(id: id, section: row.Text(), slug: row.Text(), headline: row.Text()) : null));

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
        foreach (var banner in await db.Banners.Where(b => b.EndsAt > now).ToListAsync(ct))
        {
            if (banner.StartsAt >= now)
                db.Remove(banner);
            else
                banner.EndsAt = now;
        }
        await db.SaveChangesAsync(ct);
    }
}
