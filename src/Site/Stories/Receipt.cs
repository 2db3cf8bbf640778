using System.Globalization;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>That a story went live, and how late.</summary>
/// <param name="Node">Which of the paper's nodes noticed it first.</param>
/// <param name="WhyLate">A sentence; null when it was on time.</param>
public sealed record Receipt(int StoryId, DateTimeOffset DueAt, DateTimeOffset ToldAt, string Node, string? WhyLate)
{
    public TimeSpan Late => ToldAt - DueAt;

    public string InWords => WhyLate is null
        ? string.Create(CultureInfo.InvariantCulture, $"went live {Math.Max(0, Late.TotalSeconds):0.00} s after it was due")
        : $"went live {LateInWords} late. {WhyLate}";

    private string LateInWords => Late switch
    {
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalMinutes:0} minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Late.TotalSeconds:0} seconds"),
    };

    /// <summary>The newest of a story; null before it went live, or when it was taken in from elsewhere with an older moment.</summary>
    public static Task<Receipt?> OfAsync(NewsroomDb db, int story, CancellationToken ct) => db.Database.SqlQuery<Receipt>($"""
        SELECT story_id AS "StoryId", due_at AS "DueAt", told_at AS "ToldAt", node AS "Node", why_late AS "WhyLate"
        FROM receipts WHERE story_id = {story} ORDER BY due_at DESC LIMIT 1
        """).SingleOrDefaultAsync(ct);
}
