using System.IO.Compression;

namespace LondonDefender.Wire.MovingIn;

/// <summary>A ZIP file from somebody, unpacked into a folder that goes when it has been read. Nothing in it lands anywhere else, nor takes more room than a bound.</summary>
internal sealed class UnpackedZip : IDisposable
{
    private const int MostFiles = 200_000;
    private const long LargestFile = 64L << 20, MostBytes = 8L << 30;

    private UnpackedZip(string folder) => Folder = folder;

    public string Folder { get; }

    public List<string> Refused { get; } = [];

    /// <exception cref="UnreadableOldPaper">The reason.</exception>
    public static UnpackedZip Of(string path)
    {
        var unpacked = new UnpackedZip(Directory.CreateTempSubdirectory("defender-moving-in-").FullName);
        try
        {
            unpacked.Fill(path);
            return unpacked;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or NotSupportedException)
        {
            unpacked.Dispose();
            throw new UnreadableOldPaper("The ZIP file cannot be unpacked: it is damaged, locked with a password, or there is no room for it.");
        }
        catch
        {
            unpacked.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // It lies among the machine's temporary files, which are swept.
        }
    }

    private void Fill(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        if (zip.Entries.Count > MostFiles)
            throw new UnreadableOldPaper($"The ZIP file holds more than {MostFiles:N0} files.");

        var room = MostBytes;
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            var to = Path.GetFullPath(Path.Combine(Folder, entry.FullName.Replace('\\', '/')));
            if (!OldPictures.IsWithin(Folder, to) || IsLink(entry))
            {
                Refused.Add("files of the ZIP that would have landed outside its folder");
                continue;
            }

            if (entry.Length > LargestFile)
            {
                Refused.Add("files of the ZIP that are larger than 64 MB");
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            room -= Unpack(entry, to, Math.Min(room, LargestFile));
        }
    }

    /// <summary>What the file says about its sizes is not believed.</summary>
    private static long Unpack(ZipArchiveEntry entry, string to, long most)
    {
        using var packed = entry.Open();
        using var file = new FileStream(to, FileMode.Create, FileAccess.Write);
        var block = new byte[81_920];
        while (packed.Read(block) is > 0 and var count)
        {
            if (file.Length + count > most)
                throw new UnreadableOldPaper("The ZIP file unpacks to far more than it says, as a trap does. Nothing of it was read.");
            file.Write(block.AsSpan(0, count));
        }

        return file.Length;
    }

    private static bool IsLink(ZipArchiveEntry entry) => ((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000;
}
