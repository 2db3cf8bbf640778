using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Sections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Changes;

/// <summary>What became of a story since it was first published, open to everybody. It is found, moves and goes as the story does.</summary>
public static class ChangeLogEndpoints
{
    public static void MapChangeLogs(this IEndpointRouteBuilder app) => app.MapMethods("/{section}/{id:int}/{slug}/changes", PageRoutes.Reading, OpenAsync).IsKeptPage(hasPages: true).IsDear();

    private static async Task<IResult> OpenAsync(
        string section, int id, string? page, HttpContext http, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (Section.ReservedSlugs.Contains(section) || StoryLists.PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        if (await db.Stories.AsNoTracking().Live(frame.Now).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } story
            || await db.Stories.Live(frame.Now).Where(s => s.Id == id).Briefs(db, frame.Now).SingleOrDefaultAsync(ct) is not { } brief)
            return await StoryEndpoints.GoneOrNeverAsync(db, frames, id, frame.Now, ct);

        var address = StoryAddress.OfChanges(brief.Address);
        if (http.Request.Path.Value != address)
            return TypedResults.LocalRedirect("~" + PageAddress.Of(address, number), permanent: true);

        frame.Notes.Reads(PageKey.Story(id), PageKey.Withdrawn(id), PageKey.Stories, PageKey.Pictures, PageKey.Topics, PageKey.Writers);
        return await ChangeLog.OfAsync(db, story, number, frame, ct) is { } log
            ? new RazorComponentResult<ChangeLogPage>(new { Frame = frame, Story = brief, Log = log })
            : await NotFoundEndpoint.AnswerAsync(db, frames, ct);
    }
}
