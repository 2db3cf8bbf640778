using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.Stories;

namespace LondonDefender.Fronts;

/// <summary>Fills a front's containers in their order; a story appears once, in the first container that takes it, and pinned ones before all.</summary>
public static class FrontFilling
{
    /// <summary>What readers are given while nobody has arranged the front.</summary>
    public const int ShownUnarranged = 12;

    /// <summary>
    /// Each container with those of its pinned stories that are live, and so many of those it draws from that there are enough whatever the
    /// others take. All found by index, and of what has to be looked through the newest thousand at most; the stories themselves are read when
    /// it is known which are shown. A section is asked for as a range, or PostgreSQL looks for those of a rare one through the whole paper, by its moments.
    /// </summary>
    private static string Places(string arrangement) => $"""
        SELECT given::text,
            CASE WHEN topic.id IS NOT NULL THEN '/topics/' || topic.slug ELSE '/' || section.slug END,
            ARRAY(SELECT story.id FROM jsonb_array_elements(given -> 'pins') AS card JOIN stories story ON story.id = (card ->> 'storyId')::integer WHERE {LiveStories.InSql}),
            CASE
                WHEN given ->> 'layout' = 'MostRead' OR fill.by = 'Nothing' THEN ARRAY[]::integer[]
                WHEN fill.topic_id IS NOT NULL THEN ARRAY(
                    SELECT story.id
                    FROM (SELECT story_id, publish_at FROM story_topics WHERE topic_id = fill.topic_id AND publish_at <= $1 ORDER BY publish_at DESC, story_id DESC LIMIT 1000) AS filed
                    JOIN stories story ON story.id = filed.story_id
                    WHERE {LiveStories.InSql} AND story.section_id = coalesce(fill.section_id, story.section_id) AND coalesce(story.special_kind, 'Report') = coalesce(fill.kind, story.special_kind, 'Report')
                    ORDER BY filed.publish_at DESC, filed.story_id DESC LIMIT room.stories)
                WHEN fill.kind <> 'Report' THEN ARRAY(
                    SELECT newest.id
                    FROM (SELECT id, section_id FROM stories story WHERE special_kind = fill.kind AND {LiveStories.InSql} ORDER BY publish_at DESC, id DESC LIMIT 1000) AS newest
                    WHERE newest.section_id = coalesce(fill.section_id, newest.section_id) LIMIT room.stories)
                WHEN fill.section_id IS NOT NULL THEN ARRAY(
                    SELECT newest.id
                    FROM (SELECT id, special_kind FROM stories story WHERE section_id BETWEEN fill.section_id AND fill.section_id AND {LiveStories.InSql} ORDER BY section_id, publish_at DESC, id DESC LIMIT 1000) AS newest
                    WHERE fill.kind IS NULL OR newest.special_kind IS NULL LIMIT room.stories)
                ELSE ARRAY(
                    SELECT newest.id
                    FROM (SELECT id, special_kind FROM stories story WHERE {LiveStories.InSql} ORDER BY publish_at DESC, id DESC LIMIT 1000) AS newest
                    WHERE fill.kind IS NULL OR newest.special_kind IS NULL LIMIT room.stories)
            END
        FROM ({arrangement}) AS front
        CROSS JOIN LATERAL jsonb_array_elements(front.arrangement -> 'containers') WITH ORDINALITY AS container(given, place)
        CROSS JOIN LATERAL (
            SELECT given -> 'fill' ->> 'by' AS by, (given -> 'fill' ->> 'sectionId')::integer AS section_id, (given -> 'fill' ->> 'topicId')::integer AS topic_id, given -> 'fill' ->> 'kind' AS kind) AS fill
        CROSS JOIN LATERAL (
            SELECT sum((other ->> 'size')::integer + jsonb_array_length(other -> 'pins')) AS stories FROM jsonb_array_elements(front.arrangement -> 'containers') AS other) AS room
        LEFT JOIN sections section ON section.id = fill.section_id
        LEFT JOIN topics topic ON topic.id = fill.topic_id
        ORDER BY container.place
        """;

    private static readonly string LiveSql = Places(LiveFronts.InSql("$2"));
    private static readonly string OfSectionSql = Places(LiveFronts.InSql("(SELECT id FROM sections WHERE slug = $2)"));
    private static readonly string GivenSql = Places("SELECT $2::jsonb AS arrangement");

