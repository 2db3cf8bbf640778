using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Readership;

/// <summary>How one story was read in some days, where its readers came from, and where they went on to, as far as it is counted.</summary>
public sealed record StoryFigures
{
    /// <param name="Place">Where the link stands on the page it stands on.</param>
    public sealed record Followed(int StoryId, string Headline, string Place, int Times);

    /// <summary>Every day of the span, those without a read included.</summary>
    public required IReadOnlyList<(DateOnly Day, int Reads)> Days { get; init; }

    /// <summary>READ MORE and other links of this story's page, the most followed first.</summary>
    public required IReadOnlyList<Followed> Out { get; init; }

    /// <summary>Links of other stories' pages that led here.</summary>
    public required IReadOnlyList<Followed> In { get; init; }

    private const int Shown = 50;

    public int Reads => Days.Sum(day => day.Reads);

    public int FollowedOn => Out.Sum(link => link.Times);

    public int CameByLink => In.Sum(link => link.Times);

    /// <summary>The front page and lists, search engines, other sites, bookmarks: it is not counted which.</summary>
    public int CameOtherwise => Math.Max(0, Reads - CameByLink);

    public (DateOnly Day, int Reads) Most => Days.MaxBy(day => day.Reads);

    public static async Task<StoryFigures> OfAsync(NewsroomDb db, int storyId, DateOnly today, int days, CancellationToken ct)
    {
        var first = today.AddDays(1 - days);
        var reads = await db.StoryReads.Where(r => r.StoryId == storyId && r.Day >= first).ToDictionaryAsync(r => r.Day, r => r.Reads, ct);
        var on = await db.StoryFollows.Where(f => f.FromId == storyId && f.Day >= first).GroupBy(f => new { f.ToId, f.Block })
            .Select(sum => new { Id = sum.Key.ToId, sum.Key.Block, Times = sum.Sum(f => f.Follows) })
            .OrderByDescending(sum => sum.Times).ThenBy(sum => sum.Id).Take(Shown).ToListAsync(ct);
        var here = await db.StoryFollows.Where(f => f.ToId == storyId && f.Day >= first).GroupBy(f => new { f.FromId, f.Block })
            .Select(sum => new { Id = sum.Key.FromId, sum.Key.Block, Times = sum.Sum(f => f.Follows) })
            .OrderByDescending(sum => sum.Times).ThenBy(sum => sum.Id).Take(Shown).ToListAsync(ct);

        var headlines = await HeadlinesAsync(db, [.. on.Concat(here).Select(link => link.Id)], ct);
        var blocks = await BlocksAsync(db, [storyId, .. here.Select(link => link.Id)], ct);
        return new()
        {
            Days = [.. Enumerable.Range(0, days).Select(day => first.AddDays(day)).Select(day => (day, reads.GetValueOrDefault(day)))],
            Out = [.. on.Select(link => new Followed(link.Id, headlines.GetValueOrDefault(link.Id, ""), Place(blocks.GetValueOrDefault(storyId), link.Block), link.Times))],
            In = [.. here.Select(link => new Followed(link.Id, headlines.GetValueOrDefault(link.Id, ""), Place(blocks.GetValueOrDefault(link.Id), link.Block), link.Times))],
        };
    }

    private static Task<Dictionary<int, string>> HeadlinesAsync(NewsroomDb db, int[] ids, CancellationToken ct) =>
        db.PresentHeadlinesOf().Where(h => ids.Contains(h.StoryId)).ToDictionaryAsync(h => h.StoryId, h => h.Headline, ct);

    /// <summary>The blocks that readers see on the stories' pages now.</summary>
    private static async Task<Dictionary<int, IReadOnlyList<ReadMoreBlock>>> BlocksAsync(NewsroomDb db, int[] ids, CancellationToken ct)
    {
        var labels = (await db.SettingsAsync(ct)).LabelsInUse;
        var copies = await (
            from story in db.Stories
            where ids.Contains(story.Id)
            join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber } equals new { Id = revision.StoryId, Number = (int?)revision.Number }
            select new { story.Id, revision.Text.Copy }).ToListAsync(ct);
        return copies.ToDictionary(copy => copy.Id, copy => CopyText.Read(copy.Copy, labels).Blocks);
    }

    private static string Place(IReadOnlyList<ReadMoreBlock>? blocks, int block) => block switch
    {
        FollowAddress.RelatedList => "related list",
        FollowAddress.LaterOnThisStory => "“Later on this story”",
        _ when blocks is not null && block >= 0 && block < blocks.Count => $"{blocks[block].Label}, block {block + 1} of {blocks.Count}",
        _ => "a block that has gone since",
    };
}
