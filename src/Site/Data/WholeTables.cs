using System.Data;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Data;

/// <summary>A table as it lies in the database.</summary>
/// <param name="Columns">Those that are written; what PostgreSQL works out itself is not among them.</param>
/// <param name="Key">What its rows are put in order by.</param>
public sealed record WholeTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key);

/// <summary>
/// Reads tables out whole and lays them back in, in PostgreSQL's own words (COPY, as CSV). Knows no table by name: columns, order,
/// relations and numbers to be given next are asked of the database, so that what a migration adds comes along by itself.
/// </summary>
public sealed class WholeTables : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction turn;

    private WholeTables(NpgsqlConnection connection, NpgsqlTransaction turn) => (this.connection, this.turn) = (connection, turn);

    public NpgsqlConnection Connection => connection;

    /// <summary>All tables as they are at one moment, however long it takes to read them, while others go on writing.</summary>
    public static Task<WholeTables> ReadAsync(NewsroomDb db, CancellationToken ct) => BeginAsync(db, IsolationLevel.RepeatableRead, "SET TRANSACTION READ ONLY", ct);

    /// <summary>What is laid in is there wholly, or not at all: see <see cref="CommitAsync"/>.</summary>
    public static Task<WholeTables> WriteAsync(NewsroomDb db, CancellationToken ct) => BeginAsync(db, IsolationLevel.ReadCommitted, "SET LOCAL synchronous_commit = on", ct);

    private static async Task<WholeTables> BeginAsync(NewsroomDb db, IsolationLevel level, string first, CancellationToken ct)
    {
        // It takes minutes, so it is nobody else's connection, and nothing in it has to be done by a certain time.
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = false,
            CommandTimeout = 0,
            MaxAutoPrepare = 0,
            ApplicationName = "London Defender, moving",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            var tables = new WholeTables(connection, await connection.BeginTransactionAsync(level, ct));
            await tables.RunAsync($"{first}; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'", ct);
            return tables;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every table of the paper's schema, by its name.</summary>
    public Task<List<WholeTable>> ListAsync(CancellationToken ct) => AskAsync("""
        SELECT c.relname::text,
            ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum),
            ARRAY(SELECT a.attname::text FROM pg_index i CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place)
        FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' ORDER BY c.relname::text COLLATE "C"
        """, row => new WholeTable(row.GetString(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2)), ct);

    /// <summary>The last number given in each table that numbers its rows, with its column; tables that never gave one are left out.</summary>
    public Task<List<(string Table, string Column, long Last)>> NumbersAsync(CancellationToken ct) => AskAsync("""
        SELECT t.relname::text, a.attname::text, known.last_value
        FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class t ON t.oid = d.refobjid
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
            JOIN pg_sequences known ON known.schemaname = current_schema() AND known.sequencename = s.relname
        WHERE d.deptype IN ('a', 'i') AND t.relnamespace = current_schema()::regnamespace AND known.last_value IS NOT NULL
        ORDER BY t.relname::text COLLATE "C", a.attname::text COLLATE "C"
        """, row => (row.GetString(0), row.GetString(1), row.GetInt64(2)), ct);

    public async Task<long> CountAsync(string table, CancellationToken ct) => (await AskAsync($"SELECT count(*) FROM {Quoted(table)}", row => row.GetInt64(0), ct))[0];

    /// <param name="instead">What is written in place of a column's values, as SQL.</param>
    public async Task CopyOutAsync(WholeTable table, IReadOnlyDictionary<string, string> instead, Stream to, CancellationToken ct)
    {
        var columns = table.Columns.Select(column => instead.TryGetValue(column, out var sql) ? $"{sql} AS {Quoted(column)}" : Quoted(column));
        var order = table.Key.Count > 0 ? table.Key : table.Columns;
        var sql = $"COPY (SELECT {string.Join(", ", columns)} FROM {Quoted(table.Name)} ORDER BY {string.Join(", ", order.Select(column => $"{Quoted(table.Name)}.{Quoted(column)}"))}) TO STDOUT (FORMAT csv, HEADER)";
        using var rows = (StreamReader)await connection.BeginTextExportAsync(sql, ct);
        await rows.BaseStream.CopyToAsync(to, ct);
    }

    /// <param name="columns">In the order in which the rows have them.</param>
    public async Task CopyInAsync(string table, IReadOnlyList<string> columns, Stream from, CancellationToken ct)
    {
        var sql = $"COPY {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) FROM STDIN (FORMAT csv, HEADER match)";
        await using var rows = (StreamWriter)await connection.BeginTextImportAsync(sql, ct);
        await from.CopyToAsync(rows.BaseStream, ct);
    }

    /// <summary>
    /// Rows that speak of each other come in any order, and nobody is told of each: relations and triggers of these tables are taken off, and
    /// put back when this is disposed of, which looks at all rows at once.
    /// </summary>
    public async Task<IReadOnlyList<string>> TakeRelationsOffAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        var relations = await AskAsync($"""
            SELECT c.relname::text, r.conname::text, pg_get_constraintdef(r.oid) FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
            WHERE r.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2
            """, row => (Table: row.GetString(0), Name: row.GetString(1), Meaning: row.GetString(2)), ct);
        List<string> back = [];
        foreach (var table in tables)
        {
            await RunAsync($"ALTER TABLE {Quoted(table)} DISABLE TRIGGER USER", ct);
            back.Add($"ALTER TABLE {Quoted(table)} ENABLE TRIGGER USER");
        }

        foreach (var (table, name, meaning) in relations.Where(relation => tables.Contains(relation.Table)))
        {
            await RunAsync($"ALTER TABLE {Quoted(table)} DROP CONSTRAINT {Quoted(name)}", ct);
            back.Add($"ALTER TABLE {Quoted(table)} ADD CONSTRAINT {Quoted(name)} {meaning}");
        }

        return back;
    }

    /// <param name="relations">As they were taken off.</param>
    public async Task PutRelationsBackAsync(IReadOnlyList<string> relations, CancellationToken ct)
    {
        foreach (var relation in relations)
            await RunAsync(relation, ct);
    }

    public Task EmptyAsync(string table, CancellationToken ct) => RunAsync($"DELETE FROM {Quoted(table)}", ct);

    /// <summary>The number after this one is given next.</summary>
    public Task CountOnFromAsync(string table, string column, long last, CancellationToken ct) =>
        RunAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT setval(pg_get_serial_sequence('{Quoted(table).Replace("'", "''", StringComparison.Ordinal)}', '{column.Replace("'", "''", StringComparison.Ordinal)}'), {last})"), ct);

    public async Task<List<T>> AskAsync<T>(string question, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(question, connection, turn);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    public async Task RunAsync(string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection, turn);
        await command.ExecuteNonQueryAsync(ct);
    }

    public Task CommitAsync(CancellationToken ct) => turn.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await turn.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
