using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.Stories;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LondonDefender.Fronts;

public static class FrontEndpoints
{
    public static void AddFronts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(BreakingNews.Find);
        builder.Services.AddSingleton<FrontDesk>();
    }

    public static void MapFronts(this IEndpointRouteBuilder app) => app.MapMethods("/", PageRoutes.Reading, OpenAsync).IsKeptPage();

    private static async Task<IResult> OpenAsync(HttpContext http, NewsroomDb db, PaperFrames frames, MostReadOnFront mostRead, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (OldAddresses.IsAsked(http.Request)
            && await OldAddresses.AnswerAsync(db, http.Request, frame.Now, old => StoryEndpoints.GoneOrNeverAsync(db, frames, old, frame.Now, ct), null, ct) is { } moved)
            return moved;

        var front = await FrontFilling.FrontPageAsync(db, frame.Clock, mostRead, frame.Now, ct);
        frame.Notes.Reads(PageKey.Front(Front.OfThePaper));
        front.Note(frame);
        return new RazorComponentResult<FrontPage>(new { Frame = frame, front.Containers });
    }
}
