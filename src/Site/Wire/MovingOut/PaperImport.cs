using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingOut;

/// <summary>Somebody who works at the paper again, and has no password yet.</summary>
/// <param name="Key">Of a link to choose one by; chief editors get one, who can make one for everybody else.</param>
public sealed record Returned(string Name, Role Role, string? Key);

public sealed record ImportReport(Manifest Manifest, IReadOnlyList<Returned> People)
{
    public long RowsOf(string table) => Manifest.Tables.Where(found => found.Name == table).Sum(found => found.Rows);
}

/// <summary>Lays an export into an empty paper, which is the same paper then, but for what opens its doors.</summary>
public sealed class PaperImport(IDbContextFactory<NewsroomDb> newsroom, PictureFiles pictures, TimeProvider clock, ILogger<PaperImport> log)
{
    /// <exception cref="CannotMove">The file is not whole, or the paper not empty. Nothing was changed then.</exception>
    public async Task<ImportReport> RunAsync(string path, CancellationToken ct)
    {
        using var zip = await CheckedZip.OpenAsync(path, Manifest.OfExport, ct);
        var manifest = zip.Manifest;
        if (manifest.Tables.Select(table => table.Name).Except(MovedTables.All.Select(table => table.Name)).FirstOrDefault() is { } stranger)
            throw new CannotMove($"{path} has a table “{stranger}” that no export of this version has. Nothing was taken from it.");

        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var alone = await OneNodeAtATime.TakeTurnAsync(db, ct);
        await using var database = await WholeTables.WriteAsync(db, ct);
        await RefuseUnlessEmptyAsync(database, ct);
        if (await TableFiles.WhyNotReadAsync(manifest.Tables, database, ct) is { } reason)
            throw new CannotMove($"{path} cannot be taken in. {reason} Nothing was changed.");

        await TableFiles.ReadAsync(zip, manifest.Tables, database, () => GiveStampsAsync(database, ct), ct);
        // One of the new rows tells every page that was printed while the paper was empty.
        await database.RunAsync("UPDATE paper_settings SET name = name", ct);
        await pictures.ReadAsync(zip, database, ct);
        await pictures.KeepMarksAsync(manifest.Arrived, ct);
        await database.CommitAsync(ct);

        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.ExecuteSqlAsync($"ANALYZE", ct);
        log.LogInformation("A paper was taken in: {Paper}", manifest.Paper);
        return new(manifest, await LetBackInAsync(db, ct));
    }

    private static async Task RefuseUnlessEmptyAsync(WholeTables database, CancellationToken ct)
    {
        foreach (var table in MovedTables.All.Where(table => !table.IsThereFromTheStart))
        {
            if (await database.CountAsync(table.Name, ct) is > 0 and var rows)
            {
                throw new CannotMove(string.Create(CultureInfo.InvariantCulture,
                    $"This paper is not empty ({InWords(table.Name)}: {rows}), and a paper is taken into an empty one only. Give it a database of its own, or a new Hosting:DataFolder. Nothing was changed."));
            }
        }
    }

    private static string InWords(string table) => table == "users" ? "people" : table.Replace('_', ' ');

    /// <summary>Without one of each nobody could be given a password; the old ones were secrets, and stayed behind.</summary>
    private static Task GiveStampsAsync(WholeTables database, CancellationToken ct) =>
        database.RunAsync("UPDATE users SET security_stamp = gen_random_uuid()::text, concurrency_stamp = gen_random_uuid()::text", ct);

    private async Task<IReadOnlyList<Returned>> LetBackInAsync(NewsroomDb db, CancellationToken ct)
    {
        List<Returned> people = [];
        foreach (var person in await db.Users.AsNoTracking().Where(p => p.IsActive).OrderByDescending(p => p.Role == Role.ChiefEditor).ThenBy(p => p.Id).ToListAsync(ct))
        {
            string? key = null;
            if (person.Role == Role.ChiefEditor)
            {
                (var invitation, key) = Invitation.ForWayBack(person.Id, person.Name, person.Role, clock.GetUtcNow());
                db.Add(invitation);
            }

            people.Add(new(person.Name, person.Role, key));
        }

        await db.SaveChangesAsync(ct);
        return people;
    }
}
