using LondonDefender.Data;

namespace LondonDefender.ReadMore;

public static class PresentHeadlines
{
    /// <summary>The headline each story shows now: the published one, or the draft's while it has none.</summary>
    public static IQueryable<PresentHeadline> PresentHeadlinesOf(this NewsroomDb db) =>
        from story in db.Stories
        join revision in db.Revisions
            on new { story.Id, Number = story.PublishedNumber } equals new { Id = revision.StoryId, Number = (int?)revision.Number } into published
        from revision in published.DefaultIfEmpty()
        select new PresentHeadline { StoryId = story.Id, Headline = revision == null ? story.Draft.Headline : revision.Text.Headline };
}

public sealed record PresentHeadline
{
    public required int StoryId { get; init; }
    public required string Headline { get; init; }
}
