using Npgsql;

namespace LondonDefender.Data;

/// <summary>
/// Whether a standby may answer readers, where the connection string names several hosts: only while it has everything that this node has
/// heard of, so that nobody is shown an older page than one printed before.
/// </summary>
public sealed class Replica(IConfiguration settings, ILogger<Replica> log)
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(20), LooksAgainWhenAway = TimeSpan.FromSeconds(1);

    private readonly string? given = settings.GetConnectionString("Newsroom");
    private readonly Lock turn = new();
    private string? wanted;
    private volatile bool isLevel;
    private bool isFollowed;

    public bool IsThere => NewsroomConnections.HasSeveralHosts(given);

    /// <summary>The primary is away: an older page is better than none.</summary>
    public bool IsAllThereIs { get; set; }

    public bool MayAnswer => IsThere && (isLevel || IsAllThereIs);

    /// <summary>Readers are sent elsewhere until a standby has replayed up to this place of the primary's log.</summary>
    public void HasToHave(string place)
    {
        if (!IsThere)
            return;

        lock (turn)
        {
            wanted = place;
            isLevel = false;
            if (isFollowed)
                return;

            isFollowed = true;
        }

        _ = Task.Run(FollowAsync);
    }

    private async Task FollowAsync()
    {
        while (true)
        {
            string place;
            lock (turn)
                place = wanted!;
            var pause = LooksAgain;
            try
            {
                if (await HasReplayedAsync(place) && IsStillWanted(place))
                    return;
            }
            catch (Exception problem) when (DatabaseAway.Explains(problem))
            {
                log.LogDebug("No standby answers: {Problem}", problem.Message);
                pause = LooksAgainWhenAway;
            }

            await Task.Delay(pause);
        }
    }

    private bool IsStillWanted(string place)
    {
        lock (turn)
        {
            if (wanted != place)
                return false;

            isLevel = true;
            isFollowed = false;
            return true;
        }
    }

    private async Task<bool> HasReplayedAsync(string place)
    {
        await using var connection = new NpgsqlConnection(NewsroomConnections.ForReaders(given));
        await connection.OpenAsync();
        await using var asked = new NpgsqlCommand("SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= $1::text::pg_lsn", connection) { Parameters = { new() { Value = place } } };
        return (bool)(await asked.ExecuteScalarAsync())!;
    }
}
