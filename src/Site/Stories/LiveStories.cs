using LondonDefender.Data;

namespace LondonDefender.Stories;

public static class LiveStories
{
    /// <summary>The one definition of what readers may see.</summary>
    public static IQueryable<Story> Live(this IQueryable<Story> stories, DateTimeOffset now) =>
        stories.Where(story => story.PublishedNumber != null && story.PublishAt <= now && story.WithdrawnAt == null);

    public static IQueryable<Story> NewestFirst(this IQueryable<Story> stories) =>
        stories.OrderByDescending(story => story.PublishAt).ThenByDescending(story => story.Id);

    public static IQueryable<StoryBrief> NewestFirst(this IQueryable<StoryBrief> stories) =>
        stories.OrderByDescending(story => story.PublishAt).ThenByDescending(story => story.Id);

    /// <summary>The readers' text of stories, as cards and lists show it.</summary>
    public static IQueryable<StoryBrief> Briefs(this IQueryable<Story> stories, NewsroomDb db) =>
        from story in stories
        join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
        join section in db.Sections on story.SectionId equals section.Id
        select new StoryBrief
        {
            Id = story.Id,
            Headline = revision.Text.Headline,
            Standfirst = revision.Text.Standfirst,
            Kicker = revision.Text.Kicker,
            Slug = revision.Text.Slug,
            SectionId = section.Id,
            SectionName = section.Name,
            SectionSlug = section.Slug,
            PublishAt = story.PublishAt!.Value,
            UpdatedAt = story.UpdatedAt,
        };
}
