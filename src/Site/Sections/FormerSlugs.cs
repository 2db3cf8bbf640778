using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Sections;

/// <summary>Addresses and numbers that sections, topics and writers once had, and what they lead to now.</summary>
public static class FormerSlugs
{
    /// <summary>The address it has now; the same where it never had another, or is not known at all.</summary>
    public static async Task<string> PresentAsync(NewsroomDb db, NamedKind kind, string slug, CancellationToken ct) => await MovedToAsync(db, kind, slug, ct) ?? slug;

    /// <summary>Where an address that nothing has any more leads; null where it leads nowhere.</summary>
    public static async Task<string?> MovedToAsync(NewsroomDb db, NamedKind kind, string slug, CancellationToken ct)
    {
        var former = db.FormerSlugs.Where(f => f.Kind == kind && f.Slug == slug);
        return kind switch
        {
            NamedKind.Section => await db.Sections.Where(s => s.Slug == slug).AnyAsync(ct) ? null
                : await db.Sections.Where(s => former.Any(f => f.TargetId == s.Id)).Select(s => s.Slug).FirstOrDefaultAsync(ct),
            NamedKind.Topic => await TopicNames.BySlugAsync(db, slug, ct) is { } topic && topic.Slug != slug ? topic.Slug : null,
            NamedKind.Writer => await db.Writers.Where(w => w.Slug == slug).AnyAsync(ct) ? null
                : await db.Writers.Where(w => former.Any(f => f.TargetId == w.Id)).Select(w => w.Slug).FirstOrDefaultAsync(ct),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>The numbers with those of merged ones replaced by what they were merged into: a page may have been open since before, and old revisions stay as they are.</summary>
    public static async Task<int[]> PresentAsync(NewsroomDb db, NamedKind kind, int[] ids, CancellationToken ct)
    {
        var merged = await db.FormerSlugs.Where(f => f.Kind == kind && f.FormerId != null && ids.Contains(f.FormerId.Value))
            .Select(f => new { f.FormerId, f.TargetId }).Distinct().ToDictionaryAsync(f => f.FormerId!.Value, f => f.TargetId, ct);
        return merged.Count == 0 ? ids : [.. ids.Select(id => merged.GetValueOrDefault(id, id)).Distinct()];
    }

    /// <summary>The same numbers in a whole text.</summary>
    public static async Task<StoryText> PresentAsync(NewsroomDb db, StoryText text, CancellationToken ct) => text with
    {
        SectionId = text.SectionId is { } section ? (await PresentAsync(db, NamedKind.Section, [section], ct))[0] : null,
        TopicIds = await PresentAsync(db, NamedKind.Topic, text.TopicIds, ct),
        WriterIds = await PresentAsync(db, NamedKind.Writer, text.WriterIds, ct),
    };

    /// <summary>The page, or feed, under the present address; null where the address never was one.</summary>
    public static async Task<IResult?> LeadOnAsync(NewsroomDb db, NamedKind kind, string slug, HttpRequest request, CancellationToken ct) =>
        await MovedToAsync(db, kind, slug, ct) is { } present
            ? TypedResults.LocalRedirect("~" + Replaced(request.Path.Value!, kind == NamedKind.Section ? 1 : 2, present) + request.QueryString, permanent: true)
            : null;

    private static string Replaced(string path, int place, string present) =>
        string.Join('/', path.Split('/').Select((part, at) => at == place ? present : part));
}
