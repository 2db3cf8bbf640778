using LondonDefender.Stories;
using NpgsqlTypes;

namespace LondonDefender.Archive;

/// <summary>
/// A story's published words, as the search finds them, and what it is filed under, so that one index answers words and filters
/// together. Written when a story is published; whether readers may see it is never asked here.
/// </summary>
public sealed class SearchEntry
{
    public int StoryId { get; init; }
    public required string Headline { get; set; }
    public required string Standfirst { get; set; }
    public required string Body { get; set; }
    public NpgsqlTsVector Vector { get; private set; } = null!;

    /// <summary>The headline's words alone: where a word is in a great many stories, those it stands over come first.</summary>
    public NpgsqlTsVector Heading { get; private set; } = null!;

    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>Months since the year 0, in UTC. The search walks back through them, and stops when it has enough.</summary>
    public int Month { get; private set; }

    public int? SectionId { get; private set; }
    public int[] TopicIds { get; private set; } = [];
    public int[] WriterIds { get; private set; } = [];

    /// <summary>Takes over from the story what pages and filters find it by.</summary>
    public void File(Story story)
    {
        MoveTo(story.PublishAt ?? PublishedAt);
        SectionId = story.SectionId;
        TopicIds = [.. story.Topics.Select(topic => topic.TopicId).Order()];
        WriterIds = [.. story.Bylines.OrderBy(byline => byline.Position).Select(byline => byline.WriterId)];
    }

    public void MoveTo(DateTimeOffset moment) => PublishedAt = moment;

    public static int MonthOf(DateTimeOffset moment) => (moment.UtcDateTime.Year * 12) + moment.UtcDateTime.Month - 1;
}
