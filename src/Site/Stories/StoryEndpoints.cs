using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>The readers' page of a story. The id alone decides; section and slug are put right by a redirect.</summary>
public static class StoryEndpoints
{
    public static void MapStories(this IEndpointRouteBuilder app) =>
        app.MapMethods("/{section}/{id:int}/{slug?}", PageRoutes.Reading, OpenAsync).IsKeptPage().CountsReads();

    private static async Task<IResult> OpenAsync(
        string section, int id, string? slug, HttpContext http, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        if (Section.ReservedSlugs.Contains(section))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var frame = await frames.DrawAsync(ct);
        var story = await ReadersStory.FindAsync(db, id, frame.Now, ct);
        // The month in /2019/05/flood is no number of a story, where an old site's page of that address is known.
        if (http.Request.Path.Value != story?.Address
            && await OldAddresses.AnswerAsync(
                db, http.Request, frame.Now, old => GoneOrNeverAsync(db, frames, old, frame.Now, ct), () => NotFoundEndpoint.NoPageAsync(db, frames, ct), ct) is { } moved)
            return moved;
        if (OldAddresses.IsYear(section) && section != story?.Section.Slug)
            return OldAddresses.DaysOf(section, id, slug) is { } days ? TypedResults.LocalRedirect("~" + days, permanent: true) : await NotFoundEndpoint.NoPageAsync(db, frames, ct);
        if (story is null)
            return await GoneOrNeverAsync(db, frames, id, frame.Now, ct);
        if (http.Request.Path.Value != story.Address)
            return TypedResults.LocalRedirect("~" + story.Address, permanent: true);

        var view = await ViewAsync(db, story, frame, ct);
        frame.Notes.Reads(StoryNotes.Of(view));
        return new RazorComponentResult<StoryPage>(new { Frame = frame, View = view });
    }

    private static async Task<StoryView> ViewAsync(NewsroomDb db, ReadersStory story, PaperFrame frame, CancellationToken ct)
    {
        var (text, now) = (story.Text, frame.Now);
        var copy = CopyText.Read(text.Copy, frame.Settings.LabelsInUse);
        var named = await NamedStories.FindAsync(db, new Dictionary<int, CopyText> { [story.Id] = copy }, now, ct);
        int[] inLines = [.. named.InLines];

        await using var answers = await db.AskAsync(ct,
            named.Live(now),
            StoryPictures.In(text, copy, now),
            LaterStories.Than(story.Id, story.PublishAt, inLines, now),
            ClosestStories.To(story.Id, ClosestStories.DrawnFrom(text, story.HasActiveProceedings), inLines, frame.Clock, now));
        var live = await answers.AllAsync(BriefRows.Read);
        var pictures = StoryPictures.Of(text, await answers.AllAsync(StoryPictures.Read));
        var later = await answers.AllAsync(BriefRows.Read);
        var closest = await answers.AllAsync(BriefRows.Read);

        var cards = (await named.CardsAsync(db, live, now, ct))[story.Id];
        List<int> offered = [.. cards.StoriesOfferedIn(copy)];
        List<StoryBrief> laterOn = story.HasActiveProceedings ? [] : [.. later.Where(newer => !offered.Contains(newer.Id))];
        return new()
        {
            Id = story.Id,
            Text = text,
            Section = story.Section,
            Address = story.Address,
            PublishAt = story.PublishAt,
            UpdatedAt = story.UpdatedAt,
            Picture = pictures.Main,
            Pictures = pictures.Inside,
            Writers = story.Writers,
            Topics = story.Topics,
            Copy = copy,
            Cards = cards,
            Corrections = story.Corrections,
            Versions = story.Versions.Count,
            LaterOn = laterOn,
            Related = closest.Without([.. offered, .. laterOn.Select(newer => newer.Id)]),
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
        frame.Notes.Reads([PageKey.Story(id), PageKey.Withdrawn(id), .. StoryNotes.OfRelated(text)]);
        int? next = (await Successors.OfAsync(db, [id], ct)).TryGetValue(id, out var successorId) ? successorId : null;
        var successor = await db.Stories.Live(now).Where(s => s.Id == next).Briefs(db, now).SingleOrDefaultAsync(ct);
        if (next is { } led)
            frame.Notes.Reads(PageKey.Story(led));
        int[] taken = successor is null ? [] : [successor.Id];
        return new RazorComponentResult<WithdrawnPage>(new
        {
            Frame = frame,
            Successor = successor,
            // What was killed says nothing of itself, not even by its neighbours.
            Related = withdrawn.KilledAt is not null ? [] : await ClosestStories.ForAsync(db, id, ClosestStories.DrawnFrom(text, withdrawn.HasActiveProceedings), taken, frame.Clock, now, ct),
        })
        { StatusCode = StatusCodes.Status410Gone };
    }
}