    private static readonly string NewestSql = string.Create(null, $"""
        SELECT array_agg(id) FROM (
            SELECT story.id FROM stories story WHERE {LiveStories.InSql} ORDER BY story.publish_at DESC, story.id DESC LIMIT {ShownUnarranged}) AS newest
        """);

    private static readonly string FiledSql = $"""
        SELECT story.id, story.section_id, coalesce(story.special_kind, 'Report'), ARRAY(SELECT topic_id FROM story_topics WHERE story_id = story.id)
        FROM stories story WHERE story.id = ANY ($2) AND {LiveStories.InSql}
        """;

    /// <summary>The containers of a section's front, beside other questions about the section; none where nobody has arranged it.</summary>
    public static Question OfSection(string slug, DateTimeOffset now) => new(OfSectionSql, now, slug);

    /// <summary>The front page as readers have it now.</summary>
    public static async Task<FilledFront> FrontPageAsync(NewsroomDb db, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, new(LiveSql, now, Front.OfThePaper), new(NewestSql, now));
        var arranged = await answers.AllAsync(ContainerPlace.Read);
        var newest = await answers.AllAsync(row => row.IsNull ? [] : row.List<int>());
        return await FillAsync(db, arranged.Count > 0 ? arranged : [ContainerPlace.Unarranged(newest[0])], clock, mostRead, now, ct);
    }

    /// <summary>An arrangement as readers would have it now.</summary>
    public static async Task<FilledFront> DraftAsync(NewsroomDb db, FrontArrangement arrangement, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, new Question(GivenSql, now, arrangement.Write()));
        return await FillAsync(db, await answers.AllAsync(ContainerPlace.Read), clock, mostRead, now, ct);
    }

    public static async Task<FilledFront> FillAsync(
        NewsroomDb db, IReadOnlyList<ContainerPlace> places, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        var asksForReads = places.Any(place => place.AsksForReads);
        var ranking = asksForReads ? await mostRead.RankingAsync(db, clock, now, ct) : [];
        if (places.Any(place => place.Container.Fill.By == BackfillBy.MostRead))
            await PutMostReadFirstAsync(db, places, ranking, now, ct);
        Choose(places);

        await using var answers = await db.AskAsync(ct,
            BriefRows.Of([.. places.SelectMany(place => place.Shown)], now),
            CardWriter.Of([.. places.Where(place => place.Layout == ContainerLayout.Opinion).SelectMany(place => place.Shown)], now),
            BriefRows.Of(places.Any(place => place.Layout == ContainerLayout.MostRead) ? [.. ranking.Take(MostReadOnFront.MostListed)] : [], now),
            StoryPictures.Showable([.. places.SelectMany(place => place.Container.Pins).Select(card => card.PictureId).OfType<int>()], now));
        var stories = (await answers.AllAsync(BriefRows.Read)).ToDictionary(story => story.Id);
        var writers = CardWriter.ByStory(await answers.AllAsync(CardWriter.Read));
        var read = await answers.AllAsync(BriefRows.Read);
        var pictures = (await answers.AllAsync(StoryPictures.Read)).ToDictionary(picture => picture.Id);

        return new([.. places.Select(place => place.Layout == ContainerLayout.MostRead
            // A list of its own, not a place: what is read most may well stand further up too.
            ? place.Filled("/most-read", MostRead.Listed(ranking, read, place.Container.Size), writers)
            : place.Filled(place.MoreAddress, place.Told(stories, pictures), writers))])
        {
            AsksForReads = asksForReads,
            PictureIds = [.. places.SelectMany(place => place.Container.Pins).Select(card => card.PictureId).OfType<int>()],
        };
    }

    private static async Task PutMostReadFirstAsync(NewsroomDb db, IReadOnlyList<ContainerPlace> places, IReadOnlyList<int> ranking, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct, new Question(FiledSql, now, ranking.ToArray()));
        var filed = await answers.AllAsync(row => new FiledStory(row.Number(), row.Number(), row.Word<StoryKind>(), row.List<int>()));
        List<FiledStory> ranked = [.. ranking.Join(filed, id => id, story => story.Id, (_, story) => story)];
        foreach (var place in places.Where(place => place.Container.Fill.By == BackfillBy.MostRead))
            place.Fill = [.. ranked.Where(story => story.FitsIn(place.Container.Fill)).Select(story => story.Id).Concat(place.Fill).Distinct()];
    }

    private static void Choose(IReadOnlyList<ContainerPlace> places)
    {
        // What an editor pinned further down is not taken away by a backfill further up.
        HashSet<int> pinned = [.. places.SelectMany(place => place.Container.Pins).Select(card => card.StoryId)], shown = [];
        foreach (var place in places.Where(place => place.Layout != ContainerLayout.MostRead))
        {
            var size = place.Container.Size;
            place.Shown.AddRange(place.Container.Pins.Select(card => card.StoryId).Where(id => place.LivePinned.Contains(id) && shown.Add(id)).Take(size));
            List<int> fill = [.. place.Fill.Where(id => !pinned.Contains(id) && !shown.Contains(id)).Take(size - place.Shown.Count)];
            place.Shown.AddRange(fill);
            shown.UnionWith(fill);
        }
    }

    private sealed record FiledStory(int Id, int SectionId, StoryKind Kind, int[] TopicIds)
    {
        public bool FitsIn(Backfill fill) =>
            (fill.SectionId ?? SectionId) == SectionId && (fill.Kind ?? Kind) == Kind && (fill.TopicId is not { } topic || TopicIds.Contains(topic));
    }
}

