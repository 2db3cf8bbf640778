using LondonDefender.Archive;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LondonDefender.Sections;

/// <summary>Section fronts and topic pages, newest story first, with continuation pages.</summary>
public static class SectionEndpoints
{
    public static void AddSections(this WebApplicationBuilder builder) => builder.Services.AddSingleton<NamesDesk>();

    public static void MapSections(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/{section}", PageRoutes.Reading, OpenSectionAsync).IsKeptPage(hasPages: true);
        app.MapMethods("/topics/{topic}", PageRoutes.Reading, OpenTopicAsync).IsKeptPage(hasPages: true);
    }

    private static async Task<IResult> OpenSectionAsync(string section, string? page, HttpRequest request, NewsroomDb db, PaperFrames frames, MostReadOnFront mostRead, CancellationToken ct)
    {
        var (frame, number) = (await frames.DrawAsync(ct), StoryLists.PageAsked(page));
        await using var answers = await db.AskAsync(ct,
            new("SELECT id, name, slug, about FROM sections WHERE slug = $1", section), StoryLists.InSection(section, number, frame.Now), FrontFilling.OfSection(section, frame.Now));
        var found = await answers.FirstAsync(row => new Filed<Section>(row.Number(), new() { Name = row.Text(), Slug = row.Text(), About = row.Text() }));
        var stories = await answers.AllAsync(BriefRows.Read);
        var places = await answers.AllAsync(ContainerPlace.Read);
        if (found is null)
            return await FormerSlugs.LeadOnAsync(db, NamedKind.Section, section, request, ct) ?? await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        if (stories.AsPage(number) is not { } list)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        frame.Notes.Reads(PageKey.Section(found.Id), PageKey.Front(found.Id));
        if (number > 1 || places.Count == 0)
            return new RazorComponentResult<SectionFront>(new { Frame = frame, Section = found.Under, List = list });

        var front = await FrontFilling.FillAsync(db, places, frame.Clock, mostRead, frame.Now, ct);
        front.Note(frame);
        return new RazorComponentResult<SectionFront>(new { Frame = frame, Section = found.Under, List = list, front.Containers });
    }

    private static async Task<IResult> OpenTopicAsync(string topic, string? page, HttpRequest request, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var (frame, number) = (await frames.DrawAsync(ct), StoryLists.PageAsked(page));
        await using var answers = await db.AskAsync(ct,
            new("SELECT id, name, slug, about FROM topics WHERE slug = $1", topic), StoryLists.OnTopic(topic, number, frame.Now));
        var found = await answers.FirstAsync(row => new Filed<Topic>(row.Number(), new() { Name = row.Text(), Slug = row.Text(), About = row.Text() }));
        var stories = await answers.AllAsync(BriefRows.Read);
        if (found is null)
            return await FormerSlugs.LeadOnAsync(db, NamedKind.Topic, topic, request, ct) ?? await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        frame.Notes.Reads(PageKey.Topic(found.Id));
        return stories.AsPage(number) is { } list
            ? new RazorComponentResult<TopicPage>(new { Frame = frame, Topic = found.Under, List = list })
            : await NotFoundEndpoint.AnswerAsync(db, frames, ct);
    }

    private sealed record Filed<T>(int Id, T Under);
}
