using LondonDefender.Data;
using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Paper;

public static class AboutEndpoint
{
    public static void MapAbout(this IEndpointRouteBuilder app) => app.MapMethods(AboutPart.Page, PageRoutes.Reading, OpenAsync).IsKeptPage();

    private static async Task<IResult> OpenAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads(PageKey.Writers);
        var writers = await db.Writers.AsNoTracking().OrderBy(w => w.Name).ToListAsync(ct);
        return new RazorComponentResult<AboutPage>(new { Frame = frame, Writers = (IReadOnlyList<Bylines.Writer>)writers });
    }
}
