using LondonDefender.Hosting;

namespace LondonDefender.FaultTests;

/// <summary>A PostgreSQL that several nodes are given, and that goes and comes.</summary>
public sealed class PostgresOfSeveral : IAsyncDisposable
{
    private readonly string folder;
    private LocalPostgres? running;

    private PostgresOfSeveral(string folder) => this.folder = folder;

    public string ConnectionString { get; private set; } = "";

    public static async Task<PostgresOfSeveral> OpenAsync(PrintedPaper printed)
    {
        var postgres = new PostgresOfSeveral(await printed.CopyAsync());
        await postgres.StartAsync();
        return postgres;
    }

    public async Task StartAsync()
    {
        running = await LocalPostgres.StartAsync(new(Path.Combine(folder, "postgres"), null));
        ConnectionString = running.ConnectionString;
    }

    public async Task StopAsync()
    {
        await running!.DisposeAsync();
        running = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await StopAsync();
        Directory.Delete(folder, recursive: true);
    }
}
