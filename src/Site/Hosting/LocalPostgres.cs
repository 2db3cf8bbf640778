using Npgsql;

namespace LondonDefender.Hosting;

/// <param name="Folder">Where the data lives.</param>
/// <param name="Programs">The folder with PostgreSQL's programs, or the one holding its "bin"; when empty they are looked for.</param>
/// <param name="Durable">False gives up safety for speed: only for data that may be lost.</param>
public sealed record LocalPostgresSettings(string Folder, string? Programs, bool Durable = true);

/// <summary>A PostgreSQL of the paper's own, running for as long as this lives; used when no connection string is given.</summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private const string Newsroom = "newsroom";
    private const string Superuser = "postgres";

    private readonly PostgresFolder _folder;
    private readonly PostgresPrograms _programs;
    private readonly PostgresAccount _account;
    private readonly FileStream _hold;
    private readonly bool _durable;
    private PostgresDoor? _door;
    private string? _temporarySockets;
    private bool _disposed;

    private LocalPostgres(PostgresFolder folder, PostgresPrograms programs, PostgresAccount account, FileStream hold, bool durable) =>
        (_folder, _programs, _account, _hold, _durable) = (folder, programs, account, hold, durable);

    /// <summary>For the database "newsroom" as its owner, who may create further databases but is no superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <exception cref="PaperCannotStart">Says why, in one sentence.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresSettings settings, CancellationToken ct = default)
    {
        var folder = new PostgresFolder(settings.Folder);
        try
        {
            return await StartAsync(folder, settings, ct);
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw new PaperCannotStart(
                $"PostgreSQL could not be started in {folder.Root}: {refusal.Message.TrimEnd('.')}; open it to the user who starts the paper, or set Hosting:DataFolder to a folder of theirs.",
                refusal);
        }
        catch (Exception trouble) when (trouble is IOException or NpgsqlException)
        {
            throw new PaperCannotStart($"PostgreSQL could not be started in {folder.Root}: {trouble.Message.TrimEnd('.')}.", trouble);
        }
    }

    /// <summary>How to reach the cluster that a running paper holds in this folder, or null when none does.</summary>
    public static string? ConnectionStringOfRunning(string folder)
    {
        var place = new PostgresFolder(folder);
        try
        {
            if (!place.IsLocked() || Postmaster.Read(place.Cluster) is not { Port: > 0 } postmaster)
                return null;

            var connectionString = place.ConnectionString(postmaster, Newsroom, Newsroom);
            return Answers(connectionString) ? connectionString : null;
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw new PaperCannotStart($"The data in {place.Root} belongs to another user: run this as whoever runs the paper.", refusal);
        }
    }

    /// <summary>Starts the server again whenever it has died: nobody else would. Ends when <paramref name="ct"/> says so; wait for that before disposing.</summary>
    public async Task KeepUpAsync(ILogger log, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await beat.WaitForNextTickAsync(ct);
                if (Postmaster.Read(_folder.Cluster)?.Fate() is PostmasterFate.Alive)
                    continue;

                log.LogWarning("PostgreSQL has stopped; it is started again");
                await StartServerAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is PaperCannotStart or IOException or UnauthorizedAccessException)
            {
                log.LogError("{Trouble}", trouble.Message);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;

        try
        {
            await StopServerAsync();
        }
        finally
        {
            await _hold.DisposeAsync();
        }
    }

    private static async Task<LocalPostgres> StartAsync(PostgresFolder folder, LocalPostgresSettings settings, CancellationToken ct)
    {
        var hold = await folder.LockAsync(ct);
        try
        {
            var programs = await PostgresPrograms.FindAsync(settings.Programs, folder, ct);
            var account = await PostgresAccount.ChooseAsync(folder, programs, ct);
            await PostgresCluster.EnsureAsync(folder, programs, account, settings.Durable, ct);
            await PostgresCluster.StopOrphanAsync(folder, programs, account, ct);

            return await new LocalPostgres(folder, programs, account, hold, settings.Durable).StartedAsync(ct);
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }
    }

    private async Task<LocalPostgres> StartedAsync(CancellationToken ct)
    {
        try
        {
            await StartServerAsync(ct);
            await CreateWhatIsMissingAsync(ct);
            ConnectionString = ConnectionStringFor(Newsroom, Newsroom);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task StartServerAsync(CancellationToken ct)
    {
        // Kept over a restart: whoever holds the connection string goes on with it.
        var door = _door ??= PostgresDoor.For(_folder);
        if (door.SocketFolder is { } sockets && sockets != _folder.Cluster)
            await _account.GiveAsync([_temporarySockets = sockets], ct);

        _folder.WriteSettings(door, _durable);
        var logged = _folder.OpenLog();
        await _account.GiveAsync([_folder.Log], ct);

        // Ten minutes, because a crash may have left much to replay. Not to be cancelled: it might leave a server behind that has not yet signed in.
        string[] arguments = ["start", "-D", _folder.Cluster, "-l", _folder.Log, "-w", "-t", "600", "-s"];
        var start = await _account.LaunchAsync(_programs.PgCtl, arguments, CancellationToken.None);
        if (!start.Succeeded)
            throw new PaperCannotStart($"PostgreSQL did not start in {_folder.Root}: {_folder.LastFatal(logged) ?? start.LastLine} (more in {_folder.Log}).");
    }

    private async Task CreateWhatIsMissingAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor(Superuser, "postgres") + ";Pooling=false");
        await connection.OpenAsync(ct);

        if (await IsMissingAsync(connection, $"SELECT FROM pg_roles WHERE rolname = '{Newsroom}'", ct))
            await ExecuteAsync(connection, $"CREATE ROLE {Newsroom} LOGIN CREATEDB PASSWORD '{_folder.Password()}'", ct);
        if (await IsMissingAsync(connection, $"SELECT FROM pg_database WHERE datname = '{Newsroom}'", ct))
            await ExecuteAsync(connection, $"CREATE DATABASE {Newsroom} OWNER {Newsroom}", ct);
    }

    private async Task StopServerAsync()
    {
        if (Postmaster.Read(_folder.Cluster)?.Fate() is PostmasterFate.Alive)
        {
            // A server still busy when the time is up finishes by itself, and the next start waits for it.
            await _account.RunAsync(_programs.PgCtl, ["stop", "-D", _folder.Cluster, "-m", "fast", "-w", "-t", "60", "-s"], CancellationToken.None);
        }
        if (_temporarySockets is not null)
            Directory.Delete(_temporarySockets, recursive: true);
    }

    private string ConnectionStringFor(string user, string database) =>
        _folder.ConnectionString(Postmaster.Read(_folder.Cluster)!, user, database);

    private static async Task<bool> IsMissingAsync(NpgsqlConnection connection, string question, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(question, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return !reader.HasRows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static bool Answers(string connectionString)
    {
        try
        {
            using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=3");
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
