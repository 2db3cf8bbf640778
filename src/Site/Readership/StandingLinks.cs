using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Readership;

/// <summary>
/// The links that stand on the pages of some stories now. A ping can be made up, and a page request does not say which link was
/// followed; so a follow counts only for a link that readers can see, and under the block where it stands.
/// </summary>
internal sealed class StandingLinks
{
    private readonly HashSet<int> live, offered;
    private ILookup<(int From, int To), int> blocks = Enumerable.Empty<int>().ToLookup(_ => (0, 0));
    private readonly HashSet<(int From, int To)> inSentences = [];
    private readonly HashSet<(int From, int To)> later = [];
    private readonly HashSet<(int From, int To)> related = [];

    private StandingLinks(HashSet<int> live, HashSet<int> offered) => (this.live, this.offered) = (live, offered);

    public static async Task<StandingLinks> LookUpAsync(
        NewsroomDb db, IReadOnlyCollection<TallySheet.Link> links, PaperSettings settings, SearchTime searching, DateTimeOffset now, CancellationToken ct)
    {
        int[] named = [.. links.SelectMany(link => new[] { link.FromId, link.ToId }).Distinct()];
        var live = await db.Stories.Live(now).Where(s => named.Contains(s.Id)).Select(s => new { s.Id, s.HasActiveProceedings }).ToListAsync(ct);
        var standing = new StandingLinks([.. live.Select(s => s.Id)], [.. live.Where(s => !s.HasActiveProceedings).Select(s => s.Id)]);
        await standing.ReadPagesAsync(db, [.. links.Where(link => standing.live.Contains(link.FromId) && standing.live.Contains(link.ToId))], settings, searching, now, ct);
        return standing;
    }

    public bool IsLive(int story) => live.Contains(story);

    /// <summary>The block a follow belongs to; null when no block of the page and no list under it leads there.</summary>
    public int? BlockOf(TallySheet.Link link)
    {
        var (from, to) = (link.FromId, link.ToId);
        var inCopy = blocks[(from, to)].ToList();
        return link.Block switch
        {
            FollowAddress.RelatedList => related.Contains((from, to)) ? FollowAddress.RelatedList : null,
            FollowAddress.LaterOnThisStory => later.Contains((from, to)) ? FollowAddress.LaterOnThisStory : null,
            { } block when inCopy.Contains(block) => block,
            // Blocks move when copy is rewritten, and a page may have been open since before.
            _ when inCopy.Count > 0 => inCopy[0],
            // A page asked for without a ping came more likely by the sentence than by the list at the end.
            null when inSentences.Contains((from, to)) => null,
            null when related.Contains((from, to)) => FollowAddress.RelatedList,
            null when later.Contains((from, to)) => FollowAddress.LaterOnThisStory,
            _ => null,
        };
    }

    private async Task ReadPagesAsync(NewsroomDb db, IReadOnlyList<TallySheet.Link> links, PaperSettings settings, SearchTime searching, DateTimeOffset now, CancellationToken ct)
    {
        int[] froms = [.. links.Select(link => link.FromId).Distinct()];
        var texts = await (
            from story in db.Stories
            where froms.Contains(story.Id)
            join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
            select new { story.Id, revision.Text }).ToDictionaryAsync(story => story.Id, story => story.Text, ct);
        var copies = texts.ToDictionary(text => text.Key, text => CopyText.Read(text.Value.Copy, settings.LabelsInUse));
        var cards = await ReadMoreLinks.CardsForAsync(db, copies, now, ct);

        blocks = (
            from copy in copies
            from block in copy.Value.Blocks.Index()
            from line in block.Item.Lines
            let story = cards[copy.Key].For(line)?.Story
            where story is not null
            select (From: copy.Key, To: story.Id, Block: block.Index)).Distinct().ToLookup(at => (at.From, at.To), at => at.Block);
        inSentences.UnionWith(copies.SelectMany(copy => copy.Value.InlineLinks.Select(link => (copy.Key, link.StoryId))));
        await FindLaterAsync(db, links, ct);

        foreach (var from in links.Where(IsNotFoundYet).Select(link => link.FromId).Distinct().TakeWhile(_ => !searching.IsOver))
        {
            var list = await searching.SpendAsync(() => ClosestStories.ForAsync(db, from, ClosestStories.DrawnFrom(texts[from], !offered.Contains(from)), cards[from].StoriesOfferedIn(copies[from]), new PaperClock(settings.Zone), now, ct));
            related.UnionWith(list.Select(story => (from, story.Id)));
        }
    }

    private async Task FindLaterAsync(NewsroomDb db, IReadOnlyList<TallySheet.Link> links, CancellationToken ct)
    {
        int[] froms = [.. links.Select(link => link.FromId).Distinct().Where(offered.Contains)], tos = [.. links.Select(link => link.ToId).Distinct().Where(offered.Contains)];
        var back = await (
            from link in db.ReadMoreLinks
            where tos.Contains(link.FromId) && froms.Contains(link.ToId!.Value)
            join newer in db.Stories on new { Id = link.FromId, Number = (int?)link.RevisionNumber } equals new { newer.Id, Number = newer.PublishedNumber }
            select new { From = link.ToId!.Value, To = newer.Id }).Distinct().ToListAsync(ct);
        var picks = await (
            from newer in db.Stories
            where tos.Contains(newer.Id)
            join revision in db.Revisions on new { newer.Id, Number = newer.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
            select new { newer.Id, revision.Text.RelatedIds }).ToListAsync(ct);
        later.UnionWith(back.Select(link => (link.From, link.To)));
        later.UnionWith(picks.SelectMany(pick => pick.RelatedIds.Where(offered.Contains).Select(from => (from, pick.Id))));
    }

    private bool IsNotFoundYet(TallySheet.Link link) => link.Block switch
    {
        FollowAddress.RelatedList => true,
        null => !blocks.Contains((link.FromId, link.ToId)) && !inSentences.Contains((link.FromId, link.ToId)),
        _ => false,
    };
}

/// <summary>Each related list is a search of its own; only a flood of made-up follows asks for more than one writing of the tally has time for.</summary>
internal sealed class SearchTime(TimeProvider clock)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private TimeSpan spent;

    public bool IsOver => spent >= Most;

    public async Task<T> SpendAsync<T>(Func<Task<T>> search)
    {
        var started = clock.GetTimestamp();
        var found = await search();
        spent += clock.GetElapsedTime(started);
        return found;
    }
}
