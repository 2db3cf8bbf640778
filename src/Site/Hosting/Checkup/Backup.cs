using Microsoft.Extensions.Options;

namespace LondonDefender.Hosting.Checkup;

/// <summary>When the paper was last saved elsewhere, as far as it was told: a file that the backup leaves or touches. Our own command leaves one in the data folder.</summary>
public sealed class Backup(IOptions<HostingOptions> options)
{
    public string? Mark => Given ?? (File.Exists(Own) ? Own : null);

    private string? Given => string.IsNullOrWhiteSpace(options.Value.BackupMark) ? null : options.Value.BackupMark;

    private string Own => Path.Combine(DataFolder.Resolve(options.Value.DataFolder), "last-backup");

    /// <summary>A backup has just been made.</summary>
    public void Remember()
    {
        foreach (var mark in new[] { Own, Given }.OfType<string>().Where(mark => !Directory.Exists(mark)))
            File.WriteAllText(mark, "");
    }

    public DateTimeOffset? LastMade()
    {
        if (Mark is null)
            return null;

        var newest = Directory.Exists(Mark) ? new DirectoryInfo(Mark).EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc) : new FileInfo(Mark);
        return newest is { Exists: true } ? new DateTimeOffset(newest.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }
}
