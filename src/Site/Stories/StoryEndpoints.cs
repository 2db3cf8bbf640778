using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories.Changes;
using LondonDefender.Stories.Corrections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>The readers' page of a story. The id alone decides; section and slug are put right by a redirect.</summary>
public static class StoryEndpoints
{
    public static void MapStories(this IEndpointRouteBuilder app) =>
        app.MapKeptPage("/{section}/{id:int}/{slug?}", OpenAsync).CountsReads();

    private static async Task<IResult> OpenAsync(
        string section, int id, HttpContext http, NewsroomDb db, PaperFrames frames, TimeProvider clock, CancellationToken ct)
    {
        if (Section.ReservedSlugs.Contains(section))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var now = clock.GetUtcNow();
        var story = await db.Stories.AsNoTracking().Live(now)
            .Include(s => s.Topics).ThenInclude(t => t.Topic)
            .Include(s => s.Bylines.OrderBy(b => b.Position)).ThenInclude(b => b.Writer)
            .SingleOrDefaultAsync(s => s.Id == id, ct);
        if (story is null)
            return await GoneOrNeverAsync(db, frames, id, now, ct);

        var frame = await frames.DrawAsync(ct);
        var view = await ViewAsync(db, story, frame, ct);
        frame.Notes.Reads(StoryNotes.Of(view));
        return http.Request.Path.Value == view.Address
            ? new RazorComponentResult<StoryPage>(new { Frame = frame, View = view })
            : TypedResults.LocalRedirect("~" + view.Address, permanent: true);
    }

    private static async Task<StoryView> ViewAsync(NewsroomDb db, Story story, PaperFrame frame, CancellationToken ct)
    {
        var text = await db.Revisions.Where(r => r.StoryId == story.Id && r.Number == story.PublishedNumber).Select(r => r.Text).SingleAsync(ct);
        var section = await db.Sections.AsNoTracking().SingleAsync(s => s.Id == story.SectionId, ct);
        var copy = CopyText.Read(text.Copy, frame.Settings.LabelsInUse);
        var cards = await ReadMoreLinks.CardsForAsync(db, story.Id, copy, frame.Now, ct);
        List<int> offered = [.. cards.StoriesOfferedIn(copy)];
        var laterOn = await LaterStories.ThanAsync(db, story.Id, story.PublishAt!.Value, offered, frame.Now, ct);

        var pictures = await StoryPictures.OfAsync(db, text, copy, frame.Now, ct);
        return new()
        {
            Id = story.Id,
            Text = text,
            Section = section,
            Address = StoryAddress.Of(section.Slug, story.Id, text.AddressSlug),
            PublishAt = story.PublishAt!.Value,
            UpdatedAt = story.UpdatedAt,
            Picture = pictures.Main,
            Pictures = pictures.Inside,
            Writers = [.. story.Bylines.Select(b => b.Writer!)],
            Topics = [.. story.Topics.Select(t => t.Topic!).OrderBy(t => Array.IndexOf(text.TopicIds, t.Id))],
            Copy = copy,
            Cards = cards,
            Corrections = await PublishedCorrections.OfStoryAsync(db, story.Id, ct),
            Versions = (await PublishedVersions.OfAsync(db, story, frame.Now, ct)).Count,
            LaterOn = laterOn,
            Related = await ClosestStories.ForAsync(db, story.Id, text, [.. offered, .. laterOn.Select(later => later.Id)], frame.Now, ct),
        };
    }

    /// <summary>A story readers once had answers 410 and helps on; one they never had answers like an address that never was.</summary>
    internal static async Task<IResult> GoneOrNeverAsync(NewsroomDb db, PaperFrames frames, int id, DateTimeOffset now, CancellationToken ct)
    {
        var withdrawn = await db.Stories.AsNoTracking().Withdrawn(now).SingleOrDefaultAsync(s => s.Id == id, ct);
        if (withdrawn is null)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var text = await db.Revisions.Where(r => r.StoryId == id && r.Number == withdrawn.PublishedNumber).Select(r => r.Text).SingleAsync(ct);
        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads([PageKey.Story(id), .. StoryNotes.OfRelated(text)]);
        int? next = (await Successors.OfAsync(db, [id], ct)).TryGetValue(id, out var successorId) ? successorId : null;
        var successor = await db.Stories.Live(now).Where(s => s.Id == next).Briefs(db, now).SingleOrDefaultAsync(ct);
        if (next is { } led)
            frame.Notes.Reads(PageKey.Story(led));
        int[] taken = successor is null ? [] : [successor.Id];
        return new RazorComponentResult<WithdrawnPage>(new
        {
            Frame = frame,
            Successor = successor,
            Related = await ClosestStories.ForAsync(db, id, text, taken, now, ct),
        })
        { StatusCode = StatusCodes.Status410Gone };
    }
}
