using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Bylines;

public static class WriterEndpoints
{
    public static void MapWriters(this IEndpointRouteBuilder app) => app.MapMethods("/by/{writer}", PageRoutes.Reading, OpenAsync).IsKeptPage(hasPages: true);

    private static async Task<IResult> OpenAsync(string writer, string? page, HttpRequest request, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Writers.AsNoTracking().SingleOrDefaultAsync(w => w.Slug == writer, ct);
        if (found is null)
            return await FormerSlugs.LeadOnAsync(db, NamedKind.Writer, writer, request, ct) ?? await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        frame.Notes.Reads(PageKey.Writer(found.Id));
        var portraits = found.PortraitId is { } portrait ? await db.ShownAsync([portrait], frame.Now, ct) : null;
        return await db.Stories.Live(frame.Now).Where(s => s.Bylines.Any(b => b.WriterId == found.Id)).AnswerAsync(page, db, frame, frames,
            list => new RazorComponentResult<WriterPage>(new { Frame = frame, Writer = found, List = list, Portrait = portraits?.Values.FirstOrDefault() }), ct);
    }
}
