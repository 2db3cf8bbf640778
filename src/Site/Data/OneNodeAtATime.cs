using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Data;

/// <summary>For what only one of several nodes that are started at one moment may do: migrations, the first edition.</summary>
public static class OneNodeAtATime
{
    private const long Lock = 0x_1785_0101;

    /// <summary>Waits for the turn, which ends when what is returned is disposed of, or the process dies.</summary>
    public static async Task<IAsyncDisposable> TakeTurnAsync(NewsroomDb db, CancellationToken ct = default)
    {
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, CommandTimeout = 0, ApplicationName = "London Defender, taking turns" };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var taking = new NpgsqlCommand($"SELECT pg_advisory_lock({Lock})", connection);
            await taking.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
