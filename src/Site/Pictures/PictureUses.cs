using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Keeps down which pictures stand in a story, for "used in" and for what readers may fetch.</summary>
public static class PictureUses
{
    /// <summary>Writes the uses of the newest revision; those of the published one are kept beside it. Call it after every save and publication.</summary>
    public static async Task TieAsync(NewsroomDb db, Story story, CopyText copy, CancellationToken ct)
    {
        int[] wanted = [.. PicturesIn(story.Draft, copy)];
        int[] known = await db.Pictures.Where(p => wanted.Contains(p.Id)).Select(p => p.Id).ToArrayAsync(ct);
        var kept = await db.PictureUses.Where(u => u.StoryId == story.Id).ToListAsync(ct);
        var working = kept.Where(use => use.RevisionNumber == story.RevisionNumber).ToList();

        db.PictureUses.RemoveRange(kept.Where(use => use.RevisionNumber != story.RevisionNumber && use.RevisionNumber != story.PublishedNumber));
        db.PictureUses.RemoveRange(working.Where(use => !known.Contains(use.PictureId)));
        db.PictureUses.AddRange(known.Except(working.Select(use => use.PictureId))
            .Select(id => new PictureUse { PictureId = id, StoryId = story.Id, RevisionNumber = story.RevisionNumber }));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Those of a story that is written for the first time, with pictures that are known to be here.</summary>
    public static IEnumerable<PictureUse> Of(Story story, CopyText copy, int storyId) =>
        PicturesIn(story.Draft, copy).Select(id => new PictureUse { PictureId = id, StoryId = storyId, RevisionNumber = story.RevisionNumber });

    private static IEnumerable<int> PicturesIn(StoryText text, CopyText copy) =>
        copy.Pictures.Select(picture => picture.PictureId).Concat(text.PictureId is { } main ? [main] : []).Distinct();
}
