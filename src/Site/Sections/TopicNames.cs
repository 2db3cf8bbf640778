using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Sections;

/// <summary>A topic by any of its names: its own, other words for it, or one that it once had.</summary>
public static class TopicNames
{
    public static Task<Topic?> MeantAsync(NewsroomDb db, string written, CancellationToken ct) => BySlugAsync(db, Slugs.From(written), ct);

    public static async Task<Topic?> BySlugAsync(NewsroomDb db, string slug, CancellationToken ct) =>
        await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct)
        ?? await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => db.TopicSynonyms.Any(s => s.Slug == slug && s.TopicId == t.Id), ct)
        ?? await db.Topics.AsNoTracking().SingleOrDefaultAsync(t => db.FormerSlugs.Any(f => f.Kind == NamedKind.Topic && f.Slug == slug && f.TargetId == t.Id), ct);
}
