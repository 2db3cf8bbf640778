using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Pictures;

namespace LondonDefender.Wire.MovingOut;

/// <summary>The files of pictures in an export or a backup: as they were sent in, and the print that renditions are made from.</summary>
public sealed class PictureFiles(PictureStore store, PicturesFolder folder)
{
    private sealed record Filed(int Id, string Hash, string Name, string Format)
    {
        /// <summary>By its number and what its sender called it, whatever signs that has.</summary>
        public string Original => FileOf(Id, Name, Format);

        public string Print => string.Create(CultureInfo.InvariantCulture, $"prints/{Id}.jpg");
    }

    private const string Asked = "SELECT id, file_hash, file_name, format FROM pictures ORDER BY id";

    public static string FileOf(int id, string fileName, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"pictures/{id}-{Slugs.From(Path.GetFileNameWithoutExtension(fileName))}.{(format == "jpeg" ? "jpg" : format)}");

    /// <summary>The ids of pictures whose files are not to be had.</summary>
    internal async Task<List<int>> WriteAsync(ZipWriter zip, WholeTables database, CancellationToken ct)
    {
        List<int> missing = [];
        foreach (var picture in await PicturesAsync(database, ct))
        {
            var isWhole = await WriteAsync(zip, picture.Original, PictureStore.OriginalKey(picture.Hash), ct);
            isWhole &= await WriteAsync(zip, picture.Print, PictureStore.PrintKey(picture.Hash), ct);
            if (!isWhole)
                missing.Add(picture.Id);
        }

        return missing;
    }

    /// <summary>Keeps the files of all pictures that the database has now. A file that is not the picture's is refused.</summary>
    public async Task ReadAsync(CheckedZip zip, WholeTables database, CancellationToken ct)
    {
        foreach (var picture in await PicturesAsync(database, ct))
        {
            var original = await ReadAsync(zip, picture.Original, PictureStore.OriginalKey(picture.Hash), picture.Hash, ct);
            var print = await ReadAsync(zip, picture.Print, PictureStore.PrintKey(picture.Hash), null, ct);
            if (!(original && print) && !zip.Manifest.PicturesWithoutFile.Contains(picture.Id))
                throw new CannotMove($"The file of picture {picture.Id} ({picture.Original}) is missing.");
        }
    }

    public async Task KeepMarksAsync(IEnumerable<string> marks, CancellationToken ct)
    {
        using var tray = folder.NewWorkplace();
        foreach (var mark in marks.Where(DemoPictures.IsMark))
        {
            await File.WriteAllTextAsync(tray.File("mark"), mark, ct);
            await store.KeepAsync(mark, tray.File("mark"), ct);
        }
    }

    private static Task<List<Filed>> PicturesAsync(WholeTables database, CancellationToken ct) =>
        database.AskAsync(Asked, row => new Filed(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), ct);

    private async Task<bool> WriteAsync(ZipWriter zip, string name, string key, CancellationToken ct)
    {
        await using var file = await store.OpenAsync(key, ct);
        if (file is null)
            return false;

        await zip.AddAsync(name, entry => file.CopyToAsync(entry, ct), ct, level: CompressionLevel.NoCompression);
        return true;
    }

    private async Task<bool> ReadAsync(CheckedZip zip, string name, string key, string? hash, CancellationToken ct)
    {
        await using var packed = zip.Open(name);
        if (packed is null)
            return false;

        using var tray = folder.NewWorkplace();
        var file = tray.File("file");
        await using (var copy = File.Create(file))
            await packed.CopyToAsync(copy, ct);
        if (hash is not null && await HashAsync(file, ct) != hash)
            throw new CannotMove($"“{name}” is not the file that the picture was made of.");

        await store.KeepAsync(key, file, ct);
        return true;
    }

    private static async Task<string> HashAsync(string file, CancellationToken ct)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }
}
