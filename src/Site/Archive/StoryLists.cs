using LondonDefender.Data;
using LondonDefender.Paper;
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

    /// <summary>The page of the list that was asked for, or the not-found page where there is none.</summary>
    public static async Task<IResult> AnswerAsync(
        this IQueryable<Story> live, string? page, NewsroomDb db, PaperFrame frame, PaperFrames frames, Func<StoryList, IResult> show, CancellationToken ct)
    {
        if (PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var list = await live.PageAsync(db, number, frame.Now, ct);
        return list.Stories.Count == 0 && number > 1 ? await NotFoundEndpoint.AnswerAsync(db, frames, ct) : show(list);
    }

    private static async Task<StoryList> PageAsync(this IQueryable<Story> live, NewsroomDb db, int page, DateTimeOffset now, CancellationToken ct)
    {
        var stories = await live.Briefs(db, now).NewestFirst().Skip((page - 1) * StoryList.PageSize).Take(StoryList.PageSize + 1).ToListAsync(ct);
        return new([.. stories.Take(StoryList.PageSize)], page, stories.Count > StoryList.PageSize && page < StoryList.LastPage);
    }
}
