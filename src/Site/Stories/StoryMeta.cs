using System.Text.Json.Nodes;
using LondonDefender.Paper;
using LondonDefender.Pictures;

namespace LondonDefender.Stories;

/// <summary>What a story's page says about itself to browsers, search engines and whoever shares it.</summary>
public static class StoryMeta
{
    public static PageMeta For(StoryView view, PaperFrame frame) => new()
    {
        Title = Either(view.Text.SearchHeadline, view.Text.Headline),
        Description = view.Description,
        Canonical = view.Address,
        OpenGraphType = "article",
        OpenGraphTitle = Either(view.Text.ShareHeadline, view.Text.Headline),
        OpenGraph = [.. OpenGraph(view, frame)],
        JsonLd = LinkedData.Write(StoryLinkedData.Of(view, frame), Breadcrumbs(view, frame)),
        Styles = view.Copy.HasElements ? ["/css/elements.css"] : [],
        Feed = ($"{view.Section.Name} | {frame.Settings.Name}", $"/{view.Section.Slug}"),
        Alternates = [.. Embeddings(view, frame)],
    };

    private static IEnumerable<(string Property, string Content)> OpenGraph(StoryView view, PaperFrame frame) =>
    [
        ("article:published_time", frame.Clock.Machine(view.PublishAt)),
        ("article:modified_time", frame.Clock.Machine(view.ModifiedAt)),
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

    private static JsonObject Breadcrumbs(StoryView view, PaperFrame frame) => LinkedData.Breadcrumbs(frame,
        (frame.Settings.Name, "/"), (view.Section.Name, $"/{view.Section.Slug}"), (view.Text.Headline, view.Address));

    private static IEnumerable<(string Type, string Title, string Address)> Embeddings(StoryView view, PaperFrame frame)
    {
        var asked = $"/oembed?url={Uri.EscapeDataString(frame.Absolute(view.Address))}";
        yield return ("application/json+oembed", view.Text.Headline, asked);
        yield return ("text/xml+oembed", view.Text.Headline, asked + "&format=xml");
    }

    private static string Either(string wording, string headline) => wording.Length > 0 ? wording : headline;
}
