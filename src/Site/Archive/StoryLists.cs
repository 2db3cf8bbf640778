using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

public static class StoryLists
{
    /// <summary>The page number an address asks for, or null when nobody could have linked to it.</summary>
    public static int? PageAsked(string? page) => page switch
    {
        null or "" => 1,
        _ when int.TryParse(page, System.Globalization.NumberStyles.None, null, out var number) && number is >= 1 and <= StoryList.LastPage => number,
        _ => null,
    };

    public static async Task<StoryList> PageAsync(this IQueryable<Story> live, NewsroomDb db, int page, CancellationToken ct)
    {
        var stories = await live.Briefs(db).NewestFirst().Skip((page - 1) * StoryList.PageSize).Take(StoryList.PageSize + 1).ToListAsync(ct);
        return new([.. stories.Take(StoryList.PageSize)], page, stories.Count > StoryList.PageSize && page < StoryList.LastPage);
    }
}
