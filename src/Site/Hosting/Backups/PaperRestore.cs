using LondonDefender.Data;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LondonDefender.Hosting.Backups;

/// <summary>Brings a backup back into an empty database: laid out as the version that wrote it had it, filled, and only then brought up to date.</summary>
internal static class PaperRestore
{
    /// <returns>The tables that no version of the paper knows, and that were left in the file.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(CheckedZip zip, IServiceProvider paper, CancellationToken ct)
    {
        await using var db = await paper.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContextAsync(ct);
        await LayOutAsync(db, zip.Manifest, ct);

        List<Manifest.Table> known, unknown;
        await using (var database = await WholeTables.WriteAsync(db, ct))
        {
            var here = (await database.ListAsync(ct)).Select(table => table.Name).ToHashSet();
            (known, unknown) = ([.. zip.Manifest.Tables.Where(table => here.Contains(table.Name))], [.. zip.Manifest.Tables.Where(table => !here.Contains(table.Name))]);
            if (await TableFiles.WhyNotReadAsync(known, database, ct) is { } reason)
                throw new CannotMove($"The backup cannot be brought back. {reason}");

            await TableFiles.ReadAsync(zip, known, database, () => Task.CompletedTask, ct);
            await paper.GetRequiredService<PictureFiles>().ReadAsync(zip, database, ct);
            await paper.GetRequiredService<PictureFiles>().KeepMarksAsync(zip.Manifest.Arrived, ct);
            await database.CommitAsync(ct);
        }

        await db.Database.MigrateAsync(ct);
        await db.Database.ExecuteSqlAsync($"ANALYZE", ct);
        return [.. unknown.Select(table => table.Name)];
    }

    /// <summary>What keeps a backup from being brought back by this program; null when nothing does.</summary>
    public static string? WhyNot(Manifest manifest, NewsroomDb db) => manifest.Migrations.Except(db.Database.GetMigrations()).LastOrDefault() is { } newer
        ? $"The backup was made by a newer version ({manifest.Program}), which knows “{newer}”: use that one to bring it back."
        : null;

    /// <summary>A migration may rewrite rows, so it must find the rows of the version before it.</summary>
    private static async Task LayOutAsync(NewsroomDb db, Manifest manifest, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        await db.GetService<IMigrator>().MigrateAsync(manifest.Migrations[^1], ct);
    }
}
