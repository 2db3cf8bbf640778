using LondonDefender.Data;
using LondonDefender.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Tests;

/// <summary>A paper whose PostgreSQL can be stopped, started again, and frozen where it stands.</summary>
public class NewsroomWithItsOwnPostgres : Newsroom
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-away-").FullName;
    private LocalPostgres? postgres;

    public async Task StartPostgresAsync() => postgres = await LocalPostgres.StartAsync(new(folder, null, Durable: false));

    public async Task StopPostgresAsync()
    {
        await postgres!.DisposeAsync();
        postgres = null;
    }

    public Task FreezePostgresAsync() => PostgresProcesses.FreezeAsync(Cluster);

    public Task ThawPostgresAsync() => PostgresProcesses.ThawAsync(Cluster);

    protected override async Task<string> FindDatabaseAsync()
    {
        await StartPostgresAsync();
        var connection = new NpgsqlConnectionStringBuilder(postgres!.ConnectionString) { MaxPoolSize = 5 }.ConnectionString;
        await using var db = new NewsroomDb(new DbContextOptionsBuilder<NewsroomDb>().UseNpgsql(connection).Options);
        await db.Database.MigrateAsync();
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
            await StopPostgresAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Cluster => Path.Combine(folder, "cluster");
}
