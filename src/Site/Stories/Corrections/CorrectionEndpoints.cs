using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Feeds;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LondonDefender.Stories.Corrections;

/// <summary>Everything the paper put right, newest first.</summary>
public static class CorrectionEndpoints
{
    private const int PageSize = 20, FeedSize = 30;

    public static void MapCorrections(this IEndpointRouteBuilder app)
    {
        app.MapMethods(CorrectionsPage.Address, PageRoutes.Reading, OpenAsync).IsKeptPage(hasPages: true);
        app.MapFeed(CorrectionsPage.Address, OfCorrectionsAsync);
    }

    private static async Task<IResult> OpenAsync(string? page, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        if (StoryLists.PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads(PageKey.Corrections, PageKey.Stories);
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

    private static async Task<Feed?> OfCorrectionsAsync(FeedAsked asked, CancellationToken ct)
    {
        var newest = await PublishedCorrections.NewestAsync(asked.Db, asked.Frame.Now, 0, FeedSize, ct);
        return Feed.Of(asked.Frame, CorrectionsPage.Address, CorrectionsPage.Name, CorrectionsPage.AboutIn(asked.Frame), [.. newest.Select(found => Item(found, asked.Frame))]);
    }

    private static FeedItem Item(PublishedCorrection found, PaperFrame frame)
    {
        var (correction, story) = found;
        return new()
        {
            Id = frame.Absolute($"{CorrectionsPage.Address}#{correction.Anchor}"),
            Guid = $"{Slugs.From(frame.Settings.Name)}:{correction.Anchor.Replace('-', ':')}",
            Title = $"{correction.Kind.Label()}: {story.Headline}",
            Address = frame.Absolute(found.Address),
            Summary = string.Join(' ', correction.Paragraphs),
            Html = $"{string.Concat(correction.Paragraphs.Select(paragraph => $"<p>{Html.Escape(paragraph)}</p>"))}<p><a href=\"{Html.Escape(frame.Absolute(story.Address))}\">{Html.Escape(story.Headline)}</a></p>",
            PublishedAt = correction.PublishedAt,
            Categories = [correction.Kind.Label(), story.SectionName],
        };
    }
}
