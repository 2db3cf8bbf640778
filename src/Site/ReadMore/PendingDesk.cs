using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>What became of a pending line, as a sentence.</summary>
/// <param name="Draft">The story that was begun for it.</param>
public sealed record PendingOutcome(string Words, bool IsRefused = false, int? Draft = null);

/// <summary>What an editor makes of a line that waits for its story: tied, taken out, let wait, or a story begun for it.</summary>
public sealed class PendingDesk(IDbContextFactory<NewsroomDb> newsroom, StoryDesk desk, TimeProvider clock)
{
    public async Task<PendingOutcome> TieAsync(int linkId, int toId, ClaimsPrincipal who, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (toId == (await db.ReadMoreLinks.AsNoTracking().SingleOrDefaultAsync(l => l.Id == linkId, ct))?.FromId)
            return new("A story never offers itself.", IsRefused: true);
        if (!await db.Stories.AnyAsync(s => s.Id == toId, ct))
            return new("That story is not there (any more).", IsRefused: true);

        var headline = await db.PresentHeadlinesOf().Where(h => h.StoryId == toId).Select(h => h.Headline).SingleAsync(ct);
        return await AmendAsync(db, linkId, who, "A link to another story was added",
            (copy, _, line) => copy[..line.SourceStart] + (line.SourceStart > 0 && copy[line.SourceStart - 1] == ':' ? " " : "") + $"story:{toId}" + copy[line.SourceEnd..],
            words => $"“{words}” is tied to “{headline}”.", ct);
    }

    public async Task<PendingOutcome> TakeOutAsync(int linkId, ClaimsPrincipal who, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await AmendAsync(db, linkId, who, "", CopyWithout.Line, words => $"“{words}” was taken out of the copy.", ct);
    }

    /// <summary>The line is right, and its story will come: it is not shown first any more.</summary>
    public async Task<PendingOutcome> LetWaitAsync(int linkId, ClaimsPrincipal who, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var (link, refusal) = await FindAsync(db, linkId, who, ct);
        if (link is null)
            return refusal!;

        var now = clock.GetUtcNow();
        await db.ReadMoreLinks.Where(l => l.FromId == link.FromId && l.Headline == link.Headline).ExecuteUpdateAsync(set => set.SetProperty(l => l.LetWaitAt, now), ct);
        return new($"“{link.WrittenHeadline}” waits for its story.");
    }

    /// <summary>A draft of that headline, filed where the line stands; the line leads to it as soon as readers have it.</summary>
    public async Task<PendingOutcome> BeginStoryAsync(int linkId, ClaimsPrincipal who, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var link = await PendingAsync(db, linkId, ct);
        if (link is null)
            return Gone;

        var from = await db.Stories.AsNoTracking().Where(s => s.Id == link.FromId).Select(s => s.Draft).SingleAsync(ct);
        var id = await desk.BeginAsync(who.Id(), new() { Headline = link.WrittenHeadline ?? "", SectionId = from.SectionId, TopicIds = from.TopicIds }, ct: ct);
        return new($"A story “{link.WrittenHeadline}” was begun.", Draft: id);
    }

    private async Task<PendingOutcome> AmendAsync(NewsroomDb db, int linkId, ClaimsPrincipal who, string reason,
        Func<string, ReadMoreBlock, ReadMoreLine, string> amend, Func<string, string> done, CancellationToken ct)
    {
        var (link, refusal) = await FindAsync(db, linkId, who, ct);
        if (link is null)
            return refusal!;

        var labels = (await db.SettingsAsync(ct)).LabelsInUse;
        return await desk.RefileAsync(link.FromId, text => text with { Copy = Amended(text.Copy, link.Headline!, labels, amend) }, reason, who.Id(), ct) switch
        {
            StoryOutcome.Done => new(done(link.WrittenHeadline ?? "")),
            StoryOutcome.Refused refused => new(string.Join(" ", refused.Why.Select(why => why.Sentence)), IsRefused: true),
            _ => Gone,
        };
    }

    /// <summary>Wherever the copy has a line in these words, from the end to the beginning, so that places stay true.</summary>
    private static string Amended(string copy, string key, ReadMoreLabels labels, Func<string, ReadMoreBlock, ReadMoreLine, string> amend)
    {
        var meant = from block in CopyText.Read(copy, labels).Blocks
                    from line in block.Lines
                    where line.Target is ReadMoreTarget.Pending pending && ReadMoreLinks.Key(pending.Headline) == key
                    orderby line.SourceStart descending
                    select (block, line);
        return meant.ToList().Aggregate(copy, (text, at) => amend(text, at.block, at.line));
    }

    private static async Task<(ReadMoreLink? Link, PendingOutcome? Refusal)> FindAsync(NewsroomDb db, int linkId, ClaimsPrincipal who, CancellationToken ct)
    {
        if (await PendingAsync(db, linkId, ct) is not { } link)
            return (null, Gone);

        return who.MayWriteIn(await db.Stories.AsNoTracking().SingleAsync(s => s.Id == link.FromId, ct))
            ? (link, null)
            : (null, new("That story is not yours to change; an editor can.", IsRefused: true));
    }

    private static Task<ReadMoreLink?> PendingAsync(NewsroomDb db, int linkId, CancellationToken ct) =>
        db.ReadMoreLinks.AsNoTracking().SingleOrDefaultAsync(l => l.Id == linkId && l.ToId == null && l.Headline != null, ct);

    private static readonly PendingOutcome Gone = new("That line does not wait any more: its story was saved since, or a colleague was faster.", IsRefused: true);
}
