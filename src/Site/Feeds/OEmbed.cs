using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;

namespace LondonDefender.Feeds;

/// <summary>oEmbed 1.0: how a link to one of our stories may look in other people's pages. A quotation with a link; no script, no frame.</summary>
public static class OEmbed
{
    private const int UsualWidth = 600;
    private const int NarrowestQuote = 220;
    private const int LineHeight = 24;
    private const int CharacterWidth = 8;

    public static void MapOEmbed(this IEndpointRouteBuilder app) => app.MapMethods("/oembed", PageRoutes.Reading, AnswerAsync).IsForPrograms();

    private static async Task<IResult> AnswerAsync(
        string? url, string? format, string? maxwidth, string? maxheight, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(format) && format is not ("json" or "xml"))
            return TypedResults.Problem("“format” is json or xml.", statusCode: StatusCodes.Status501NotImplemented, title: "No such format");
        if (!TryReadSize(maxwidth, out var width) || !TryReadSize(maxheight, out var height))
            return TypedResults.Problem("“maxwidth” and “maxheight” are whole numbers of pixels.", statusCode: StatusCodes.Status400BadRequest, title: "That cannot be answered");
        if (string.IsNullOrWhiteSpace(url))
            return TypedResults.Problem("“url” is the address of a story.", statusCode: StatusCodes.Status400BadRequest, title: "That cannot be answered");

        var frame = await frames.DrawAsync(ct);
        var id = StoryAt(url, frame);
        return await StoryInFull.FindAsync(db, frame, db.Stories.Live(frame.Now).Where(s => s.Id == id), ct) is [var story]
            ? Print(Embedded(story, frame, width, height), format)
            : TypedResults.Problem("There is no story of ours at that address.", statusCode: StatusCodes.Status404NotFound, title: "No such story");
    }

    /// <summary>A story's number, where the address is one of our stories' by its form.</summary>
    private static int? StoryAt(string url, PaperFrame frame) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && Uri.TryCreate(frame.Origin, UriKind.Absolute, out var own)
        && address.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase)
            ? StoryAddress.IdAt(address.AbsolutePath)
            : null;

    private static JsonObject Embedded(StoryInFull story, PaperFrame frame, int? maxWidth, int? maxHeight)
    {
        var width = Math.Min(maxWidth ?? UsualWidth, UsualWidth);
        var height = HeightOf(story, width);
        var fits = width >= NarrowestQuote && (maxHeight is null || height <= maxHeight);
        var author = story.Authors(frame).FirstOrDefault();
        return Json.Object(
        [
            ("version", "1.0"),
            ("type", fits ? "rich" : "link"),
            ("title", story.Brief.Headline),
            ("author_name", author?.Name),
            ("author_url", author?.Address),
            ("provider_name", frame.Settings.Name),
            ("provider_url", frame.Absolute("/")),
            ("cache_age", 3600),
            .. fits ? [("html", Quotation(story, frame)), ("width", width), ("height", height)] : Array.Empty<(string, JsonNode?)>(),
        ]);
    }

    private static string Quotation(StoryInFull story, PaperFrame frame)
    {
        var address = Encode(frame.Absolute(story.Brief.Address));
        return $"<blockquote cite=\"{address}\"><p><a href=\"{address}\">{Encode(story.Brief.Headline)}</a></p>"
            + (story.Summary.Length > 0 ? $"<p>{Encode(story.Summary)}</p>" : "")
            + $"<p>{Encode(frame.Settings.Name)}, {Encode(frame.Clock.Date(story.Brief.PublishAt))}</p></blockquote>";
    }

    /// <summary>About what it takes in somebody's page: whoever embeds it decides on the type.</summary>
    private static int HeightOf(StoryInFull story, int width)
    {
        var inLine = Math.Max(1, width / CharacterWidth);
        var lines = (story.Brief.Headline.Length / inLine) + (story.Summary.Length / inLine) + 3;
        return (lines * LineHeight) + (4 * LineHeight);
    }

    private static IResult Print(JsonObject embedded, string? format) => format == "xml"
        ? PrintedFile.Answer(AsXml(embedded).AsFile(), "text/xml; charset=utf-8")
        : PrintedFile.Answer(JsonPrint.Of(embedded), "application/json; charset=utf-8");

    private static XDocument AsXml(JsonObject embedded) => new(
        new XDeclaration("1.0", "utf-8", "yes"),
        new XElement("oembed", embedded.Select(property => new XElement(property.Key, property.Value!.ToString()))));

    private static bool TryReadSize(string? written, out int? size)
    {
        size = null;
        if (string.IsNullOrEmpty(written))
            return true;

        var isNumber = int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0;
        size = pixels;
        return isNumber;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
