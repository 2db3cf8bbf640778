using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>Which pictures the library shows.</summary>
public enum PictureFilter
{
    All,
    Unused,
    Ending,
    Ended,
}

/// <summary>The newsroom's pictures, newest first: one page of them by keyset, so that page 1,000 costs what page 1 costs.</summary>
public sealed record PictureListing(IReadOnlyList<Picture> Pictures, string? Next)
{
    public const int PageSize = 48;

    /// <summary>How long before the end of its rights a picture is listed as ending.</summary>
    public static readonly TimeSpan SoonEnds = TimeSpan.FromDays(30);

    /// <param name="After">Where the page before ended, as <see cref="Next"/> said it.</param>
    public sealed record Asked(string Words = "", PictureFilter Filter = PictureFilter.All, string? After = null, int Count = PageSize);

    public static async Task<PictureListing> FindAsync(NewsroomDb db, Asked asked, DateTimeOffset now, CancellationToken ct)
    {
        var pictures = WithWords(db, Among(db, asked.Filter, now), asked.Words);
        if (PlaceInList.Read(asked.After) is var (uploadedAt, id))
            pictures = pictures.Where(p => p.UploadedAt < uploadedAt || (p.UploadedAt == uploadedAt && p.Id < id));

        var found = await pictures.AsNoTracking()
            .OrderByDescending(p => p.UploadedAt).ThenByDescending(p => p.Id)
            .Take(asked.Count + 1).ToListAsync(ct);
        Picture[] shown = [.. found.Take(asked.Count)];
        return new(shown, found.Count > asked.Count ? new PlaceInList(shown[^1].UploadedAt, shown[^1].Id).ToString() : null);
    }

    private static IQueryable<Picture> Among(NewsroomDb db, PictureFilter filter, DateTimeOffset now)
    {
        var soon = now + SoonEnds;
        return filter switch
        {
            PictureFilter.All => db.Pictures,
            PictureFilter.Unused => WhereUsed.UnusedIn(db),
            PictureFilter.Ending => db.Pictures.Where(p => p.RightsUntil > now && p.RightsUntil <= soon),
            PictureFilter.Ended => db.Pictures.Where(p => p.RightsUntil <= now),
            _ => throw new ArgumentOutOfRangeException(nameof(filter)),
        };
    }

    private static IQueryable<Picture> WithWords(NewsroomDb db, IQueryable<Picture> pictures, string words)
    {
        if (words.Length == 0)
            return pictures;
        if (HalfTyped.Query(words) is not { Length: > 0 } query)
            return pictures.Where(p => false);

        var found = db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM pictures WHERE words_vector @@ to_tsquery('newsroom_words', {query})");
        return pictures.Where(p => found.Contains(p.Id));
    }
}
