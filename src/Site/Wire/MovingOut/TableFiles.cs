using LondonDefender.Data;
using Npgsql;

namespace LondonDefender.Wire.MovingOut;

/// <summary>The database's tables as files of an export or a backup, and back.</summary>
public static class TableFiles
{
    /// <param name="wanted">Null for a table that stays here.</param>
    internal static async Task<List<Manifest.Table>> WriteAsync(ZipWriter zip, WholeTables database, Func<string, MovedTable?> wanted, CancellationToken ct)
    {
        List<Manifest.Table> written = [];
        var numbers = await database.NumbersAsync(ct);
        foreach (var table in await database.ListAsync(ct))
        {
            if (wanted(table.Name) is not { } moved)
                continue;

            var taken = table with { Columns = [.. table.Columns.Where(moved.Takes)] };
            await zip.AddAsync(Manifest.Table.FileOf(table.Name), file => database.CopyOutAsync(taken, moved.Instead, file, ct), ct, mayBeLarge: true);
            var last = numbers.Where(number => number.Table == table.Name).ToDictionary(number => number.Column, number => number.Last);
            written.Add(new(table.Name, taken.Columns, await database.CountAsync(table.Name, ct), last));
        }

        return written;
    }

    /// <summary>What keeps these tables from being laid into this database; null when nothing does.</summary>
    public static async Task<string?> WhyNotReadAsync(IReadOnlyList<Manifest.Table> tables, WholeTables database, CancellationToken ct)
    {
        var here = (await database.ListAsync(ct)).ToDictionary(table => table.Name);
        foreach (var table in tables)
        {
            if (!here.TryGetValue(table.Name, out var known))
                return $"It has a table “{table.Name}”, which this version does not know: it was written by a newer one.";
            if (table.Columns.Except(known.Columns).FirstOrDefault() is { } column)
                return $"Its table “{table.Name}” has a column “{column}”, which this version does not know: it was written by a newer one.";
        }

        return null;
    }

    /// <summary>Lays all rows in, which replace whatever is there, and looks whether all of them have come.</summary>
    /// <param name="meanwhile">What is to be done to the rows before anybody looks at how they fit together.</param>
    public static async Task ReadAsync(CheckedZip zip, IReadOnlyList<Manifest.Table> tables, WholeTables database, Func<Task> meanwhile, CancellationToken ct)
    {
        try
        {
            List<string> names = [.. tables.Select(table => table.Name)];
            var relations = await database.TakeRelationsOffAsync(names, ct);
            foreach (var table in tables)
            {
                await database.EmptyAsync(table.Name, ct);
                await using var rows = zip.Open(table.File) ?? throw new CannotMove($"“{table.File}” is missing from it.");
                await database.CopyInAsync(table.Name, table.Columns, rows, ct);
                if (await database.CountAsync(table.Name, ct) is var count && count != table.Rows)
                    throw new CannotMove($"“{table.File}” has {count} rows, and not {table.Rows} as it says.");
                foreach (var (column, last) in table.Last)
                    await database.CountOnFromAsync(table.Name, column, last, ct);
            }

            await meanwhile();
            await database.PutRelationsBackAsync(relations, ct);
        }
        catch (PostgresException problem)
        {
            throw new CannotMove($"PostgreSQL does not take it: {problem.MessageText.TrimEnd('.')}{(problem.TableName is { } table ? $" (table {table})" : "")}. Nothing was changed.", problem);
        }
    }
}
