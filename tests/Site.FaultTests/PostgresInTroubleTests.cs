using System.Diagnostics;
using LondonDefender.Tests;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>What can happen to PostgreSQL, while readers read and editors write: readers notice nothing on pages that were rendered before, editors lose nothing.</summary>
public sealed class PostgresInTroubleTests(PrintedPaper printed)
{
    [Fact]
    public Task PostgreSQL_killed_where_it_stands_costs_no_page_and_no_letter() => BreakAsync(node => PostgresProcesses.SignalAsync(node.Cluster, "KILL"));

    [Fact]
    public Task PostgreSQL_frozen_costs_no_page_and_no_letter_and_keeps_nobody_waiting() => BreakAsync(async node =>
    {
        await PostgresProcesses.FreezeAsync(node.Cluster);
        await Lasting.ForSecondsAsync(8);
        await PostgresProcesses.ThawAsync(node.Cluster);
    });

    [Fact]
    public Task PostgreSQL_restarted_costs_no_page_and_no_letter() => BreakAsync(async node =>
    {
        // Fast shutdown, as an update of the system does it; the paper starts it again.
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(node.Cluster, "postmaster.pid")))[0];
        await PostgresProcesses.RunAsync("/bin/kill", "-INT", postmaster);
    });

    [Fact]
    public Task PostgreSQL_out_of_connections_costs_no_page_and_no_letter() => BreakAsync(async node =>
    {
        var crowd = new List<NpgsqlConnection>();
        var keys = node.SuperuserConnectionString;
        var door = new NpgsqlConnectionStringBuilder(node.ConnectionString) { Pooling = false, ApplicationName = "crowd" }.ConnectionString;
        try
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < Lasting.Seconds(4);)
                await TakeEveryPlaceAsync(keys, crowd, door);
        }
        finally
        {
            foreach (var one in crowd)
                await one.DisposeAsync();
        }
    });

    [Fact]
    public async Task PostgreSQL_on_a_full_disk_costs_no_page_and_no_letter()
    {
        await using var disk = await SmallDisk.MountAsync();
        await BreakAsync(async node =>
        {
            disk.Fill();
            await Lasting.ForSecondsAsync(6);
            disk.MakeRoom();
        }, disk.Folder);
    }

    private async Task BreakAsync(Func<PaperNode, Task> trouble, string? folder = null)
    {
        await using var node = await PaperNode.StartOnAsync(await printed.CopyAsync(folder));
        var pages = await KnownPages.ReadAllAsync(node.Address);
        await using var editors = await Editors.BeginAsync(node.Address);
        await using var readers = Readers.Begin(node.Address, pages);
        await editors.SaveOnceMoreAsync();

        await trouble(node);

        await Until.Async("the site is ready again", node.IsReadyAsync);
        await editors.SaveOnceMoreAsync();
        await editors.LeaveAsync();
        await readers.LeaveAsync();
        readers.NobodyMissedAnything();
        await editors.NothingWasLostAsync(node.ConnectionString);
        editors.NobodyWaitedLong(readers.SignsOfLife.Max());
    }

    /// <summary>Whoever has a connection is shown out, and the crowd comes in until there is no place left.</summary>
    private static async Task TakeEveryPlaceAsync(string keys, List<NpgsqlConnection> crowd, string door)
    {
        await ShowOutAsync(keys);
        while (true)
        {
            var one = new NpgsqlConnection(door);
            try
            {
                await one.OpenAsync();
                crowd.Add(one);
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await one.DisposeAsync();
                return;
            }
        }
    }

    private static async Task ShowOutAsync(string keys)
    {
        try
        {
            await using var superuser = new NpgsqlConnection(keys);
            await superuser.OpenAsync();
            await using var showOut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'newsroom' AND application_name <> 'crowd'", superuser);
            await showOut.ExecuteScalarAsync();
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // Even the places that are kept for it are taken, by those who are just being shown out.
        }
    }
}
