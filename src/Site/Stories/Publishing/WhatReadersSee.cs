using System.Runtime.CompilerServices;
using LondonDefender.Data;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Sections;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>Goes to the places where a story stands, or must not stand any more, and says what is there.</summary>
public sealed class WhatReadersSee(OwnReader reader, PagesOnDisk disk, TimeProvider clock)
{
    private const int LargestSitemap = 50_000, LinkingPagesLookedAt = 100;

    public async IAsyncEnumerable<Seen> LookAsync(NewsroomDb db, Done done, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await Subject.FindAsync(db, done.StoryId, ct) is not { } story)
            yield break;

        yield return await PageAsync(story, done);
        await foreach (var found in ListsAsync(story, done))
            yield return found;
        if (done.Deed != Deed.Killed)
            yield break;

        await foreach (var found in TracesAsync(db, story, ct))
            yield return found;
    }

    private async Task<Seen> PageAsync(Subject story, Done done)
    {
        var page = await reader.OpenAsync(story.Address);
        var isGone = page.Status == StatusCodes.Status410Gone;
        var (isRight, words) = done.Deed switch
        {
            Deed.Killed => (isGone && !page.Says(story.Text.Headline) && !page.Says(story.Text.Standfirst), isGone ? "answers 410, without a word of it" : $"answers {page.Status}"),
            Deed.Withdrawn => (isGone, isGone ? "answers 410" : $"answers {page.Status}"),
            _ => (page.IsThere && page.Says(story.Text.Headline), page.IsThere ? "shows it" : $"answers {page.Status}"),
        };
        return Found("Its page", story.Address, isRight, words);
    }

    /// <summary>The newest stand in lists; an older one that was changed has made room for others there.</summary>
    private async IAsyncEnumerable<Seen> ListsAsync(Subject story, Done done)
    {
        var isNew = done.Deed == Deed.WentLive;
        yield return await ListAsync(story, done, "Front page", "/", mustShow: false);
        yield return await ListAsync(story, done, $"Front of {story.Section.Name}", $"/{story.Section.Slug}", isNew);
        yield return await ListAsync(story, done, "Feed", "/rss.xml", isNew);
        yield return await ListAsync(story, done, "Sitemap of news", "/sitemap-news.xml", isNew);
        yield return await ListAsync(story, done, "Sitemap", string.Create(null, $"/sitemaps/stories-{((story.Id - 1) / LargestSitemap) + 1}.xml"), mustShow: true);
    }

    private async Task<Seen> ListAsync(Subject story, Done done, string place, string address, bool mustShow)
    {
        var page = await reader.OpenAsync(address);
        // A map without any story is not there.
        if (page.Status is not (StatusCodes.Status200OK or StatusCodes.Status404NotFound))
            return Found(place, address, false, $"answers {page.Status}");

        return (page.LeadsTo(story.Id, story.Section.Slug), done.Deed.TakesAway()) switch
        {
            (true, false) => Found(place, address, true, "shows it"),
            (false, true) => Found(place, address, true, "does not show it any more"),
            (true, true) => Found(place, address, false, "still shows it"),
            (false, false) when mustShow => Found(place, address, false, "does not show it"),
            (false, false) => new(place, address, Finding.Elsewhere, "does not show it; other stories fill it", 0),
        };
    }

    /// <summary>Of a killed story everything is looked for that could have been left.</summary>
    private async IAsyncEnumerable<Seen> TracesAsync(NewsroomDb db, Subject story, [EnumeratorCancellation] CancellationToken ct)
    {
        var done = new Done(story.Id, Deed.Killed, default);
        foreach (var (place, address) in story.OtherLists)
            yield return await ListAsync(story, done, place, address, mustShow: false);

        var changes = await reader.OpenAsync(StoryAddress.OfChanges(story.Address));
        yield return Found("Its changes", StoryAddress.OfChanges(story.Address), changes.Status == StatusCodes.Status410Gone && !changes.Says(story.Text.Headline), $"answers {changes.Status}");
        var api = await reader.OpenAsync($"/api/stories/{story.Id}");
        yield return Found("API", $"/api/stories/{story.Id}", api.Status == StatusCodes.Status410Gone && !api.Says(story.Text.Headline), $"answers {api.Status}");
        var isFiled = await db.SearchEntries.AnyAsync(entry => entry.StoryId == story.Id, ct);
        yield return Found("Words kept for the search", null, !isFiled, isFiled ? "are still there" : "removed");

        await foreach (var found in LinkingPagesAsync(db, story, ct))
            yield return found;
        await foreach (var found in PicturesAsync(db, story, ct))
            yield return found;

        await disk.DrainAsync().WaitAsync(ct);
        var isOnDisk = disk.ShowsStory(story.Id);
        yield return Found("Pages kept on disk", null, !isOnDisk, isOnDisk ? "one is still there" : "removed, and so was every page that named it");
    }

    /// <summary>READ MORE lines vanish by themselves; words inside a sentence stay, without their link.</summary>
    private async IAsyncEnumerable<Seen> LinkingPagesAsync(NewsroomDb db, Subject story, [EnumeratorCancellation] CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var linking = await db.Stories.Live(now).Where(s => s.Id != story.Id && db.ReadMoreLinks.Any(l => l.FromId == s.Id && l.ToId == story.Id && l.RevisionNumber == s.PublishedNumber))
            .OrderByDescending(s => s.Id).Take(LinkingPagesLookedAt).Briefs(db, now).ToListAsync(ct);
        foreach (var other in linking)
            yield return await ListAsync(story, new(story.Id, Deed.Killed, default), $"READ MORE in “{other.Headline}”", other.Address, mustShow: false);
    }

    private async IAsyncEnumerable<Seen> PicturesAsync(NewsroomDb db, Subject story, [EnumeratorCancellation] CancellationToken ct)
    {
        int[] shown = await db.PicturesOnPages(clock.GetUtcNow()).Where(picture => story.PictureIds.Contains(picture.Id)).Select(picture => picture.Id).ToArrayAsync(ct);
        foreach (var picture in await db.Pictures.AsNoTracking().Where(p => story.PictureIds.Contains(p.Id) && !shown.Contains(p.Id)).ToListAsync(ct))
        {
            var address = ShownPicture.Of(picture).Address(PictureCrop.Whole, ShownPicture.Widths[0], "jpg");
            var answer = await reader.OpenAsync(address);
            yield return Found($"Picture {picture.Id}", address, answer.Status == StatusCodes.Status404NotFound, $"answers {answer.Status}");
        }

        foreach (var id in shown)
            yield return new($"Picture {id}", null, Finding.Elsewhere, "stays: another page shows it", 0);
    }

    private static Seen Found(string place, string? address, bool isRight, string words) => new(place, address, isRight ? Finding.Right : Finding.Wrong, words, 0);

    /// <summary>The text that readers have or had, and where it stood.</summary>
    private sealed record Subject(int Id, StoryText Text, Section Section, IReadOnlyList<(string Name, string Slug)> Topics, IReadOnlyList<(string Name, string Slug)> Writers, int[] PictureIds)
    {
        public string Address => StoryAddress.Of(Section.Slug, Id, Text.AddressSlug);

        public IEnumerable<(string Place, string Address)> OtherLists =>
        [
            ("Atom feed", "/atom.xml"), ("JSON feed", "/feed.json"), ($"Feed of {Section.Name}", $"/{Section.Slug}/rss.xml"),
            .. Topics.SelectMany(topic => new[] { ($"Topic {topic.Name}", $"/topics/{topic.Slug}"), ($"Feed of {topic.Name}", $"/topics/{topic.Slug}/rss.xml") }),
            .. Writers.SelectMany(writer => new[] { ($"Page of {writer.Name}", $"/by/{writer.Slug}"), ($"Feed of {writer.Name}", $"/by/{writer.Slug}/rss.xml") }),
            ("Search", "/search?q=" + Uri.EscapeDataString(Text.Headline)), ("API, newest stories", "/api/stories"), ("Most read", "/most-read"), ("Corrections", "/corrections"),
        ];

        public static async Task<Subject?> FindAsync(NewsroomDb db, int id, CancellationToken ct)
        {
            var found = await (
                from story in db.Stories
                where story.Id == id
                join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
                join section in db.Sections on story.SectionId equals section.Id
                select new { revision.Text, Section = section, revision.Number }).AsNoTracking().SingleOrDefaultAsync(ct);
            if (found is null)
                return null;

            var topics = await db.Topics.Where(t => found.Text.TopicIds.Contains(t.Id)).Select(t => new { t.Name, t.Slug }).ToListAsync(ct);
            var writers = await db.Writers.Where(w => found.Text.WriterIds.Contains(w.Id)).Select(w => new { w.Name, w.Slug }).ToListAsync(ct);
            int[] pictures = await db.PictureUses.Where(use => use.StoryId == id && use.RevisionNumber == found.Number).Select(use => use.PictureId).Distinct().ToArrayAsync(ct);
            return new(id, found.Text, found.Section, [.. topics.Select(t => (t.Name, t.Slug))], [.. writers.Select(w => (w.Name, w.Slug))], pictures);
        }
    }
}
