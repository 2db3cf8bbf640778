using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

public static class LivePictures
{
    /// <summary>Those the paper still has the rights to show.</summary>
    public static IQueryable<Picture> Showable(this IQueryable<Picture> pictures, DateTimeOffset now) =>
        pictures.Where(picture => picture.RightsUntil == null || picture.RightsUntil > now);

    /// <summary>Those some page shows: in the readers' text of a live story, with its card on a front, or as a writer's portrait.</summary>
    public static IQueryable<Picture> PicturesOnPages(this NewsroomDb db, DateTimeOffset now) =>
        from picture in db.Pictures.Showable(now)
        where db.Writers.Any(writer => writer.PortraitId == picture.Id)
            || (from use in db.PictureUses
                join story in db.Stories.Live(now) on new { Id = use.StoryId, Number = (int?)use.RevisionNumber } equals new { story.Id, Number = story.PublishedNumber }
                where use.PictureId == picture.Id
                select use).Any()
            || (from use in db.FrontPictures
                join story in db.Stories.Live(now) on use.StoryId equals story.Id
                where use.PictureId == picture.Id && use.VersionId == db.FrontVersions.Live(now).Where(version => version.FrontId == use.Version!.FrontId).Select(version => version.Id).First()
                select use).Any()
        select picture;

    /// <summary>The showable ones among these ids, with the words kept on the pictures themselves.</summary>
    public static async Task<IReadOnlyDictionary<int, ShownPicture>> ShownAsync(this NewsroomDb db, IReadOnlyCollection<int> ids, DateTimeOffset now, CancellationToken ct) =>
        ids.Count == 0
            ? new Dictionary<int, ShownPicture>()
            : await db.Pictures.AsNoTracking().Showable(now).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ShownPicture.Of, ct);
}
