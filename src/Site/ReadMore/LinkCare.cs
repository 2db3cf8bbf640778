using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>Lines whose target has been withdrawn, or has moved on from the wording pinned to it.</summary>
public sealed record LinkCare(IReadOnlyList<LinkCare.Line> Drifted, IReadOnlyList<LinkCare.Line> Withdrawn)
{
    private const int Shown = 200;

    /// <param name="Then">The target's headline when its wording was pinned.</param>
    /// <param name="Now">The target's headline now, or the successor's.</param>
    public sealed record Line(int LinkId, int FromId, string FromHeadline, string Words, string? Then, string? Now);

    public static async Task<LinkCare> FindAsync(NewsroomDb db, CancellationToken ct) =>
        new(await DriftedAsync(db, ct), await WithdrawnAsync(db, ct));

    /// <summary>An editor has looked, and the pinned words still fit the new headline.</summary>
    public static async Task ConfirmWordingAsync(NewsroomDb db, int linkId, ClaimsPrincipal who, CancellationToken ct)
    {
        var link = await db.ReadMoreLinks.SingleOrDefaultAsync(l => l.Id == linkId && l.PinnedWording != null && l.ToId != null, ct);
        if (link is null || !who.MayWriteIn(await db.Stories.SingleAsync(s => s.Id == link.FromId, ct)))
            return;

        var now = await db.PresentHeadlinesOf().Where(h => h.StoryId == link.ToId).Select(h => h.Headline).SingleAsync(ct);
        await db.ReadMoreLinks
            .Where(l => l.FromId == link.FromId && l.ToId == link.ToId && l.PinnedWording == link.PinnedWording)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.HeadlineWhenPinned, now), ct);
    }

    private static async Task<List<Line>> DriftedAsync(NewsroomDb db, CancellationToken ct)
    {
        var pinned = await (
            from link in Working(db)
            where link.HeadlineWhenPinned != null
            join story in db.Stories on link.FromId equals story.Id
            join present in db.PresentHeadlinesOf() on link.ToId equals present.StoryId
            where present.Headline != link.HeadlineWhenPinned
            orderby link.Id
            select new Line(link.Id, story.Id, story.Draft.Headline, link.PinnedWording!, link.HeadlineWhenPinned, present.Headline))
            .Take(Shown).ToListAsync(ct);
        return [.. pinned.Where(line => Headlines.Normalise(line.Then!) != Headlines.Normalise(line.Now!))];
    }

    private static async Task<List<Line>> WithdrawnAsync(NewsroomDb db, CancellationToken ct) =>
        await (from link in Working(db)
               join target in db.Stories on link.ToId equals target.Id
               where target.WithdrawnAt != null
               join story in db.Stories on link.FromId equals story.Id
               orderby link.Id
               select new Line(link.Id, story.Id, story.Draft.Headline, link.PinnedWording ?? target.Draft.Headline, null,
                   db.Stories.Where(s => s.Id == target.SuccessorId).Select(s => s.Draft.Headline).FirstOrDefault())).Take(Shown).ToListAsync(ct);

    private static IQueryable<ReadMoreLink> Working(NewsroomDb db) =>
        db.ReadMoreLinks.Where(l => db.Stories.Any(s => s.Id == l.FromId && s.RevisionNumber == l.RevisionNumber));
}
