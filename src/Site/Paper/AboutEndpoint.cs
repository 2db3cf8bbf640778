using LondonDefender.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Paper;

public static class AboutEndpoint
{
    public static void MapAbout(this IEndpointRouteBuilder app) => app.MapPage(AboutPart.Page, OpenAsync);

    private static async Task<RazorComponentResult<AboutPage>> OpenAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct) => new(new
    {
        Frame = await frames.DrawAsync(ct),
        Writers = (IReadOnlyList<Bylines.Writer>)await db.Writers.AsNoTracking().OrderBy(w => w.Name).ToListAsync(ct),
    });
}
