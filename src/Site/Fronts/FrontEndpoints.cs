using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Readership;
using LondonDefender.Stories;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LondonDefender.Fronts;

public static class FrontEndpoints
{
    public static void MapFronts(this IEndpointRouteBuilder app) => app.MapMethods("/", PageRoutes.Reading, OpenAsync).IsKeptPage();

    private static async Task<IResult> OpenAsync(HttpContext http, NewsroomDb db, PaperFrames frames, MostReadOnFront mostRead, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (OldAddresses.IsAsked(http.Request)
            && await OldAddresses.AnswerAsync(db, http.Request, frame.Now, old => StoryEndpoints.GoneOrNeverAsync(db, frames, old, frame.Now, ct), null, ct) is { } moved)
            return moved;

        frame.Notes.Reads(PageKey.Front, PageKey.Stories, PageKey.Topics, PageKey.Writers);
        var containers = await FrontFilling.FillAsync(db, frame.Clock, mostRead, frame.Now, ct);
        if (containers.Any(container => container.Layout == ContainerLayout.MostRead))
            frame.Notes.GoodUntil(frame.Now + MostReadOnFront.Kept);
        return new RazorComponentResult<FrontPage>(new { Frame = frame, Containers = containers });
    }
}

/// <summary>Fills the front page's containers in their order; a story appears once, in the first container that takes it.</summary>
public static class FrontFilling
{
    /// <summary>What readers are given while nobody has arranged the front.</summary>
    private const int ShownUnarranged = 12;

    /// <summary>
    /// Each container with those of its pinned stories that are live, and so many of the newest it draws from that there are enough whatever
    /// the others take. All found by index; the stories themselves are read when it is known which are shown.
    /// </summary>
    private const string Arranged = $"""
        SELECT container.title, container.layout, container.size, container.pinned_ids,
            CASE WHEN container.topic_id IS NULL THEN '/' || section.slug ELSE '/topics/' || topic.slug END,
            ARRAY(SELECT story.id FROM stories story WHERE story.id = ANY (container.pinned_ids) AND {LiveStories.InSql}),
            CASE
                WHEN container.layout = 'MostRead' THEN ARRAY[]::integer[]
                WHEN container.topic_id IS NOT NULL THEN ARRAY(
                    SELECT story.id FROM story_topics filed JOIN stories story ON story.id = filed.story_id
                    WHERE filed.topic_id = container.topic_id AND filed.publish_at <= $1 AND {LiveStories.InSql} AND story.section_id = coalesce(container.section_id, story.section_id)
                    ORDER BY filed.publish_at DESC, filed.story_id DESC LIMIT room.stories)
                WHEN container.section_id IS NOT NULL THEN ARRAY(
                    SELECT story.id FROM stories story WHERE story.section_id = container.section_id AND {LiveStories.InSql}
                    ORDER BY story.publish_at DESC, story.id DESC LIMIT room.stories)
                ELSE ARRAY(SELECT story.id FROM stories story WHERE {LiveStories.InSql} ORDER BY story.publish_at DESC, story.id DESC LIMIT room.stories)
            END
        FROM (SELECT sum(size + cardinality(pinned_ids)) AS stories FROM containers) AS room, containers container
        LEFT JOIN sections section ON section.id = container.section_id
        LEFT JOIN topics topic ON topic.id = container.topic_id
        ORDER BY container.position, container.id
        """;

    private static readonly string Unarranged = string.Create(null, $"""
        SELECT array_agg(id) FROM (
            SELECT story.id FROM stories story WHERE {LiveStories.InSql} ORDER BY story.publish_at DESC, story.id DESC LIMIT {ShownUnarranged}) AS newest
        """);

    public static async Task<IReadOnlyList<FilledContainer>> FillAsync(
        NewsroomDb db, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        var places = await PlacesAsync(db, now, ct);
        Fill(places);
        var ranking = places.Exists(place => place.Layout == ContainerLayout.MostRead) ? await mostRead.RankingAsync(db, clock, now, ct) : [];

        await using var answers = await db.AskAsync(ct,
            BriefRows.Of([.. places.SelectMany(place => place.Shown)], now),
            CardWriter.Of([.. places.Where(place => place.Layout == ContainerLayout.Opinion).SelectMany(place => place.Shown)], now),
            BriefRows.Of([.. ranking], now));
        var stories = await answers.AllAsync(BriefRows.Read);
        var writers = CardWriter.ByStory(await answers.AllAsync(CardWriter.Read));
        var read = await answers.AllAsync(BriefRows.Read);

        var byId = stories.ToDictionary(story => story.Id);
        return [.. places.Select(place => place.Layout == ContainerLayout.MostRead
                // A list of its own, not a place: what is read most may well stand further up too.
                ? place.Filled("/most-read", MostRead.Listed(ranking, read, place.Size), writers)
                : place.Filled(place.MoreAddress, [.. place.Shown.Where(byId.ContainsKey).Select(id => byId[id])], writers))
            .Where(container => container.Layout == ContainerLayout.MostRead || container.Stories.Count > 0)];
    }

    private static async Task<List<Place>> PlacesAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, new Question(Arranged, now), new Question(Unarranged, now));
        var arranged = await answers.AllAsync(Place.Read);
        var newest = await answers.AllAsync(row => row.IsNull ? [] : row.List<int>());
        return arranged.Count > 0 ? arranged : [new() { Title = ReadersWords.Latest, Layout = ContainerLayout.Lead, Size = ShownUnarranged, Newest = newest[0] }];
    }

    private static void Fill(List<Place> places)
    {
        // What an editor pinned further down is not taken away by a backfill further up.
        HashSet<int> pinned = [.. places.SelectMany(place => place.PinnedIds)], shown = [];
        foreach (var place in places.Where(place => place.Layout != ContainerLayout.MostRead))
        {
            place.Shown.AddRange(place.PinnedIds.Where(id => place.LivePinned.Contains(id) && shown.Add(id)).Take(place.Size));
            List<int> fill = [.. place.Newest.Where(id => !pinned.Contains(id) && !shown.Contains(id)).Take(place.Size - place.Shown.Count)];
            place.Shown.AddRange(fill);
            shown.UnionWith(fill);
        }
    }

    /// <summary>A container before its stories are read.</summary>
    private sealed record Place
    {
        public required string Title { get; init; }
        public required ContainerLayout Layout { get; init; }
        public required int Size { get; init; }
        public int[] PinnedIds { get; init; } = [];
        public string? MoreAddress { get; init; }
        public int[] LivePinned { get; init; } = [];
        public int[] Newest { get; init; } = [];
        public List<int> Shown { get; } = [];

        public static Place Read(Row row) => new()
        {
            Title = row.Text(),
            Layout = row.Word<ContainerLayout>(),
            Size = row.Number(),
            PinnedIds = row.List<int>(),
            MoreAddress = row.TextOrNull(),
            LivePinned = row.List<int>(),
            Newest = row.List<int>(),
        };

        public FilledContainer Filled(string? moreAddress, IReadOnlyList<StoryBrief> stories, IReadOnlyDictionary<int, CardWriter> writers) =>
            new(Title, Layout, moreAddress, stories) { Writers = writers };
    }
}
