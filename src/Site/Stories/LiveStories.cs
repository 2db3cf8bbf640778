using LondonDefender.Data;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

public static class LiveStories
{
    /// <summary>The one definition of what readers may see.</summary>
    public static IQueryable<Story> Live(this IQueryable<Story> stories, DateTimeOffset now) =>
        stories.Where(story => story.PublishedNumber != null && story.PublishAt <= now && story.WithdrawnAt == null);

    /// <summary>The same in SQL, of a row called <c>story</c> where $1 is now.</summary>
    public const string InSql = "story.published_number IS NOT NULL AND story.publish_at <= $1 AND story.withdrawn_at IS NULL";

    /// <summary>Live, and to be offered by lists that no editor has drawn up.</summary>
    public static IQueryable<Story> OfferedByItself(this IQueryable<Story> stories, DateTimeOffset now) =>
        stories.Live(now).Where(story => !story.HasActiveProceedings);

    /// <inheritdoc cref="OfferedByItself"/>
    public const string OfferedInSql = $"{InSql} AND NOT story.has_active_proceedings";

    /// <summary>What readers had until the editors took it back: it answers 410.</summary>
    public static IQueryable<Story> Withdrawn(this IQueryable<Story> stories, DateTimeOffset now) =>
        stories.Where(story => story.PublishedNumber != null && story.PublishAt <= now && story.WithdrawnAt != null);

    public static IQueryable<Story> NewestFirst(this IQueryable<Story> stories) =>
        stories.OrderByDescending(story => story.PublishAt).ThenByDescending(story => story.Id);

    public static IQueryable<StoryBrief> NewestFirst(this IQueryable<StoryBrief> stories) =>
        stories.OrderByDescending(story => story.PublishAt).ThenByDescending(story => story.Id);

    /// <summary>The readers' text of stories, as cards and lists show it.</summary>
    /// <param name="now">Decides which pictures the paper may still show.</param>
    public static IQueryable<StoryBrief> Briefs(this IQueryable<Story> stories, NewsroomDb db, DateTimeOffset now) =>
        from story in stories
        join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber!.Value } equals new { Id = revision.StoryId, revision.Number }
        join section in db.Sections on story.SectionId equals section.Id
        join showable in db.Pictures.Showable(now) on revision.Text.PictureId equals (int?)showable.Id into shown
        from picture in shown.DefaultIfEmpty()
        select new StoryBrief
        {
            Id = story.Id,
            Kind = revision.Text.Kind,
            Headline = revision.Text.Headline,
            FrontHeadline = revision.Text.FrontHeadline,
            Standfirst = revision.Text.Standfirst,
            Kicker = revision.Text.Kicker,
            Slug = revision.Text.Slug,
            SectionId = section.Id,
            SectionName = section.Name,
            SectionSlug = section.Slug,
            PublishAt = story.PublishAt!.Value,
            UpdatedAt = story.UpdatedAt,
            Picture = picture == null ? null : new ShownPicture
            {
                Id = picture.Id,
                AddressHash = picture.AddressHash,
                Width = picture.Width,
                Height = picture.Height,
                Colour = picture.Colour,
                Credit = picture.Credit,
                Alt = revision.Text.PictureAlt == "" ? picture.Alt : revision.Text.PictureAlt,
                Caption = revision.Text.PictureCaption,
            },
        };
}
