using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>Somebody who has a story open: how long ago they typed, if they did.</summary>
public sealed record Presence(string Name, bool IsSamePerson, double? SecondsSinceTyping)
{
    /// <summary>Says that a page is open, and whether somebody has typed in it since it last said so. By the database's clock, which all nodes share.</summary>
    public static Task SayAsync(NewsroomDb db, int story, int person, SignOfLife sign, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        WITH gone AS (DELETE FROM presences WHERE story_id = {story} AND tab <> {sign.Tab} AND seen_at < clock_timestamp() - interval '1 minute')
        INSERT INTO presences (story_id, tab, person_id, typed_at)
        SELECT id, {sign.Tab}, {person}, CASE WHEN {sign.HasTyped} THEN clock_timestamp() END FROM stories WHERE id = {story}
        ON CONFLICT (story_id, tab) DO UPDATE
        SET person_id = excluded.person_id, seen_at = excluded.seen_at, typed_at = COALESCE(excluded.typed_at, presences.typed_at)
        """, ct);

    public static Task LeaveAsync(NewsroomDb db, int story, int person, string tab, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM presences WHERE story_id = {story} AND tab = {tab} AND person_id = {person}", ct);

    /// <summary>Who else has it open, whoever typed last first; each person once.</summary>
    public static Task<List<Presence>> OfOthersAsync(NewsroomDb db, int story, int person, string tab, CancellationToken ct) => db.Database.SqlQuery<Presence>($"""
        SELECT max(users.name) AS "Name", person_id = {person} AS "IsSamePerson", extract(epoch FROM clock_timestamp() - max(typed_at))::float8 AS "SecondsSinceTyping"
        FROM presences JOIN users ON users.id = person_id
        WHERE story_id = {story} AND tab <> {tab} AND seen_at > clock_timestamp() - interval '15 seconds'
        GROUP BY person_id ORDER BY max(typed_at) DESC NULLS LAST, max(users.name)
        """).ToListAsync(ct);
}

/// <param name="Tab">A name that an open page has given itself.</param>
/// <param name="HasTyped">Since the sign before.</param>
public sealed record SignOfLife(string? Tab, bool HasTyped)
{
    public bool IsSound => Tab is { Length: > 0 and <= 60 } && !Tab.Any(char.IsControl);
}
