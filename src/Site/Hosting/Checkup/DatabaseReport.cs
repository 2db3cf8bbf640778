using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting.Checkup;

/// <summary>What the database says of itself, as far as the paper's account may ask.</summary>
internal sealed record DatabaseFacts
{
    public required string Version { get; init; }
    public required int VersionNumber { get; init; }
    public required string Encoding { get; init; }
    public required string Account { get; init; }
    public required long Size { get; init; }
    public required int Connections { get; init; }
    public required int MostConnections { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required DateTimeOffset Started { get; init; }

    /// <summary>Among those of the paper's own account, which sees no other's.</summary>
    public DateTimeOffset? OldestTransaction { get; init; }
    public required bool MayCreate { get; init; }
    public required bool IsReplica { get; init; }
}

/// <summary>A server that follows this one.</summary>
internal sealed record ReplicaFacts
{
    public required string Name { get; init; }

    /// <summary>Null where the paper's account may not see it.</summary>
    public string? State { get; init; }
    public long? BytesBehind { get; init; }
}

/// <param name="Unknown">Migrations of a newer paper than this.</param>
internal sealed record DatabaseReport(
    DatabaseFacts Facts, IReadOnlyList<ReplicaFacts> Replicas, IReadOnlyList<string> MissingExtensions,
    IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    private static readonly string[] Extensions = ["unaccent", "pg_trgm", "btree_gin"];

    public static async Task<DatabaseReport> ReadAsync(NewsroomDb db, CancellationToken ct)
    {
        var facts = await db.Database.SqlQuery<DatabaseFacts>($"""
            SELECT current_setting('server_version') AS "Version", current_setting('server_version_num')::int AS "VersionNumber",
                   current_setting('server_encoding') AS "Encoding", current_user::text AS "Account", pg_database_size(current_database()) AS "Size",
                   (SELECT count(*)::int FROM pg_stat_activity WHERE datname IS NOT NULL) AS "Connections",
                   current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS "MostConnections",
                   clock_timestamp() AS "Now", pg_postmaster_start_time() AS "Started",
                   (SELECT min(xact_start) FROM pg_stat_activity WHERE pid <> pg_backend_pid()) AS "OldestTransaction",
                   has_schema_privilege(current_schema(), 'CREATE') AS "MayCreate", pg_is_in_recovery() AS "IsReplica"
            """).SingleAsync(ct);
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        return new(facts, await ReplicasAsync(db, ct), await MissingAsync(db, ct), applied, [.. known.Except(applied)], [.. applied.Except(known)]);
    }

    private static Task<List<ReplicaFacts>> ReplicasAsync(NewsroomDb db, CancellationToken ct) => db.Database.SqlQuery<ReplicaFacts>($"""
        SELECT coalesce(application_name, 'a replica') AS "Name", state AS "State",
               CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint END AS "BytesBehind"
        FROM pg_stat_replication
        """).ToListAsync(ct);

    private static async Task<IReadOnlyList<string>> MissingAsync(NewsroomDb db, CancellationToken ct)
    {
        var there = await db.Database.SqlQuery<string>($"SELECT name::text AS \"Value\" FROM pg_available_extensions").ToListAsync(ct);
        return [.. Extensions.Except(there)];
    }
}
