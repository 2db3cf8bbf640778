using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>
/// Takes a story from everywhere at once, and back only at the chief editor's word. What the story stood in is asked at each request whether
/// readers may see it; what was made of it and kept (search words, renditions, pages) is thrown away.
/// </summary>
public sealed class KillDesk(
    StoryDesk desk, Witness witness, Nodes nodes, PictureStore store, IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<KillDesk> log)
{
    public const int LongestReason = 500;

    public async Task<StoryOutcome> KillAsync(int id, string? reason, int byPerson, CancellationToken ct)
    {
        var why = PlainWords.OneLine(reason);
        if (why.Length is 0 or > LongestReason)
            return Refused("kill-reason", $"Say why it is killed, in at most {LongestReason} characters. The reason stays in the story’s log; no reader sees it.");

        var outcome = await desk.ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (!story.HasAppearedAt(now))
                return Refused("state", "No reader has had this story. Take its schedule back, or spike the draft.");
            if (story.KilledAt is not null)
                return Refused("state", "The story has been killed already.");

            story.Kill(now);
            await db.SaveChangesAsync(ct);
            await db.SearchEntries.Where(entry => entry.StoryId == id).ExecuteDeleteAsync(ct);
            await TakeBannerDownAsync(db, id, now, ct);
            await ReadMoreLinks.LookAgainAsync(db, id, now, ct);
            await Receipt.WriteAsync(db, new(id, Deed.Killed, now), nodes.Name, byPerson, why, now, ct);
            return new StoryOutcome.Done(story);
        });
        if (outcome is StoryOutcome.Done { Story.KilledAt: { } at })
        {
            log.LogWarning("Story {StoryId} was killed", id);
            // It is killed: whoever asked may leave, the rest is done all the same.
            witness.See(new(id, Deed.Killed, at), await ThrowPicturesAwayAsync(id, CancellationToken.None));
        }

        return outcome;
    }

    /// <summary>The chief editor's "bring back": readers have it again, where it was.</summary>
    public Task<StoryOutcome> ReviveAsync(int id, string? reason, int byPerson, CancellationToken ct) =>
        witness.SeeAsync(Deed.Revived, byPerson, PlainWords.Cut(PlainWords.OneLine(reason), LongestReason), desk.ChangeAsync(id, null, ct, async (db, story, now) =>
        {
            if (story.KilledAt is null)
                return Refused("state", "The story was not killed.");

            story.Revive();
            await StoryDesk.LoadFilingAsync(db, story, ct);
            var text = await db.Revisions.Where(r => r.StoryId == id && r.Number == story.PublishedNumber).Select(r => r.Text).SingleAsync(ct);
            await SearchFiling.EnterAsync(db, story, text, await StoryDesk.ReadAsync(db, text.Copy, ct), ct);
            await db.SaveChangesAsync(ct);
            await ReadMoreLinks.LookAgainAsync(db, id, now, ct);
            log.LogWarning("The kill of story {StoryId} was taken back", id);
            return new StoryOutcome.Done(story);
        }), ct);

    /// <summary>Its words are the story's.</summary>
    private static async Task TakeBannerDownAsync(NewsroomDb db, int id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Banners.AnyAsync(banner => banner.StoryId == id && banner.EndsAt > now, ct))
            await BreakingNews.TakeDownAsync(db, now, ct);
    }

    /// <summary>What was made of its pictures, but for those that another page shows.</summary>
    public async Task<IReadOnlyList<Seen>> ThrowPicturesAwayAsync(int id, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var shown = db.PicturesOnPages(clock.GetUtcNow()).Select(picture => picture.Id);
        var pictures = await db.Pictures.AsNoTracking()
            .Where(picture => db.PictureUses.Any(use => use.PictureId == picture.Id && use.StoryId == id) && !shown.Contains(picture.Id)).ToListAsync(ct);

        List<Seen> thrownAway = [await ThrowAwayAsync("Card for sharing", await ShareCardKeyAsync(db, id, ct), ct)];
        foreach (var picture in pictures)
            thrownAway.Add(await ThrowAwayAsync($"Renditions of picture {picture.Id}", Rendition.Folder(picture.AddressHash), ct));
        return thrownAway;
    }

    private async Task<Seen> ThrowAwayAsync(string what, string key, CancellationToken ct)
    {
        try
        {
            await store.ThrowAwayAsync(key, ct);
            return new(what, null, Finding.Right, "removed from where pictures are kept", 0);
        }
        catch (StoreAway problem)
        {
            log.LogError("{What} of a killed story is left over: {Problem}", what, problem.Message);
            return new(what, null, Finding.Wrong, "could not be removed: the place where pictures are kept does not answer. No reader is given it; “Look again” tries once more", 0);
        }
    }

    private static async Task<string> ShareCardKeyAsync(NewsroomDb db, int id, CancellationToken ct)
    {
        var words = await (
            from story in db.Stories
            where story.Id == id
            join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
            join section in db.Sections on story.SectionId equals section.Id
            select new { Section = section.Name, revision.Text.Headline, revision.Text.ShareHeadline }).SingleAsync(ct);
        return ShareCard.Of((await db.SettingsAsync(ct)).Name, words.Section, words.ShareHeadline.Length > 0 ? words.ShareHeadline : words.Headline).Key;
    }

    private static StoryOutcome.Refused Refused(string field, string sentence) => new([new(field, sentence)]);
}
