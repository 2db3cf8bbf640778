using System.Net.Sockets;
using Npgsql;

namespace LondonDefender.Data;

/// <summary>Tells a database that is away for a moment from a fault of ours.</summary>
public static class DatabaseAway
{
    public static bool Explains(Exception problem) => Chain(problem).Any(e => e switch
    {
        // Shutting down, starting up, crashed, out of connections, out of disk.
        PostgresException postgres => postgres.SqlState is "57P01" or "57P02" or "57P03" or "53100" or "53200" or "53300" or "53400" or "58030",
        NpgsqlException or SocketException or DatabaseSilent => true,
        // What the driver says of a connection that was cut off under whoever held it; in the midst of preparing a question it falls over null.
        InvalidOperationException or NullReferenceException => e.Source == nameof(Npgsql),
        _ => false,
    });

    private static IEnumerable<Exception> Chain(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
            yield return problem;
    }
}
