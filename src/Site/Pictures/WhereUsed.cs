using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Where one picture stands: in working or published texts, with a story's card on a front, and beside the names of writers.</summary>
public sealed record WhereUsed(IReadOnlyList<StoryHit> Stories, IReadOnlyList<Writer> Writers)
{
    public bool IsUnused => Stories.Count == 0 && Writers.Count == 0;

    public static async Task<WhereUsed> OfAsync(NewsroomDb db, int pictureId, DateTimeOffset now, CancellationToken ct)
    {
        var ids = await db.PictureUses.Where(use => use.PictureId == pictureId).Select(use => use.StoryId)
            .Union(db.FrontPictures.Where(use => use.PictureId == pictureId).Select(use => use.StoryId)).ToArrayAsync(ct);
        var hits = await LinkReports.HitsAsync(db, ids, now, ct);
        return new([.. hits.Values.OrderByDescending(hit => hit.Date)],
            await db.Writers.AsNoTracking().Where(w => w.PortraitId == pictureId).OrderBy(w => w.Name).ToListAsync(ct));
    }

    public static IQueryable<Picture> UnusedIn(NewsroomDb db) => db.Pictures
        .Where(p => !db.PictureUses.Any(use => use.PictureId == p.Id) && !db.FrontPictures.Any(use => use.PictureId == p.Id) && !db.Writers.Any(w => w.PortraitId == p.Id));

    /// <summary>Whether readers may have it before them, or had.</summary>
    public static async Task<bool> IsPublishedAsync(NewsroomDb db, int pictureId, CancellationToken ct) =>
        await db.PictureUses.AnyAsync(use => use.PictureId == pictureId && db.Stories.Any(s => s.Id == use.StoryId && s.PublishedNumber != null), ct)
        || await db.FrontPictures.AnyAsync(use => use.PictureId == pictureId, ct)
        || await db.Writers.AnyAsync(w => w.PortraitId == pictureId, ct);
}
