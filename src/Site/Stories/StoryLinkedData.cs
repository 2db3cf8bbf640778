using System.Text.Json.Nodes;
using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>A story in schema.org's words.</summary>
public static class StoryLinkedData
{
    private const int MostUpdates = 50;
    private const int LongestHeadline = 110;
    private const int LongestBackstory = 600;

    /// <summary>Search engines want 1,200 pixels at least; more is nobody's gain.</summary>
    private const int WidestPicture = 1280;

    private static readonly PictureCrop[] Shapes = [PictureCrop.Card, PictureCrop.Classic, PictureCrop.Square];

    public static JsonObject Of(StoryView view, PaperFrame frame) => Json.Object(
        ("@type", TypeOf(view)),
        ("headline", view.Text.Headline),
        ("alternativeHeadline", view.Text.FrontHeadline),
        ("description", view.Description),
        ("image", Json.List(Images(view.Picture, frame))),
        ("datePublished", frame.Clock.Machine(view.PublishAt)),
        ("dateModified", frame.Clock.Machine(view.ModifiedAt)),
        ("author", Json.List(Authors(view, frame))),
        ("publisher", LinkedData.Publisher(frame)),
        ("mainEntityOfPage", Page(view, frame)),
        ("articleSection", view.Section.Name),
        ("keywords", Json.List(view.Topics.Select(topic => JsonValue.Create(topic.Name)))),
        ("dateline", view.Text.Dateline),
        ("wordCount", view.Copy.WordCount),
        ("inLanguage", frame.Settings.Language),
        ("isAccessibleForFree", true),
        ("correction", Json.List(view.Corrections.Select(correction => Corrected(correction, view, frame)))),
        ("backstory", CopyText.Read(view.Text.Backstory, frame.Settings.LabelsInUse).Excerpt(LongestBackstory)),
        ("coverageStartTime", view.Copy.Entries.Count == 0 ? null : Moment(view.Copy.Entries[^1], frame)),
        ("coverageEndTime", view.Copy.Entries.Count == 0 || view.Text.Kind == StoryKind.Live ? null : Moment(view.Copy.Entries[0], frame)),
        ("liveBlogUpdate", Json.List(view.Copy.Entries.Take(MostUpdates).Select(entry => Update(entry, view, frame)))));

    /// <summary>A live story is a live blog, which is no news article by itself, and the news article that it is by its kind.</summary>
    private static JsonNode TypeOf(StoryView view)
    {
        var article = view.Text.Kind switch
        {
            StoryKind.Report or StoryKind.Live => "ReportageNewsArticle",
            StoryKind.Analysis => "AnalysisNewsArticle",
            StoryKind.Opinion => "OpinionNewsArticle",
            StoryKind.Review => "ReviewNewsArticle",
            _ => "NewsArticle",
        };
        return view.Copy.Entries.Count > 0 ? new JsonArray("LiveBlogPosting", article) : article;
    }

    private static IEnumerable<JsonObject> Images(ShownPicture? picture, PaperFrame frame)
    {
        if (picture is null)
            yield break;

        foreach (var shape in Shapes)
        {
            var width = picture.WidthsOf(shape).Last(width => width <= WidestPicture);
            yield return LinkedData.Thing("ImageObject",
                ("url", frame.Absolute(picture.Address(shape, width, "jpg"))),
                ("width", width),
                ("height", picture.HeightOf(shape, width)),
                ("caption", picture.Caption),
                ("creditText", picture.Credit));
        }
    }

    private static IEnumerable<JsonObject> Authors(StoryView view, PaperFrame frame)
    {
        foreach (var writer in view.Writers)
        {
            yield return LinkedData.Thing("Person",
                ("name", writer.Name), ("url", frame.Absolute($"/by/{writer.Slug}")), ("jobTitle", writer.Role));
        }

        if (view.Text.CreditLine.Length > 0)
            yield return LinkedData.Thing("Organization", ("name", view.Text.CreditLine));
        else if (view.Writers.Count == 0)
            yield return LinkedData.Publisher(frame);
    }

    /// <summary>The page has the links: READ MORE lines are the significant ones, the list at its end the related.</summary>
    private static JsonObject Page(StoryView view, PaperFrame frame) => LinkedData.Thing("WebPage",
        ("@id", frame.Absolute(view.Address)),
        ("significantLink", Json.List(view.Copy.Blocks.SelectMany(block => block.Lines).Select(view.Cards.For).OfType<ReadMore.ReadMoreOffer>()
            .Select(offer => offer.Story is null ? offer.Address : frame.Absolute(offer.Address)).Distinct().Select(address => JsonValue.Create(address)))),
        ("relatedLink", Json.List(view.Related.Select(story => JsonValue.Create(frame.Absolute(story.Address))))));

    private static JsonObject Corrected(Correction correction, StoryView view, PaperFrame frame) => LinkedData.Thing("CorrectionComment",
        ("text", correction.Words),
        ("datePublished", frame.Clock.Machine(correction.PublishedAt)),
        ("url", frame.Absolute($"{view.Address}#{correction.Anchor}")));

    private static JsonObject Update(LiveEntry entry, StoryView view, PaperFrame frame) => LinkedData.Thing("BlogPosting",
        ("headline", entry.Headline.Length > 0 ? entry.Headline : PlainWords.Cut(PlainWords.OneLine(entry.Text), LongestHeadline)),
        ("datePublished", Moment(entry, frame)),
        ("url", frame.Absolute($"{view.Address}#{entry.Anchor}")),
        ("articleBody", BodyOf(entry)));

    /// <summary>An entry's text begins with its headline.</summary>
    private static string BodyOf(LiveEntry entry) =>
        entry.Headline.Length > 0 && entry.Text.StartsWith(entry.Headline, StringComparison.Ordinal) ? entry.Text[entry.Headline.Length..].TrimStart() : entry.Text;

    private static string Moment(LiveEntry entry, PaperFrame frame) => frame.Clock.Machine(frame.Clock.AtLocal(entry.Day.ToDateTime(entry.Time)));
}
