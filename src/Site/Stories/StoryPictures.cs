using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>The pictures of one text that may be shown: the main one with the words of that use, and those inside the copy.</summary>
public sealed record StoryPictures(ShownPicture? Main, IReadOnlyDictionary<int, ShownPicture> Inside)
{
    /// <param name="from">Where they are fetched: readers' addresses hold only what readers may see.</param>
    public static async Task<StoryPictures> OfAsync(
        NewsroomDb db, StoryText text, CopyText copy, DateTimeOffset now, CancellationToken ct, string from = ShownPicture.ForReaders)
    {
        int[] ids = [.. copy.Pictures.Select(picture => picture.PictureId), .. text.PictureId is { } id ? new[] { id } : []];
        var shown = (await db.ShownAsync([.. ids.Distinct()], now, ct)).ToDictionary(picture => picture.Key, picture => picture.Value with { Base = from });

        return new(shown.GetValueOrDefault(text.PictureId ?? 0) is { } main ? InUse(main, text) : null, shown);
    }

    private static ShownPicture InUse(ShownPicture main, StoryText text) =>
        main with { Alt = text.PictureAlt.Length > 0 ? text.PictureAlt : main.Alt, Caption = text.PictureCaption };
}
