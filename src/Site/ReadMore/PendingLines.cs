using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>READ MORE lines of working texts that wait for their story: who has waited longest comes first.</summary>
public sealed record PendingLines(IReadOnlyList<PendingLines.Line> Lines, string? Next)
{
    // For each the nearest headlines are looked for.
    private const int PageSize = 12;

    /// <param name="Nearest">Stories with a headline much like it.</param>
    public sealed record Line(int LinkId, int FromId, string FromHeadline, StoryState FromState, string Words, DateTimeOffset Since, IReadOnlyList<StoryHit> Nearest);

    /// <param name="letWait">Those of which an editor has said that they may wait; else the others.</param>
    public static async Task<PendingLines> FindAsync(NewsroomDb db, bool letWait, string? after, DateTimeOffset now, CancellationToken ct)
    {
        var pending = db.ReadMoreLinks.Where(l => l.ToId == null && l.Headline != null && l.LetWaitAt != null == letWait
            && db.Stories.Any(s => s.Id == l.FromId && s.RevisionNumber == l.RevisionNumber));
        if (PlaceInList.Read(after) is var (since, id))
            pending = pending.Where(l => l.WaitingSince >= since && (l.WaitingSince > since || l.Id > id));

        var found = await (
            from link in pending.OrderBy(l => l.WaitingSince).ThenBy(l => l.Id).Take(PageSize + 1)
            join story in db.Stories on link.FromId equals story.Id
            orderby link.WaitingSince, link.Id
            select new { link.Id, link.FromId, story.Draft.Headline, story.PublishedNumber, story.PublishAt, story.WithdrawnAt, link.WrittenHeadline, link.WaitingSince }).ToListAsync(ct);

        List<Line> lines = [];
        foreach (var line in found.Take(PageSize))
        {
            lines.Add(new(line.Id, line.FromId, line.Headline, StoryStates.Of(line.PublishedNumber, line.PublishAt, line.WithdrawnAt, now), line.WrittenHeadline ?? "", line.WaitingSince,
                await LinkReports.NearestAsync(db, line.FromId, line.WrittenHeadline ?? "", now, ct)));
        }

        return new(lines, found.Count > PageSize ? new PlaceInList(lines[^1].Since, lines[^1].LinkId).ToString() : null);
    }
}
