using Npgsql;

namespace LondonDefender.Data;

/// <summary>
/// Two doors to one database, so that no crowd of readers leaves an editor without a connection. Together they stay below half of
/// PostgreSQL's usual hundred: a second node, or a command run beside the site, finds room.
/// </summary>
public static class NewsroomConnections
{
    /// <summary>As many as may read at once.</summary>
    public const int MostForReaders = 20;

    /// <summary>For editors, and for all work behind the pages.</summary>
    public const int MostForNewsroom = 24;

    // Seconds. A page's questions take milliseconds in a database that answers at all. Of one that stands still, the driver first asks that
    // the question be called off, and waits for that as long as for a connection: three seconds in all.
    private const int ReadersQuestion = 2, ReadersConnection = 1;

    private const int NewsroomsQuestion = 10, NewsroomsConnection = 2;

    /// <summary>A primary and those who follow it: Host=one,another.</summary>
    public static bool HasSeveralHosts(string? given) => new NpgsqlConnectionStringBuilder(given).Host?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>For readers, from a standby where there is one. Whether it may be asked, <see cref="Replica"/> knows.</summary>
    public static string ForReaders(string? given) => OfReaders(given, HasSeveralHosts(given) ? "prefer-standby" : null);

    /// <summary>For readers while no standby has all they may see.</summary>
    public static string ForReadersOfPrimary(string? given) => OfReaders(given, "primary");

    private static string OfReaders(string? given, string? session) => new NpgsqlConnectionStringBuilder(Tuned(given))
    {
        TargetSessionAttributes = session,
        ApplicationName = "readers",
        MaxPoolSize = Math.Min(new NpgsqlConnectionStringBuilder(given).MaxPoolSize, MostForReaders),
        Timeout = ReadersConnection,
        CommandTimeout = ReadersQuestion,
        // It is not waited for what becomes of the question then.
        CancellationTimeout = -1,
    }.ConnectionString;

    public static string ForNewsroom(string? given)
    {
        var asGiven = new NpgsqlConnectionStringBuilder(given);
        var isDefault = new NpgsqlConnectionStringBuilder();
        return new NpgsqlConnectionStringBuilder(Tuned(given))
        {
            TargetSessionAttributes = HasSeveralHosts(given) ? "primary" : null,
            ApplicationName = "newsroom",
            MaxPoolSize = Math.Min(asGiven.MaxPoolSize, MostForNewsroom),
            Timeout = Math.Min(asGiven.Timeout, NewsroomsConnection),
            CommandTimeout = asGiven.CommandTimeout == isDefault.CommandTimeout ? NewsroomsQuestion : asGiven.CommandTimeout,
            CancellationTimeout = -1,
        }.ConnectionString;
    }

    /// <summary>
    /// PostgreSQL plans the questions that come again once only, and no connection is wiped between two of them: nothing here changes a
    /// session. Both stay as the connection string has them, for whoever has a PgBouncer in between.
    /// </summary>
    private static string Tuned(string? given)
    {
        var tuned = new NpgsqlConnectionStringBuilder(given);
        if (!tuned.ShouldSerialize("Max Auto Prepare"))
            tuned.MaxAutoPrepare = 200;
        if (!tuned.ShouldSerialize("No Reset On Close"))
            tuned.NoResetOnClose = true;
        // Who is the primary is asked anew this often, so that a promoted standby is soon known to be one.
        if (HasSeveralHosts(given) && !tuned.ShouldSerialize("Host Recheck Seconds"))
            tuned.HostRecheckSeconds = 2;
        return tuned.ConnectionString;
    }
}
