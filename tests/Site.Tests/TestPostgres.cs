using LondonDefender.Data;
using LondonDefender.Hosting;
using LondonDefender.Tests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace LondonDefender.Tests;

/// <summary>One PostgreSQL for a whole test run, without fsync; every newsroom gets its own database, copied from a migrated one.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private const string Template = "template_of_newsrooms";

    private static readonly SemaphoreSlim Turn = new(1);
    private static LocalPostgres? shared;
    private static string folder = "";
    private static int count;

    /// <summary>The connection string of a fresh, migrated, empty database.</summary>
    public static Task<string> NewDatabaseAsync() => NewDatabaseAsync($"TEMPLATE {Template}");

    /// <summary>The connection string of a fresh database without anything in it.</summary>
    public static Task<string> NewEmptyDatabaseAsync() => NewDatabaseAsync("");

    private static async Task<string> NewDatabaseAsync(string like)
    {
        await Turn.WaitAsync();
        try
        {
            shared ??= await StartAsync();
            var name = $"newsroom_{++count}";
            await RunAsync($"CREATE DATABASE {name} {like}");
            return ConnectionTo(name);
        }
        finally
        {
            Turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is null)
            return;

        NpgsqlConnection.ClearAllPools();
        await shared.DisposeAsync();
        shared = null;
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<LocalPostgres> StartAsync()
    {
        folder = Directory.CreateTempSubdirectory("defender-tests-").FullName;
        shared = await LocalPostgres.StartAsync(new(folder, null, Durable: false));
        await RunAsync($"CREATE DATABASE {Template}");
        var options = new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql(ConnectionTo(Template) + ";Pooling=false").Options;
        await using var db = new NewsroomDb(options);
        await db.Database.MigrateAsync();
        return shared;
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(shared!.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(shared!.ConnectionString) { Database = database, MaxPoolSize = 10 }.ConnectionString;
}
