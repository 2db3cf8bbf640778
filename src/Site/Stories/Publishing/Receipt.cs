using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using System.Text.Json;
using LondonDefender.Data;
using LondonDefender.Stories.Publishing;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>What was done to a story of the readers', by whom and why, and what was seen of it afterwards.</summary>
/// <param name="DueAt">The moment of the deed; for a story that went live by itself, when it was due.</param>
/// <param name="Node">Which of the paper's nodes noticed it first, or did it.</param>
/// <param name="WhyLate">A sentence; null when it was on time.</param>
public sealed record Receipt(int StoryId, DateTimeOffset DueAt, DateTimeOffset ToldAt, string Node, string? WhyLate)
{
    private const int Shown = 20;

    public string DeedName { get; init; } = nameof(Deed.WentLive);
    public string? By { get; init; }
    public string Reason { get; init; } = "";
    public string? SeenAsJson { get; init; }

    /// <summary>It was published for later, and nobody was there when its moment came.</summary>
    public bool WasScheduled { get; init; }

    public Deed Deed => Enum.Parse<Deed>(DeedName);

    [NotMapped]
    public Done Done => new(StoryId, Deed, DueAt);

    public TimeSpan Late => ToldAt - DueAt;

    /// <summary>Null while nobody has looked yet.</summary>
    [NotMapped]
    public IReadOnlyList<Seen>? Seen => SeenAsJson is null ? null : JsonSerializer.Deserialize<List<Seen>>(SeenAsJson);

    public string InWords => WhyLate is null
        ? string.Create(CultureInfo.InvariantCulture, $"went live {Math.Max(0, Late.TotalSeconds):0.00} s after it was due")
        : $"went live {LateInWords} late. {WhyLate}";

    private string LateInWords => Late switch
    {
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalSeconds:0} seconds"),
    };

    /// <summary>How a story went live, the last time; null before it did, or when it was taken in from elsewhere with an older moment.</summary>
    public static async Task<Receipt?> OfAsync(NewsroomDb db, int story, CancellationToken ct) =>
        (await OfStoryAsync(db, story, ct)).FirstOrDefault(receipt => receipt.Deed == Deed.WentLive);

    /// <summary>All that was done to it, the newest first.</summary>
    public static Task<List<Receipt>> OfStoryAsync(NewsroomDb db, int story, CancellationToken ct) => db.Database.SqlQuery<Receipt>($"""
        SELECT story_id AS "StoryId", due_at AS "DueAt", told_at AS "ToldAt", node AS "Node", why_late AS "WhyLate",
            deed AS "DeedName", (SELECT name FROM users WHERE users.id = by_id) AS "By", reason AS "Reason", seen::text AS "SeenAsJson", false AS "WasScheduled"
        FROM receipts WHERE story_id = {story} ORDER BY told_at DESC, due_at DESC LIMIT {Shown}
        """).ToListAsync(ct);

    /// <summary>Keeps down what an editor did. A story that went live may have been noticed by a node before.</summary>
    public static Task WriteAsync(NewsroomDb db, Done done, string node, int? byPerson, string reason, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO receipts (story_id, due_at, told_at, node, deed, by_id, reason) VALUES ({done.StoryId}, {done.At}, {now}, {node}, {done.Deed.ToString()}, {byPerson}, {reason})
        ON CONFLICT (story_id, due_at, deed) DO UPDATE SET by_id = excluded.by_id, reason = excluded.reason
        """, ct);

    public static Task ForgetWhatWasSeenAsync(NewsroomDb db, Done done, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE receipts SET seen = NULL WHERE story_id = {done.StoryId} AND due_at = {done.At} AND deed = {done.Deed.ToString()}", ct);

    public static Task AddWhatWasSeenAsync(NewsroomDb db, Done done, IReadOnlyList<Seen> seen, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(seen);
        return db.Database.ExecuteSqlAsync($"UPDATE receipts SET seen = {json}::jsonb WHERE story_id = {done.StoryId} AND due_at = {done.At} AND deed = {done.Deed.ToString()}", ct);
    }
}

/// <summary>One deed, as its receipt is found by.</summary>
public sealed record Done(int StoryId, Deed Deed, DateTimeOffset At);
