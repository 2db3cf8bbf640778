using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LondonDefender.Hosting;
using LondonDefender.Tests;
using Npgsql;

namespace LondonDefender.FaultTests;

/// <summary>A site as a process of its own, which can be killed where it stands. Without a connection string it has a PostgreSQL of its own in its data folder.</summary>
public sealed class PaperNode : IAsyncDisposable
{
    private const int MostFiles = 20_000;

    private readonly string? connectionString;
    private Process? process;

    private PaperNode(string folder, string? connectionString, int port) => (Folder, this.connectionString, Port) = (folder, connectionString, port);

    public string Folder { get; }
    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>PostgreSQL's data, where it is this node's own.</summary>
    public string Cluster => Path.Combine(Folder, "postgres", "cluster");

    /// <summary>On a paper that has its PostgreSQL in its data folder.</summary>
    public static Task<PaperNode> StartOnAsync(string folder) => StartAsync(new PaperNode(folder, null, FreePort()));

    /// <summary>On a database that it is given, which other nodes may have, too.</summary>
    public static Task<PaperNode> StartAsync(string connectionString) => StartAsync(new PaperNode(Directory.CreateTempSubdirectory("defender-node-").FullName, connectionString, FreePort()));

    private static async Task<PaperNode> StartAsync(PaperNode node)
    {
        await node.StartAgainAsync();
        return node;
    }

    /// <summary>On the port and the folder it had.</summary>
    public async Task StartAgainAsync()
    {
        Launch();
        await Until.Async("the site is up" + SaidSoFar(), IsUpAsync);
    }

    public void Launch()
    {
        string[] database = connectionString is null ? [] : [$"--ConnectionStrings:Newsroom={connectionString}"];
        string[] site =
        [
            Path.Combine(AppContext.BaseDirectory, "Site"), $"--urls={Address.ToString().TrimEnd('/')}", $"--Hosting:DataFolder={Folder}", "--Wire:DemoEdition=false",
            "--Paper:Address=http://paper.example", "--Serilog:MinimumLevel:Default=Warning", .. database,
        ];
        // The shell writes to a file what the process says, and asks for room for a crowd, which only root is given.
        var script = string.Create(CultureInfo.InvariantCulture, $"ulimit -n {MostFiles} 2> /dev/null; exec \"$@\" >> \"$0\" 2>&1");
        process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, Log, .. site]) { WorkingDirectory = Folder })!;
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As a deploy does it: the site is asked to end.</summary>
    public async Task DrainAsync()
    {
        await PostgresProcesses.RunAsync("/bin/kill", "-TERM", process!.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
    }

    public string ConnectionString => connectionString ?? LocalPostgres.ConnectionStringOfRunning(Path.Combine(Folder, "postgres"))!;

    /// <summary>The same door with the keys of PostgreSQL's own superuser.</summary>
    public string SuperuserConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Username = "postgres", Database = "postgres", Pooling = false }.ConnectionString;

    /// <summary>In MB, as the kernel counts what is resident.</summary>
    public (double Now, double Most) Memory()
    {
        process!.Refresh();
        return (process.WorkingSet64 / 1048576d, process.PeakWorkingSet64 / 1048576d);
    }

    public async Task<bool> IsReadyAsync() => await StatusAsync("/health/ready") == HttpStatusCode.OK;

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await DrainAsync();
        process?.Dispose();
        if (File.Exists(Path.Combine(Cluster, "postmaster.pid")))
        {
            // It outlived a site that was killed.
            await PostgresProcesses.SignalAsync(Cluster, "QUIT");
            await Until.Async("PostgreSQL is gone", () => !File.Exists(Path.Combine(Cluster, "postmaster.pid")));
        }

        foreach (var complaint in File.ReadLines(Log).Where(line => line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal)).Take(10))
            TestContext.Current.TestOutputHelper?.WriteLine($"the node said: {complaint}");
        if (Environment.GetEnvironmentVariable("FAULTS_KEEP") is { } keep)
            File.Copy(Log, Path.Combine(keep, string.Create(CultureInfo.InvariantCulture, $"{Port}.log")));
        Directory.Delete(Folder, recursive: true);
    }

    private string Log => Path.Combine(Folder, "site.log");

    private string SaidSoFar() => $"; what it says is in {Log}";

    private async Task<bool> IsUpAsync()
    {
        if (process!.HasExited)
            Assert.Fail($"The site has ended. It said: {await File.ReadAllTextAsync(Log)}");
        return await StatusAsync("/health/live") == HttpStatusCode.OK;
    }

    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        using var doorbell = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await doorbell.GetAsync(new Uri(Address, path));
            return answer.StatusCode;
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
