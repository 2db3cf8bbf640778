using System.Globalization;
using System.Text.Json.Nodes;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Stories;

namespace LondonDefender.Feeds;

/// <summary>A story in the news agencies' own shape: IPTC ninjs 2.1. READ MORE lines are associated items, and links in the HTML.</summary>
public static class Ninjs
{
    public const string MediaType = "application/json";

    private const string Genres = "http://cv.iptc.org/newscodes/genre/";

    public static JsonObject Of(StoryInFull story, PaperFrame frame) => Json.Object(
        ("uri", StoryInFull.IdOf(story.Story.Id, frame)),
        ("type", "text"),
        ("representationtype", "full"),
        ("standard", Json.Object(("name", "ninjs"), ("version", "2.1"), ("schema", "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json#"))),
        ("version", story.Revision.Number.ToString(CultureInfo.InvariantCulture)),
        ("firstcreated", frame.Clock.Machine(story.Brief.PublishAt)),
        ("versioncreated", frame.Clock.Machine(story.Revision.PublishedAt ?? story.Brief.PublishAt)),
        ("pubstatus", "usable"),
        ("language", frame.Settings.Language),
        ("copyrightholder", frame.Settings.Name),
        ("title", story.Brief.Headline),
        ("slugline", story.Text.AddressSlug),
        ("headlines", Json.List([Words("main", story.Brief.Headline), .. Optional("front", story.Brief.FrontHeadline), .. Optional("kicker", story.Brief.Kicker)])),
        ("descriptions", Json.List(Optional("summary", story.Summary))),
        ("by", By(story)),
        ("infosources", Json.List(story.Authors(frame).Select(author => Json.Object(("name", author.Name), ("uri", author.Address))))),
        ("located", story.Text.Dateline),
        ("genres", Json.List(Genre(story.Text.Kind))),
        ("subjects", Json.List(
        [
            Subject("section", story.Brief.SectionName, frame.Absolute("/" + story.Brief.SectionSlug)),
            .. story.Topics.Select(topic => Subject("about", topic.Name, frame.Absolute("/topics/" + topic.Slug))),
        ])),
        ("bodies", Json.List(
        [
            Body("text/html", story.Html(frame), story.Copy.WordCount),
            Body("text/plain", story.Copy.PlainText, story.Copy.WordCount),
        ])),
        ("renditions", Json.List([Json.Object(("name", "web"), ("href", frame.Absolute(story.Brief.Address)), ("contenttype", "text/html"))])),
        ("associations", Json.List([.. Picture(story, frame), .. story.Offers.Select(offer => Association(offer, frame))])));

    private static string By(StoryInFull story)
    {
        string[] names = [.. story.Story.Bylines.Select(b => b.Writer!.Name), .. story.Text.CreditLine.Length > 0 ? new[] { story.Text.CreditLine } : []];
        return names.Length > 1 ? $"{string.Join(", ", names[..^1])} and {names[^1]}" : string.Concat(names);
    }

    private static JsonObject Words(string role, string value) => Json.Object(("role", role), ("value", value));

    private static IEnumerable<JsonObject> Optional(string role, string value) => value.Length > 0 ? [Words(role, value)] : [];

    private static JsonObject Body(string contentType, string value, int wordCount) => new()
    {
        ["role"] = "main",
        ["contenttype"] = contentType,
        ["wordcount"] = wordCount,
        ["value"] = value,
    };

    private static JsonObject Subject(string rel, string name, string uri) => Json.Object(("name", name), ("rel", rel), ("uri", uri));

    private static IEnumerable<JsonObject> Genre(StoryKind kind) =>
        kind is StoryKind.Report or StoryKind.Live ? [] : [Json.Object(("name", kind.ToString()), ("uri", Genres + kind))];

    private static IEnumerable<JsonObject> Picture(StoryInFull story, PaperFrame frame)
    {
        if (story.Picture(frame) is not { } picture)
            yield break;

        yield return Json.Object(
            ("name", "main picture"),
            ("uri", picture.Address),
            ("type", "picture"),
            ("by", picture.Credit),
            ("descriptions", Json.List([.. Optional("caption", story.Text.PictureCaption), .. Optional("alternative", picture.Alt)])),
            ("renditions", Json.List([Json.Object(
                ("name", "web"), ("href", picture.Address), ("contenttype", picture.MediaType), ("width", picture.Width), ("height", picture.Height))])));
    }

    private static JsonObject Association(ReadMoreOffer offer, PaperFrame frame) => Json.Object(
        ("name", offer.Wording),
        ("uri", offer.Story is { } story ? StoryInFull.IdOf(story.Id, frame) : offer.Address),
        ("type", "text"),
        ("representationtype", "partial"),
        ("renditions", Json.List([Json.Object(("name", "web"), ("href", StoryInFull.WholeAddress(offer, frame)), ("contenttype", "text/html"))])));
}
