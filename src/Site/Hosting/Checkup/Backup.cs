using Microsoft.Extensions.Options;

namespace LondonDefender.Hosting.Checkup;

/// <summary>When the paper was last saved elsewhere, as far as it was told: a file that the backup leaves or touches.</summary>
public sealed class Backup(IOptions<HostingOptions> options)
{
    public string? Mark => string.IsNullOrWhiteSpace(options.Value.BackupMark) ? null : options.Value.BackupMark;

    public DateTimeOffset? LastMade()
    {
        if (Mark is null)
            return null;

        var newest = Directory.Exists(Mark) ? new DirectoryInfo(Mark).EnumerateFiles().MaxBy(file => file.LastWriteTimeUtc) : new FileInfo(Mark);
        return newest is { Exists: true } ? new DateTimeOffset(newest.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }
}
