using System.Globalization;
using LondonDefender.Hosting;
using LondonDefender.Tests;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>Two PostgreSQL, the second of which follows the first: what one has said yes to, both have.</summary>
public sealed class PrimaryAndReplica : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-two-").FullName;
    private readonly int primaryPort = PaperNode.FreePort(), replicaPort = PaperNode.FreePort();
    private LocalPostgres? primary, replica;

    private string Primary => Path.Combine(folder, "primary");
    private string Replica => Path.Combine(folder, "replica");
    private string ClusterOfPrimary => Path.Combine(Primary, "postgres", "cluster");
    private string ClusterOfReplica => Path.Combine(Replica, "postgres", "cluster");

    public static async Task<PrimaryAndReplica> StartAsync(PrintedPaper printed)
    {
        var two = new PrimaryAndReplica();
        Directory.CreateDirectory(two.Primary);
        Directory.CreateDirectory(two.Replica);
        // Nothing runs on it, so a copy of the files is a base backup.
        await printed.CopyAsync(two.Primary);
        await printed.CopyAsync(two.Replica);
        await two.StartAsync();
        return two;
    }

    /// <summary>As a site is given it: one host after the other.</summary>
    public string ConnectionString { get; private set; } = "";

    public string ConnectionStringOfReplica => new NpgsqlConnectionStringBuilder(ConnectionString) { Host = "127.0.0.1", Port = replicaPort }.ConnectionString;

    public async Task KillPrimaryAsync()
    {
        await PostgresProcesses.SignalAsync(ClusterOfPrimary, "KILL");
        await primary!.DisposeAsync();
        primary = null;
    }

    /// <summary>As whoever watches over a database does it. There is nobody left to wait for with an answer.</summary>
    public async Task PromoteAsync()
    {
        await using var superuser = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionStringOfReplica) { Username = "postgres", Database = "postgres", Pooling = false }.ConnectionString);
        await superuser.OpenAsync();
        await using var promote = new NpgsqlCommand("SELECT pg_promote()", superuser);
        Assert.True((bool)(await promote.ExecuteScalarAsync())!, "The replica was not promoted.");
    }

    public async ValueTask DisposeAsync()
    {
        if (primary is not null)
        {
            // It would wait for the replica with its last words, so it goes first.
            await primary.DisposeAsync();
        }

        if (replica is not null)
            await replica.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        await SetAsync(ClusterOfPrimary, primaryPort, "synchronous_standby_names = 'replica'");
        var password = await File.ReadAllTextAsync(Path.Combine(Primary, "postgres", "password"));
        await SetAsync(ClusterOfReplica, replicaPort,
            $"primary_conninfo = 'host=127.0.0.1 port={primaryPort.ToString(CultureInfo.InvariantCulture)} user=postgres password={password} application_name=replica sslmode=disable'",
            "synchronous_standby_names = ''");
        await File.WriteAllTextAsync(Path.Combine(ClusterOfReplica, "standby.signal"), "");

        primary = await LocalPostgres.StartAsync(new(Path.Combine(Primary, "postgres"), null));
        replica = await LocalPostgres.StartAsync(new(Path.Combine(Replica, "postgres"), null));
        ConnectionString = new NpgsqlConnectionStringBuilder(primary.ConnectionString)
        {
            Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{primaryPort},127.0.0.1:{replicaPort}"),
            Port = 5432,
        }.ConnectionString;
        await Until.Async("the replica follows", IsFollowedAsync);
    }

    /// <summary>What stands here is stronger than the settings the paper writes at each start.</summary>
    private static Task SetAsync(string cluster, int port, params string[] more) => File.WriteAllTextAsync(Path.Combine(cluster, "postgresql.auto.conf"),
        string.Create(CultureInfo.InvariantCulture, $"listen_addresses = '127.0.0.1'\nport = {port}\n{string.Join('\n', more)}\n"));

    private async Task<bool> IsFollowedAsync()
    {
        await using var superuser = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Host = "127.0.0.1", Port = primaryPort, Username = "postgres", Database = "postgres", Pooling = false }.ConnectionString);
        await superuser.OpenAsync();
        await using var follows = new NpgsqlCommand("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", superuser);
        return (long)(await follows.ExecuteScalarAsync())! == 1;
    }
}
