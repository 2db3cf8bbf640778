using System.Text.Json.Nodes;
using LondonDefender.Paper;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>What a story's page says about itself to browsers, search engines and whoever shares it.</summary>
public static class StoryMeta
{
    public static PageMeta For(StoryView view, PaperFrame frame) => new()
    {
        Title = view.Text.SearchHeadline is { Length: > 0 } forSearch ? forSearch : view.Text.Headline,
        OpenGraphTitle = view.Text.ShareHeadline is { Length: > 0 } forSharing ? forSharing : view.Text.Headline,
        Description = view.Description,
        Canonical = view.Address,
        OpenGraphType = "article",
        OpenGraph = [.. OpenGraph(view, frame)],
        JsonLd = LinkedData.Write(Article(view, frame), Breadcrumbs(view, frame)),
        Styles = view.Copy.HasElements ? ["/css/elements.css"] : [],
        Feed = ($"{view.Section.Name} | {frame.Settings.Name}", $"/{view.Section.Slug}"),
    };

    private static IEnumerable<(string Property, string Content)> OpenGraph(StoryView view, PaperFrame frame) =>
    [
        ("article:published_time", frame.Clock.Machine(view.PublishAt)),
        ("article:modified_time", frame.Clock.Machine(ModifiedAt(view))),
        ("article:section", view.Section.Name),
        .. view.Topics.Select(topic => ("article:tag", topic.Name)),
        .. view.Writers.Select(writer => ("article:author", frame.Absolute($"/by/{writer.Slug}"))),
        .. Image(ShareImageOf(view, frame), frame),
    ];

    private static ShareImage ShareImageOf(StoryView view, PaperFrame frame) => ShareImage.AddressOf(
        view.Picture, view.Id, frame.Settings.Name, view.Section.Name, view.Text.ShareHeadline.Length > 0 ? view.Text.ShareHeadline : view.Text.Headline);

    private static IEnumerable<(string Property, string Content)> Image(ShareImage image, PaperFrame frame) =>
    [
        ("og:image", frame.Absolute(image.Address)),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", $"{image.Width}"),
        ("og:image:height", $"{image.Height}"),
        .. image.Alt.Length > 0 ? new[] { ("og:image:alt", image.Alt) } : [],
    ];

    private static JsonObject Article(StoryView view, PaperFrame frame) => LinkedData.Thing("NewsArticle",
        ("headline", view.Text.Headline),
        ("description", view.Description),
        ("datePublished", frame.Clock.Machine(view.PublishAt)),
        ("dateModified", frame.Clock.Machine(ModifiedAt(view))),
        ("author", Json.List(Authors(view, frame))),
        ("publisher", LinkedData.Publisher(frame)),
        ("mainEntityOfPage", frame.Absolute(view.Address)),
        ("articleSection", view.Section.Name),
        ("keywords", Json.List(view.Topics.Select(topic => JsonValue.Create(topic.Name)))),
        ("dateline", view.Text.Dateline),
        ("wordCount", view.Copy.WordCount),
        ("inLanguage", frame.Settings.Language),
        ("isAccessibleForFree", true),
        ("correction", Json.List(view.Corrections.Select(correction => Correction(correction, view, frame)))));

    private static JsonObject Correction(Correction correction, StoryView view, PaperFrame frame) => LinkedData.Thing("CorrectionComment",
        ("text", correction.Words),
        ("datePublished", frame.Clock.Machine(correction.PublishedAt)),
        ("url", frame.Absolute($"{view.Address}#{correction.Anchor}")));

    private static IEnumerable<JsonObject> Authors(StoryView view, PaperFrame frame)
    {
        foreach (var writer in view.Writers)
        {
            yield return LinkedData.Thing("Person",
                ("name", writer.Name), ("url", frame.Absolute($"/by/{writer.Slug}")), ("jobTitle", writer.Role));
        }

        if (view.Text.CreditLine.Length > 0)
            yield return LinkedData.Thing("Organization", ("name", view.Text.CreditLine));
    }

    private static JsonObject Breadcrumbs(StoryView view, PaperFrame frame) => LinkedData.Breadcrumbs(frame,
        (frame.Settings.Name, "/"), (view.Section.Name, $"/{view.Section.Slug}"), (view.Text.Headline, view.Address));

    private static DateTimeOffset ModifiedAt(StoryView view) => view.UpdatedAt ?? view.PublishAt;
}
