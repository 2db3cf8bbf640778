using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

public static class StoryLists
{
    private static readonly string InSectionSql = PageOf(
        "stories story WHERE story.section_id = (SELECT id FROM sections WHERE slug = $2)", "story.publish_at DESC, story.id DESC");

    // The moment stands beside the topic, too, so that the newest of a topic are found by index alone, however many it has.
    private static readonly string OnTopicSql = PageOf(
        "story_topics filed JOIN stories story ON story.id = filed.story_id WHERE filed.topic_id = (SELECT id FROM topics WHERE slug = $2) AND filed.publish_at <= $1",
        "filed.publish_at DESC, filed.story_id DESC");

    public static Question InSection(string slug, int? page, DateTimeOffset now) => new(InSectionSql, now, slug, ToSkip(page));

    public static Question OnTopic(string slug, int? page, DateTimeOffset now) => new(OnTopicSql, now, slug, ToSkip(page));

    /// <summary>The page number an address asks for, or null when nobody could have linked to it.</summary>
    public static int? PageAsked(string? page) => page switch
    {
        null or "" => 1,
        _ when int.TryParse(page, System.Globalization.NumberStyles.None, null, out var number) && number is >= 1 and <= StoryList.LastPage => number,
        _ => null,
    };

    /// <summary>The page of the list that was asked for, or the not-found page where there is none.</summary>
    public static async Task<IResult> AnswerAsync(
        this IQueryable<Story> live, string? page, NewsroomDb db, PaperFrame frame, PaperFrames frames, Func<StoryList, IResult> show, CancellationToken ct)
    {
        if (PageAsked(page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var found = await live.Briefs(db, frame.Now).NewestFirst().Skip(ToSkip(number)).Take(StoryList.PageSize + 1).ToListAsync(ct);
        return found.AsPage(number) is { } list ? show(list) : await NotFoundEndpoint.AnswerAsync(db, frames, ct);
    }

    /// <summary>The page made of the stories found for it, one more than it shows; null where there is none.</summary>
    public static StoryList? AsPage(this IReadOnlyList<StoryBrief> found, int? page) => page is { } number && (found.Count > 0 || number == 1)
        ? new([.. found.Take(StoryList.PageSize)], number, found.Count > StoryList.PageSize && number < StoryList.LastPage)
        : null;

    private static int ToSkip(int? page) => ((page ?? 1) - 1) * StoryList.PageSize;

    /// <summary>The page's stories are told apart by index first; only theirs are the rows that are read.</summary>
    private static string PageOf(string listed, string newestFirst) => string.Create(null, $"""
        SELECT {BriefRows.Columns}
        FROM (SELECT story.id FROM {listed} AND {LiveStories.InSql} ORDER BY {newestFirst} LIMIT {StoryList.PageSize + 1} OFFSET $3) AS listed
        JOIN stories story ON story.id = listed.id
        {BriefRows.Joins}
        ORDER BY story.publish_at DESC, story.id DESC
        """);
}
