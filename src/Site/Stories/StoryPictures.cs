using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>The pictures of one text that may be shown: the main one with the words of that use, and those inside the copy.</summary>
public sealed record StoryPictures(ShownPicture? Main, IReadOnlyDictionary<int, ShownPicture> Inside)
{
    private const string ShowableSql = """
        SELECT id, address_hash, width, height, colour, credit, alt, caption FROM pictures WHERE id = ANY ($2) AND (rights_until IS NULL OR rights_until > $1)
        """;

    public static Question In(StoryText text, CopyText copy, DateTimeOffset now) => Showable(IdsIn(text, copy), now);

    public static Question Showable(int[] ids, DateTimeOffset now) => new(ShowableSql, now, ids);

    public static ShownPicture Read(Row row) => new()
    {
        Id = row.Number(),
        AddressHash = row.Text(),
        Width = row.Number(),
        Height = row.Number(),
        Colour = row.Text(),
        Credit = row.Text(),
        Alt = row.Text(),
        Caption = row.Text(),
    };

    public static StoryPictures Of(StoryText text, IEnumerable<ShownPicture> showable)
    {
        var shown = showable.ToDictionary(picture => picture.Id);
        return new(shown.GetValueOrDefault(text.PictureId ?? 0) is { } main ? InUse(main, text) : null, shown);
    }

    /// <param name="from">Where they are fetched: readers' addresses hold only what readers may see.</param>
    public static async Task<StoryPictures> OfAsync(NewsroomDb db, StoryText text, CopyText copy, DateTimeOffset now, CancellationToken ct, string from) =>
        Of(text, (await db.ShownAsync(IdsIn(text, copy), now, ct)).Values.Select(picture => picture with { Base = from }));

    private static int[] IdsIn(StoryText text, CopyText copy) =>
        [.. copy.Pictures.Select(picture => picture.PictureId).Concat(text.PictureId is { } main ? [main] : []).Distinct()];

    private static ShownPicture InUse(ShownPicture main, StoryText text) =>
        main with { Alt = text.PictureAlt.Length > 0 ? text.PictureAlt : main.Alt, Caption = text.PictureCaption };
}
