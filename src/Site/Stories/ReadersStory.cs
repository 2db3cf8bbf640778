using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.Sections;
using LondonDefender.Stories.Changes;
using LondonDefender.Stories.Corrections;

namespace LondonDefender.Stories;

/// <summary>A live story's published text and all that is kept with it, as its page needs it, found in one trip.</summary>
public sealed record ReadersStory
{
    private const string Found = $"""
        SELECT story.id, story.publish_at, story.updated_at, section.name, section.slug,
            text.kind, text.headline, text.front_headline, text.search_headline, text.share_headline, text.standfirst, text.kicker, text.slug,
            text.dateline, text.credit_line, text.copy, text.backstory, text.picture_id, text.picture_alt, text.picture_caption,
            text.section_id, text.topic_ids, text.writer_ids, text.related_ids, story.has_active_proceedings
        FROM stories story
        JOIN revisions text ON text.story_id = story.id AND text.number = story.published_number
        JOIN sections section ON section.id = story.section_id
        WHERE story.id = $2 AND {LiveStories.InSql}
        """;

    private const string TopicsOf = "SELECT topic.id, topic.name, topic.slug FROM story_topics filed JOIN topics topic ON topic.id = filed.topic_id WHERE filed.story_id = $1";

    private const string WritersOf =
        "SELECT writer.name, writer.slug, writer.role FROM story_bylines byline JOIN writers writer ON writer.id = byline.writer_id WHERE byline.story_id = $1 ORDER BY byline.position";

    public required int Id { get; init; }
    public required DateTimeOffset PublishAt { get; init; }
    public required DateTimeOffset? UpdatedAt { get; init; }
    public required Section Section { get; init; }
    public required StoryText Text { get; init; }
    public required bool HasActiveProceedings { get; init; }
    public IReadOnlyList<Topic> Topics { get; private init; } = [];
    public IReadOnlyList<Writer> Writers { get; private init; } = [];
    public IReadOnlyList<Correction> Corrections { get; private init; } = [];
    public IReadOnlyList<PublishedVersion> Versions { get; private init; } = [];

    public string Address => StoryAddress.Of(Section.Slug, Id, Text.AddressSlug);

    /// <summary>Null while readers may not see it.</summary>
    public static async Task<ReadersStory?> FindAsync(NewsroomDb db, int id, DateTimeOffset now, CancellationToken ct)
    {
        await using var answers = await db.AskAsync(ct,
            new(Found, now, id), new(TopicsOf, id), new(WritersOf, id), PublishedCorrections.OfStory(id), PublishedVersions.NotedOf(id));
        if (await answers.FirstAsync(Read) is not { } story)
            return null;

        var topics = await answers.AllAsync(row => (Id: row.Number(), Topic: new Topic { Name = row.Text(), Slug = row.Text() }));
        return story with
        {
            Topics = [.. topics.OrderBy(topic => Array.IndexOf(story.Text.TopicIds, topic.Id)).Select(topic => topic.Topic)],
            Writers = await answers.AllAsync(row => new Writer { Name = row.Text(), Slug = row.Text(), Role = row.Text() }),
            Corrections = await answers.AllAsync(PublishedCorrections.Read),
            Versions = PublishedVersions.ReadersHad(await answers.AllAsync(PublishedVersions.Read), story.PublishAt, now),
        };
    }

    private static ReadersStory Read(Row row) => new()
    {
        Id = row.Number(),
        PublishAt = row.Moment(),
        UpdatedAt = row.MomentOrNull(),
        Section = new() { Name = row.Text(), Slug = row.Text() },
        Text = new()
        {
            Kind = row.Word<StoryKind>(),
            Headline = row.Text(),
            FrontHeadline = row.Text(),
            SearchHeadline = row.Text(),
            ShareHeadline = row.Text(),
            Standfirst = row.Text(),
            Kicker = row.Text(),
            Slug = row.Text(),
            Dateline = row.Text(),
            CreditLine = row.Text(),
            Copy = row.Text(),
            Backstory = row.Text(),
            PictureId = row.NumberOrNull(),
            PictureAlt = row.Text(),
            PictureCaption = row.Text(),
            SectionId = row.NumberOrNull(),
            TopicIds = row.List<int>(),
            WriterIds = row.List<int>(),
            RelatedIds = row.List<int>(),
        },
        HasActiveProceedings = row.Flag(),
    };
}
