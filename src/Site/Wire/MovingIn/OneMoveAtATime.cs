using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Two imports at once would take the same stories in twice, on whichever nodes they were started.</summary>
internal static class OneMoveAtATime
{
    private const long Lock = 0x_1785_0102;

    /// <exception cref="UnreadableOldPaper">Another is under way.</exception>
    public static async Task<IAsyncDisposable> TakeTurnAsync(NewsroomDb db, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, ApplicationName = "London Defender, moving in", KeepAlive = 30 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var taking = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Lock})", connection);
            if (await taking.ExecuteScalarAsync(ct) is true)
                return connection;

            throw new UnreadableOldPaper("Another import is under way. Wait until it has ended, and begin again.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
