using System.Globalization;

namespace LondonDefender.Hosting.Checkup;

/// <summary>Room on disks, and how it is said.</summary>
internal static class Disk
{
    /// <summary>At the folder, or at the nearest one above it that is there.</summary>
    public static long FreeAt(string folder) => new DriveInfo(FoldersUp.From(folder).First(Directory.Exists)).AvailableFreeSpace;

    public static long SizeOf(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Sum(file => file.Length)
        : 0;

    public static string Words(long bytes) => bytes switch
    {
        >= 10L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30:#,0} GB"),
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10} KB"),
    };
}
