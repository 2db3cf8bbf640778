using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Every process of it stands still: it takes connections, and never answers.</summary>
    public async Task FreezePostgresAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are not frozen there.");
        // Again, for those that were just being born.
        await SignalAsync("STOP");
        await SignalAsync("STOP");
    }

    public Task ThawPostgresAsync() => SignalAsync("CONT");

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

    private async Task SignalAsync(string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(folder, "cluster", "postmaster.pid")))[0];
        var children = await RunAsync("/bin/ps", "-o", "pid=", "--ppid", postmaster);
        string[] all = [postmaster, .. children.Split(' ', '\n').Where(pid => int.TryParse(pid, CultureInfo.InvariantCulture, out _))];
        await RunAsync("/bin/kill", [$"-{signal}", .. all]);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