/// <summary>A front with what stands on it now.</summary>
public sealed record FilledFront(IReadOnlyList<FilledContainer> All)
{
    public bool AsksForReads { get; init; }

    /// <summary>Pictures given to stories on this front alone.</summary>
    public IReadOnlyList<int> PictureIds { get; init; } = [];

    /// <summary>Those that have something to show.</summary>
    public IReadOnlyList<FilledContainer> Containers => [.. All.Where(container => container.Stories.Count > 0)];

    /// <summary>With its pictures from where the newsroom sees them, those that no reader may see yet among them.</summary>
    public FilledFront OnTheDesk() => this with
    {
        All = [.. All.Select(container => container with
        {
            Stories = [.. container.Stories.Select(story => story with { Picture = story.Picture is { } picture ? picture with { Base = ShownPicture.ForTheDesk } : null })],
        })],
    };

    /// <summary>Tells the page cache what a page with this front on it reads.</summary>
    public void Note(PaperFrame frame)
    {
        frame.Notes.Reads([PageKey.Stories, PageKey.Topics, PageKey.Writers, .. PictureIds.Select(PageKey.Picture)]);
        if (AsksForReads)
            frame.Notes.GoodUntil(frame.Now + MostReadOnFront.Kept);
    }
}

/// <summary>A container before its stories are read.</summary>
public sealed class ContainerPlace
{
    public required Container Container { get; init; }
    public string? MoreAddress { get; private init; }
    public int[] LivePinned { get; private init; } = [];

    /// <summary>What it may fill itself with, best first.</summary>
    public int[] Fill { get; set; } = [];

    public List<int> Shown { get; } = [];

    public ContainerLayout Layout => Container.Layout;

    public bool AsksForReads => Layout == ContainerLayout.MostRead || Container.Fill.By == BackfillBy.MostRead;

    public static ContainerPlace Read(Row row) => new()
    {
        Container = Container.Read(row.Text()),
        MoreAddress = row.TextOrNull(),
        LivePinned = row.List<int>(),
        Fill = row.List<int>(),
    };

    public static ContainerPlace Unarranged(int[] newest) => new()
    {
        Container = new() { Key = "newest", Title = ReadersWords.Latest, Layout = ContainerLayout.Lead, Size = FrontFilling.ShownUnarranged },
        Fill = newest,
    };

    /// <summary>The stories it shows, each as this front tells it.</summary>
    public IReadOnlyList<StoryBrief> Told(Dictionary<int, StoryBrief> stories, Dictionary<int, ShownPicture> pictures)
    {
        var cards = Container.Pins.ToDictionary(card => card.StoryId);
        return [.. Shown.Where(stories.ContainsKey).Select(id => cards.GetValueOrDefault(id) is { } card ? Told(stories[id], card, pictures) : stories[id])];
    }

    private static StoryBrief Told(StoryBrief story, PinnedCard card, Dictionary<int, ShownPicture> pictures) => story with
    {
        FrontHeadline = card.Headline.Length > 0 ? card.Headline : story.FrontHeadline,
        Standfirst = card.HidesStandfirst ? "" : story.Standfirst,
        Picture = pictures.GetValueOrDefault(card.PictureId ?? 0) ?? story.Picture,
    };

    public FilledContainer Filled(string? moreAddress, IReadOnlyList<StoryBrief> stories, IReadOnlyDictionary<int, CardWriter> writers) =>
        new(Container.Title, Layout, moreAddress, stories) { Key = Container.Key, Writers = writers };
}
