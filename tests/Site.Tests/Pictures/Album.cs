using System.Globalization;
using LondonDefender.Pictures;

namespace LondonDefender.Tests.Pictures;

/// <summary>Pictures as the newsroom knows them, without a file behind: for what is said about pictures and done with them.</summary>
internal static class Album
{
    private static int files;

    public static async Task<int> PasteInAsync(this Newsroom newsroom, string name = "photo.jpg", int? byPerson = null, int width = 1600, int height = 1200, Action<Picture>? describe = null)
    {
        var picture = new Picture
        {
            FileHash = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref files):x64}"),
            FileName = name,
            Format = "jpeg",
            Width = width,
            Height = height,
            Bytes = 400_000,
            Colour = "#808080",
            UploadedAt = newsroom.Clock.GetUtcNow().AddSeconds(files),
            UploadedById = byPerson,
        };
        describe?.Invoke(picture);
        await using var db = await newsroom.OpenDbAsync();
        db.Add(picture);
        await db.SaveChangesAsync();
        return picture.Id;
    }

    public static async Task<Picture?> PictureAsync(this Newsroom newsroom, int id)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Pictures.FindAsync(id);
    }
}
