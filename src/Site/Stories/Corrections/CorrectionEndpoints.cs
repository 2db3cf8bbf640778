using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LondonDefender.Stories.Corrections;

/// <summary>Everything the paper put right, newest first.</summary>
public static class CorrectionEndpoints
{
    private const int PageSize = 20;

    public static void MapCorrections(this IEndpointRouteBuilder app) => app.MapPage("/corrections", OpenAsync);

    private static async Task<IResult> OpenAsync(string? page, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        if (StoryLists.PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var frame = await frames.DrawAsync(ct);
        var found = await PublishedCorrections.NewestAsync(db, frame.Now, (number - 1) * PageSize, PageSize + 1, ct);
        if (found.Count == 0 && number > 1)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        return new RazorComponentResult<CorrectionsPage>(new
        {
            Frame = frame,
            Corrections = (IReadOnlyList<PublishedCorrection>)[.. found.Take(PageSize)],
            Page = number,
            HasMore = found.Count > PageSize,
        });
    }
}
