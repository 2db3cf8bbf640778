using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingOut;

/// <summary>What an export held.</summary>
public sealed record ExportReport(string Paper, int Stories, long Versions, long Pictures, IReadOnlyList<int> PicturesWithoutFile, long Length);

/// <summary>
/// The whole paper as one file that others can read and we can take in again, as it is at one moment and without anything that opens a door. Written
/// as it is read, so that its size is no matter.
/// </summary>
public sealed class PaperExport(IDbContextFactory<NewsroomDb> newsroom, PictureFiles pictures, DemoPictures demo, TimeProvider clock, ILogger<PaperExport> log)
{
    public async Task<ExportReport> WriteAsync(Stream to, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var migrations = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var settings = await db.SettingsAsync(ct);
        await using var database = await WholeTables.ReadAsync(db, ct);
        await using var zip = new ZipWriter(to);

        await zip.AddAsync("README.md", ReadmeOfExport.For(settings.Name), ct);
        var stories = await StoriesInMarkdown.WriteAsync(zip, database, clock.GetUtcNow(), ct);
        var tables = await TableFiles.WriteAsync(zip, database, name => MovedTables.All.FirstOrDefault(table => table.Name == name), ct);
        var missing = await pictures.WriteAsync(zip, database, ct);
        var manifest = new Manifest
        {
            Kind = Manifest.OfExport,
            Form = Manifest.FormOfToday,
            Program = PaperVersion.Number,
            Paper = settings.Name,
            Migrations = migrations,
            Tables = tables,
            PicturesWithoutFile = missing,
            Arrived = await demo.MarksAsync(ct),
            Checksums = await zip.AddChecksumsAsync(ct),
        };
        await zip.AddLastAsync(Manifest.FileName, manifest.AsFile(), ct);
        await zip.FinishAsync(ct);

        log.LogInformation("The paper was exported: {Stories} stories, {Pictures} pictures", stories, RowsOf("pictures"));
        return new(settings.Name, stories, RowsOf("revisions"), RowsOf("pictures"), missing, zip.Length);

        long RowsOf(string name) => tables.Where(table => table.Name == name).Sum(table => table.Rows);
    }
}
