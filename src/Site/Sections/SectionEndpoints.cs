using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Sections;

/// <summary>Section fronts and topic pages, newest story first, with continuation pages.</summary>
public static class SectionEndpoints
{
    public static void MapSections(this IEndpointRouteBuilder app)
    {
        app.MapKeptPage("/{section}", OpenSectionAsync, hasPages: true);
        app.MapKeptPage("/topics/{topic}", OpenTopicAsync, hasPages: true);
    }

    private static async Task<IResult> OpenSectionAsync(string section, string? page, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == section, ct);
        if (found is null)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        frame.Notes.Reads(PageKey.Section(found.Id));
        return await db.Stories.Live(frame.Now).Where(s => s.SectionId == found.Id).AnswerAsync(page, db, frame, frames,
            list => new RazorComponentResult<SectionPage>(new { Frame = frame, Section = found, List = list }), ct);
    }

    private static async Task<IResult> OpenTopicAsync(string topic, string? page, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        var found = await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == topic, ct);
        if (found is null)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        frame.Notes.Reads(PageKey.Topic(found.Id));
        return await db.Stories.Live(frame.Now).Where(s => s.Topics.Any(t => t.TopicId == found.Id)).AnswerAsync(page, db, frame, frames,
            list => new RazorComponentResult<TopicPage>(new { Frame = frame, Topic = found, List = list }), ct);
    }
}
