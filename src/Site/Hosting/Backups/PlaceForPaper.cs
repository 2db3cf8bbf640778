using System.Globalization;
using LondonDefender.Wire.MovingOut;
using Npgsql;

namespace LondonDefender.Hosting.Backups;

/// <summary>Where a backup is brought back to: a database and a folder for pictures, that are empty or made so by putting aside what is there.</summary>
internal sealed class PlaceForPaper(string connectionString, string dataFolder, DateTimeOffset now)
{
    private readonly string aside = now.UtcDateTime.ToString("'aside_'yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);

    private string Pictures => Path.Combine(dataFolder, "pictures");
    private string Pages => Path.Combine(dataFolder, "pages");

    /// <summary>Sentences on what was put aside, where.</summary>
    /// <exception cref="CannotMove">Something is there, and nobody said that it may be put aside; or somebody works on it.</exception>
    public async Task<IReadOnlyList<string>> ClearAsync(bool mayPutAside, CancellationToken ct)
    {
        var (hasTables, hasPictures) = (await HasTablesAsync(ct), Directory.Exists(Pictures) && Directory.EnumerateFiles(Pictures, "*", SearchOption.AllDirectories).Any());
        List<string> done = [];
        if ((hasTables || hasPictures) && !mayPutAside)
            throw new CannotMove($"There is a paper already ({(hasTables ? "the database is not empty" : $"{Pictures} is not empty")}), and nothing is written over it. With --put-aside it is put aside first, and kept. Nothing was changed.");

        if (hasTables)
            done.Add(await PutDatabaseAsideAsync(ct));
        if (hasPictures)
        {
            Directory.Move(Pictures, $"{Pictures}-{aside}");
            done.Add($"The pictures that were there lie in {Pictures}-{aside} now.");
        }

        // Pages that were printed of what was there must not stand in for those of what comes.
        if (Directory.Exists(Pages))
            Directory.Delete(Pages, recursive: true);
        return done;
    }

    private async Task<bool> HasTablesAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(connectionString, ct);
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v', 'm', 'S'))", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The database keeps all it has under another name, and an empty one takes its place.</summary>
    private async Task<string> PutDatabaseAsideAsync(CancellationToken ct)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        NpgsqlConnection.ClearAllPools();
        try
        {
            await using var connection = await OpenAsync(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" }.ConnectionString, ct);
            await RenameAsync(connection, name, $"{name}_{aside}", ct);
            try
            {
                await RunAsync(connection, $"CREATE DATABASE {Quoted(name)} TEMPLATE template0 ENCODING 'UTF8'", ct);
            }
            catch (PostgresException)
            {
                await RenameAsync(connection, $"{name}_{aside}", name, ct);
                throw;
            }

            return $"The database that was there is called {name}_{aside} now.";
        }
        catch (PostgresException problem)
        {
            throw new CannotMove(problem.SqlState == PostgresErrorCodes.ObjectInUse
                ? $"Somebody works on the database {name}: stop the paper on every machine, and try again. Nothing was changed."
                : $"The database {name} could not be put aside: {problem.MessageText.TrimEnd('.')}. Give an empty one by ConnectionStrings:Newsroom instead. Nothing was changed.", problem);
        }
    }

    private static Task RenameAsync(NpgsqlConnection connection, string name, string becomes, CancellationToken ct) =>
        RunAsync(connection, $"ALTER DATABASE {Quoted(name)} RENAME TO {Quoted(becomes)}", ct);

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
