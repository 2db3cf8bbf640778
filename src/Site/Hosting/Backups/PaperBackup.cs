using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Wire;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting.Backups;

/// <summary>
/// Everything that a mishap could take, secrets included, in one file: all tables of the database as they are at one moment, and the files of
/// pictures. Needs no program of PostgreSQL's, and any PostgreSQL from 15 on takes it back.
/// </summary>
internal static class PaperBackup
{
    /// <summary>True of the machines that run now; of no worth a minute later.</summary>
    private static readonly HashSet<string> OfTheMoment = ["changes", "nodes", "presences", "__EFMigrationsHistory"];

    public static async Task<Manifest> WriteAsync(IServiceProvider paper, Stream to, CancellationToken ct)
    {
        await using var db = await paper.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContextAsync(ct);
        var migrations = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        if (migrations.Count == 0)
            throw new CannotMove("There is nothing to keep: the database is empty.");

        await using var database = await WholeTables.ReadAsync(db, ct);
        await using var zip = new ZipWriter(to);
        var tables = await TableFiles.WriteAsync(zip, database, name => OfTheMoment.Contains(name) ? null : new MovedTable(name), ct);
        var missing = await paper.GetRequiredService<PictureFiles>().WriteAsync(zip, database, ct);
        var manifest = new Manifest
        {
            Kind = Manifest.OfBackup,
            Form = Manifest.FormOfToday,
            Program = PaperVersion.Number,
            MadeAt = paper.GetRequiredService<TimeProvider>().GetUtcNow(),
            Paper = await NameAsync(database, ct),
            Migrations = migrations,
            Tables = tables,
            PicturesWithoutFile = missing,
            // An older version's tables are not asked in this one's words.
            Arrived = migrations.Count < db.Database.GetMigrations().Count() ? [] : await paper.GetRequiredService<DemoPictures>().MarksAsync(ct),
            Checksums = await zip.AddChecksumsAsync(ct),
        };
        await zip.AddLastAsync(Manifest.FileName, manifest.AsFile(), ct);
        await zip.FinishAsync(ct);
        return manifest;
    }

    /// <summary>Asked plainly: the database may be of an older version than the program.</summary>
    private static async Task<string> NameAsync(WholeTables database, CancellationToken ct) =>
        (await database.AskAsync("SELECT name FROM paper_settings LIMIT 1", row => row.GetString(0), ct)).FirstOrDefault() ?? "The paper";
}
