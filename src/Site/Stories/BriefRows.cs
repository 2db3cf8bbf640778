using LondonDefender.Data;

namespace LondonDefender.Stories;

/// <summary>What <see cref="LiveStories.Briefs"/> finds, for questions in SQL where $1 is now.</summary>
public static class BriefRows
{
    public const string Columns = """
        story.id, text.kind, text.headline, text.front_headline, text.standfirst, text.kicker, text.slug, section.id, section.name, section.slug,
        story.publish_at, story.updated_at,
        picture.id, picture.address_hash, picture.width, picture.height, picture.colour, picture.credit,
        CASE WHEN text.picture_alt = '' THEN picture.alt ELSE text.picture_alt END, text.picture_caption
        """;

    /// <summary>Stands behind a FROM that has a <c>story</c>.</summary>
    public const string Joins = """
        JOIN revisions text ON text.story_id = story.id AND text.number = story.published_number
        JOIN sections section ON section.id = story.section_id
        LEFT JOIN pictures picture ON picture.id = text.picture_id AND (picture.rights_until IS NULL OR picture.rights_until > $1)
        """;

    private const string ByIds = $"SELECT {Columns} FROM stories story {Joins} WHERE story.id = ANY ($2) AND {LiveStories.InSql}";

    private const string OfferedByIds = $"SELECT {Columns} FROM stories story {Joins} WHERE story.id = ANY ($2) AND {LiveStories.OfferedInSql}";

    public static Question Of(int[] ids, DateTimeOffset now) => new(ByIds, now, ids);

    /// <inheritdoc cref="LiveStories.OfferedByItself"/>
    public static Question OfferedOf(int[] ids, DateTimeOffset now) => new(OfferedByIds, now, ids);

    public static StoryBrief Read(Row row) => new()
    {
        Id = row.Number(),
        Kind = row.Word<StoryKind>(),
        Headline = row.Text(),
        FrontHeadline = row.Text(),
        Standfirst = row.Text(),
        Kicker = row.Text(),
        Slug = row.Text(),
        SectionId = row.Number(),
        SectionName = row.Text(),
        SectionSlug = row.Text(),
        PublishAt = row.Moment(),
        UpdatedAt = row.MomentOrNull(),
        Picture = row.IsNull ? null : StoryPictures.Read(row),
    };
}
