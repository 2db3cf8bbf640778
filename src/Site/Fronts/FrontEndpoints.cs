using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

public static class FrontEndpoints
{
    public static void MapFronts(this IEndpointRouteBuilder app) => app.MapKeptPage("/", OpenAsync);

    private static async Task<RazorComponentResult<FrontPage>> OpenAsync(NewsroomDb db, PaperFrames frames, MostReadOnFront mostRead, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        frame.Notes.Reads(PageKey.Front, PageKey.Stories, PageKey.Topics, PageKey.Writers);
        var containers = await FrontFilling.FillAsync(db, frame.Clock, mostRead, frame.Now, ct);
        if (containers.Any(container => container.Layout == ContainerLayout.MostRead))
            frame.Notes.GoodUntil(frame.Now + MostReadOnFront.Kept);
        return new(new { Frame = frame, Containers = containers });
    }
}

/// <summary>Fills the front page's containers in their order; a story appears once, in the first container that takes it.</summary>
public static class FrontFilling
{
    public static async Task<IReadOnlyList<FilledContainer>> FillAsync(
        NewsroomDb db, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        var containers = await db.Containers.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(ct);
        if (containers.Count == 0)
            containers = [new Container { Title = ReadersWords.Latest, Layout = ContainerLayout.Lead, Size = 12 }];

        int[] pinnedIds = [.. containers.SelectMany(c => c.PinnedIds).Distinct()];
        var pinned = await db.Stories.Live(now).Where(s => pinnedIds.Contains(s.Id)).Briefs(db, now).ToDictionaryAsync(b => b.Id, ct);
        var names = await AddressesAsync(db, ct);

        // What an editor pinned further down is not taken away by a backfill further up.
        HashSet<int> shown = [];
        List<FilledContainer> filled = [];
        foreach (var container in containers)
        {
            if (container.Layout == ContainerLayout.MostRead)
            {
                // A list of its own, not a place: what is read most may well stand further up too.
                filled.Add(new(container.Title, container.Layout, "/most-read", await mostRead.ShowAsync(db, clock, now, container.Size, ct)));
                continue;
            }

            List<StoryBrief> stories = [.. container.PinnedIds.Where(id => pinned.ContainsKey(id) && shown.Add(id)).Take(container.Size).Select(id => pinned[id])];
            var missing = container.Size - stories.Count;
            if (missing > 0)
            {
                int[] taken = [.. shown, .. pinnedIds];
                var fill = await Backfill(db, container, now).Where(s => !taken.Contains(s.Id)).Briefs(db, now).NewestFirst().Take(missing).ToListAsync(ct);
                stories.AddRange(fill);
                shown.UnionWith(fill.Select(s => s.Id));
            }

            if (stories.Count > 0)
                filled.Add(new(container.Title, container.Layout, names(container), stories) { Writers = await WritersAsync(db, container, stories, now, ct) });
        }

        return filled;
    }

    private static async Task<IReadOnlyDictionary<int, CardWriter>> WritersAsync(
        NewsroomDb db, Container container, IReadOnlyList<StoryBrief> stories, DateTimeOffset now, CancellationToken ct) =>
        container.Layout == ContainerLayout.Opinion
            ? await CardWriter.OfAsync(db, [.. stories.Select(s => s.Id)], now, ct)
            : new Dictionary<int, CardWriter>();

    private static IQueryable<Story> Backfill(NewsroomDb db, Container container, DateTimeOffset now)
    {
        var live = db.Stories.Live(now);
        if (container.SectionId is { } section)
            live = live.Where(s => s.SectionId == section);
        if (container.TopicId is { } topic)
            live = live.Where(s => s.Topics.Any(t => t.TopicId == topic));
        return live;
    }

    private static async Task<Func<Container, string?>> AddressesAsync(NewsroomDb db, CancellationToken ct)
    {
        var sections = await db.Sections.ToDictionaryAsync(s => s.Id, s => "/" + s.Slug, ct);
        var topics = await db.Topics.ToDictionaryAsync(t => t.Id, t => "/topics/" + t.Slug, ct);
        return container =>
            container.TopicId is { } topic ? topics.GetValueOrDefault(topic)
            : container.SectionId is { } section ? sections.GetValueOrDefault(section)
            : null;
    }
}
