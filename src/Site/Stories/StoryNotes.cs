using LondonDefender.Paper.PaperCache;
using LondonDefender.ReadMore;

namespace LondonDefender.Stories;

/// <summary>What a story's page reads, so that it is printed anew when any of it changes.</summary>
public static class StoryNotes
{
    public static IEnumerable<string> Of(StoryView view) =>
    [
        PageKey.Story(view.Id), PageKey.Withdrawn(view.Id),
        // Newer stories that lead here are named at its end.
        PageKey.LinksTo(view.Id),
        .. view.Text.WriterIds.Select(PageKey.Writer),
        // Whatever a line means, live or not: it may come, go, or get another headline.
        .. view.Cards.Means(view.Copy).Select(PageKey.Story),
        .. ReadMoreLinks.HeadlinesMeantIn(view.Copy).Select(PageKey.Headline),
        .. view.LaterOn.Select(later => PageKey.Story(later.Id)),
        .. view.Copy.Pictures.Select(picture => PageKey.Picture(picture.PictureId)),
        .. OfRelated(view.Text),
    ];

    /// <summary>The related list is drawn from what was picked by hand, the topics and the section.</summary>
    public static IEnumerable<string> OfRelated(StoryText text) =>
    [
        .. text.RelatedIds.Select(PageKey.Story),
        .. text.TopicIds.Select(PageKey.Topic),
        .. text.SectionId is { } section ? [PageKey.Section(section)] : Array.Empty<string>(),
    ];
}
