using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

public static class LivePictures
{
    /// <summary>Those the paper still has the rights to show.</summary>
    public static IQueryable<Picture> Showable(this IQueryable<Picture> pictures, DateTimeOffset now) =>
        pictures.Where(picture => picture.RightsUntil == null || picture.RightsUntil > now);

    /// <summary>The showable ones among these ids, with the words kept on the pictures themselves.</summary>
    public static async Task<IReadOnlyDictionary<int, ShownPicture>> ShownAsync(this NewsroomDb db, IReadOnlyCollection<int> ids, DateTimeOffset now, CancellationToken ct) =>
        ids.Count == 0
            ? new Dictionary<int, ShownPicture>()
            : await db.Pictures.AsNoTracking().Showable(now).Where(p => ids.Contains(p.Id)).Select(p => new ShownPicture
            {
                Id = p.Id,
                AddressHash = p.AddressHash,
                Width = p.Width,
                Height = p.Height,
                Colour = p.Colour,
                Credit = p.Credit,
                Alt = p.Alt,
                Caption = p.Caption,
            }).ToDictionaryAsync(p => p.Id, ct);

    /// <summary>A story's main picture with the words of that use; null while there is none to show.</summary>
    public static async Task<ShownPicture?> MainAsync(this NewsroomDb db, int? id, string alt, string caption, DateTimeOffset now, CancellationToken ct) =>
        id is { } asked && (await db.ShownAsync([asked], now, ct)).GetValueOrDefault(asked) is { } picture
            ? picture with { Alt = alt.Length > 0 ? alt : picture.Alt, Caption = caption }
            : null;
}
