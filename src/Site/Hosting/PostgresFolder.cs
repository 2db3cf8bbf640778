using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

using Npgsql;

namespace LondonDefender.Hosting;

/// <summary>What the private PostgreSQL keeps in its folder: the cluster, its log, its password and the lock of whoever runs it.</summary>
internal sealed partial class PostgresFolder(string path)
{
    private const long LongestLog = 10 * 1024 * 1024;

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string Cluster => Path.Combine(Root, "cluster");
    public string Log => Path.Combine(Root, "postgres.log");
    private string PasswordFile => Path.Combine(Root, "password");
    private string LockFile => Path.Combine(Root, "paper.lock");

    public bool HasCluster => Directory.Exists(Cluster);

    /// <summary>The major version that made the cluster, or null when there is none yet.</summary>
    public string? MadeBy => HasCluster ? File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim() : null;

    public async Task<FileStream> LockAsync(CancellationToken ct)
    {
        // pg_ctl hands the path to a shell between plain double quotes.
        if (!OperatingSystem.IsWindows() && Root.AsSpan().ContainsAny("\"$`\\"))
            throw new PaperCannotStart($"PostgreSQL cannot live in {Root}, for a quotation mark, $, ` or \\ in its path: set Hosting:DataFolder to a plainer one.");

        Directory.CreateDirectory(Root);

        // Whoever asks whether the paper runs holds the lock for a moment, so one refusal is not yet an answer.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            if (TryLock() is { } hold)
                return hold;
            await Task.Delay(TimeSpan.FromMilliseconds(40), ct);
        }
        throw new PaperCannotStart($"Another London Defender is already running on {Root}.");
    }

    public bool IsLocked()
    {
        if (!File.Exists(LockFile))
            return false;

        using var hold = TryLock();
        return hold is null;
    }

    /// <summary>The cluster's password; a new one where there is no cluster yet.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile))
            return File.ReadAllText(PasswordFile);
        if (HasCluster)
            throw new PaperCannotStart($"The password of the data in {Root} is gone: put {PasswordFile} back from a backup.");

        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        WriteForUsAlone(PasswordFile, password);
        return password;
    }

    public string ConnectionString(Postmaster postmaster, string user, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = postmaster.SocketFolder.Length > 0 ? postmaster.SocketFolder : "127.0.0.1",
            Port = postmaster.Port,
            Username = user,
            Password = Password(),
            Database = database,
            // Nothing leaves the machine, and asking for Kerberos prints complaints where its library is missing.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>Written whole at every start, so that the settings are these and PostgreSQL's own defaults.</summary>
    public void WriteSettings(PostgresDoor door, bool durable)
    {
        var safe = durable ? "on" : "off";
        File.WriteAllText(Path.Combine(Cluster, "postgresql.conf"),
            $"""
            {door.Settings}
            max_connections = 100
            shared_buffers = 128MB
            password_encryption = 'scram-sha-256'
            fsync = {safe}
            full_page_writes = {safe}
            synchronous_commit = {safe}
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.english'
            log_checkpoints = off
            # Statements and details would bring copy and e-mail addresses into the log.
            log_min_error_statement = panic
            log_error_verbosity = terse

            """);
    }

    /// <summary>Makes the log ready to be written to, and says how long it already is.</summary>
    public long OpenLog()
    {
        using var log = new FileStream(Log, ForUsAlone(FileMode.OpenOrCreate));
        if (log.Length > LongestLog)
            log.SetLength(0);
        return log.Length;
    }

    /// <summary>The last grave thing PostgreSQL wrote since the log had this length.</summary>
    public string? LastFatal(long since)
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = since;
        return GraveLine().Matches(new StreamReader(log).ReadToEnd()).LastOrDefault()?.Groups[1].Value;
    }

    [GeneratedRegex(@"(?:FATAL|PANIC): +(.+)")]
    private static partial Regex GraveLine();

    public static void WriteForUsAlone(string path, string text)
    {
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, ForUsAlone(FileMode.CreateNew)))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(LockFile, ForUsAlone(FileMode.OpenOrCreate));
        }
        catch (IOException refusal) when (IsHeldByAnother(refusal))
        {
            return null;
        }
    }

    private static bool IsHeldByAnother(IOException refusal) =>
        refusal.HResult is unchecked((int)0x80070020) or 11 /* EAGAIN on Linux */ or 35 /* and on macOS */;

    private static FileStreamOptions ForUsAlone(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
