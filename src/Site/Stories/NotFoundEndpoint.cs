using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>Every address the paper does not know: a page that helps on, with status 404.</summary>
public static class NotFoundEndpoint
{
    // Not MapFallback: what the compiler writes for it leaves out addresses that look like a file's, whatever pattern it is given.
    public static void MapNotFound(this IEndpointRouteBuilder app) =>
        app.Map("{*path}", (NewsroomDb db, PaperFrames frames, CancellationToken ct) => AnswerAsync(db, frames, ct)).WithOrder(int.MaxValue).AllowAnonymous().NeverKept();

    /// <summary>What a story or list has no page for may be a page that the paper had elsewhere, before it moved in here.</summary>
    public static Task<IResult> AnswerAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct) => Task.FromResult<IResult>(new OldPageOrNone(db, frames, ct));

    internal static async Task<IResult> NoPageAsync(NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var latest = await db.Stories.Live(frame.Now).Briefs(db, frame.Now).NewestFirst().Take(6).ToListAsync(ct);
        return new RazorComponentResult<NotFoundPage>(new { Frame = frame, Latest = (IReadOnlyList<StoryBrief>)latest })
        { StatusCode = StatusCodes.Status404NotFound };
    }

    private sealed class OldPageOrNone(NewsroomDb db, PaperFrames frames, CancellationToken ct) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            var now = (await frames.DrawAsync(ct)).Now;
            var answer = await OldAddresses.AnswerAsync(db, http.Request, now, id => StoryEndpoints.GoneOrNeverAsync(db, frames, id, now, ct), null, ct) ?? await NoPageAsync(db, frames, ct);
            await answer.ExecuteAsync(http);
        }
    }
}
