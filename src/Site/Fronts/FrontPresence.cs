using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>Who has a front open, as <see cref="Presence"/> tells it of stories.</summary>
public static class FrontPresence
{
    public static Task SayAsync(NewsroomDb db, int front, int person, SignOfLife sign, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        WITH gone AS (DELETE FROM front_presences WHERE front_id = {front} AND tab <> {sign.Tab} AND seen_at < clock_timestamp() - interval '1 minute')
        INSERT INTO front_presences (front_id, tab, person_id, typed_at)
        VALUES ({front}, {sign.Tab}, {person}, CASE WHEN {sign.HasTyped} THEN clock_timestamp() END)
        ON CONFLICT (front_id, tab) DO UPDATE
        SET person_id = excluded.person_id, seen_at = excluded.seen_at, typed_at = COALESCE(excluded.typed_at, front_presences.typed_at)
        """, ct);

    public static Task LeaveAsync(NewsroomDb db, int front, int person, string tab, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM front_presences WHERE front_id = {front} AND tab = {tab} AND person_id = {person}", ct);

    public static Task<List<Presence>> OfOthersAsync(NewsroomDb db, int front, int person, string tab, CancellationToken ct) => db.Database.SqlQuery<Presence>($"""
        SELECT max(users.name) AS "Name", person_id = {person} AS "IsSamePerson", extract(epoch FROM clock_timestamp() - max(typed_at))::float8 AS "SecondsSinceTyping"
        FROM front_presences JOIN users ON users.id = person_id
        WHERE front_id = {front} AND tab <> {tab} AND seen_at > clock_timestamp() - interval '15 seconds'
        GROUP BY person_id ORDER BY max(typed_at) DESC NULLS LAST, max(users.name)
        """).ToListAsync(ct);
}
