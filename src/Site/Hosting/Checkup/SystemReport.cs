using System.Diagnostics;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting.Checkup;

/// <summary>A paper that runs, as its page in the newsroom shows it.</summary>
public sealed record NodeReport(string Version, DateTimeOffset Since, long Memory, long Heap, int Collections, double ShareInCollections)
{
    public static NodeReport OfThis()
    {
        using var process = Process.GetCurrentProcess();
        return new(PaperVersion.Number, process.StartTime, process.WorkingSet64,
            GC.GetTotalMemory(forceFullCollection: false), GC.CollectionCount(2), GC.GetGCMemoryInfo().PauseTimePercentage);
    }
}

/// <summary>Everything the system page tells.</summary>
internal sealed record SystemReport
{
    public required NodeReport Node { get; init; }
    public required string NameOfThis { get; init; }
    public required IReadOnlyList<Nodes.KnownNode> Nodes { get; init; }
    public required DatabaseReport Database { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required int PicturesWaiting { get; init; }
    public required int ReadsWaiting { get; init; }
    public required DateTimeOffset? LastBackup { get; init; }
    public required string? BackupMark { get; init; }
    public required string PicturesPlace { get; init; }
    public required long? PicturesSize { get; init; }
    public required long FreeSpace { get; init; }
}

/// <summary>Asks all parts of the paper how they are.</summary>
internal sealed class SystemDesk(
    IDbContextFactory<NewsroomDb> newsroom, Nodes nodes, Readiness readiness, PictureTools tools, Tally tally, Backup backup, PicturesFolder folder, PictureStore store)
{
    public async Task<SystemReport> ReportAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return new()
        {
            Node = NodeReport.OfThis(),
            NameOfThis = nodes.Name,
            Nodes = await Paper.PaperCache.Nodes.ListAsync(db, ct),
            Database = await DatabaseReport.ReadAsync(db, ct),
            Findings = await readiness.FindAsync(),
            PicturesWaiting = tools.Waiting,
            ReadsWaiting = tally.Waiting,
            LastBackup = backup.LastMade(),
            BackupMark = backup.Mark,
            PicturesPlace = store is FolderStore ? folder.Path : "a bucket of S3",
            PicturesSize = store is FolderStore ? Disk.SizeOf(folder.Path) : null,
            FreeSpace = Disk.FreeAt(folder.Path),
        };
    }
}

public static class SystemSetup
{
    public static void AddSystemPage(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Backup>();
        builder.Services.AddSingleton<SystemDesk>();
        builder.Services.AddSingleton<LastMinutes>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LastMinutes>());
    }
}
