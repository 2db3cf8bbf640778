using LondonDefender.Data;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>Who wrote a story, as a card says it.</summary>
/// <param name="Portrait">Of the first writer, where there is one.</param>
public sealed record CardWriter(string Names, ShownPicture? Portrait)
{
    private const string Bylines = """
        SELECT byline.story_id, writer.name,
            picture.id, picture.address_hash, picture.width, picture.height, picture.colour, picture.credit, picture.alt, picture.caption
        FROM story_bylines byline
        JOIN writers writer ON writer.id = byline.writer_id
        LEFT JOIN pictures picture ON picture.id = writer.portrait_id AND (picture.rights_until IS NULL OR picture.rights_until > $1)
        WHERE byline.story_id = ANY ($2) ORDER BY byline.position
        """;

    public static Question Of(int[] storyIds, DateTimeOffset now) => new(Bylines, now, storyIds);

    public static (int StoryId, CardWriter Writer) Read(Row row) => (row.Number(), new(row.Text(), row.IsNull ? null : StoryPictures.Read(row)));

    /// <summary>With the answer to <see cref="Of"/>: all who wrote a story as one.</summary>
    public static IReadOnlyDictionary<int, CardWriter> ByStory(IEnumerable<(int StoryId, CardWriter Writer)> bylines) =>
        bylines.GroupBy(byline => byline.StoryId, byline => byline.Writer).ToDictionary(
            story => story.Key, story => new CardWriter(string.Join(", ", story.Select(writer => writer.Names)), story.First().Portrait));
}
