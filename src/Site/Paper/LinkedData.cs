using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace LondonDefender.Paper;

/// <summary>What a page tells search engines about itself (JSON-LD, schema.org).</summary>
public static class LinkedData
{
    // This encoder leaves other scripts readable, yet always escapes < > & and quotes: no headline can end the script element.
    private static readonly JsonSerializerOptions InsideScript = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(params IReadOnlyList<JsonObject> things) => new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new JsonArray([.. things]),
    }.ToJsonString(InsideScript);

    /// <summary>A thing with those of its properties that say something.</summary>
    public static JsonObject Thing(string type, params IReadOnlyList<(string Name, JsonNode? Value)> properties) =>
        Json.Object([("@type", type), .. properties]);

    /// <summary>The paper as publisher of something: who it is, and no more.</summary>
    public static JsonObject Publisher(PaperFrame frame) => Thing("NewsMediaOrganization", Identity(frame));

    /// <summary>The paper itself, with what it says of itself on /about.</summary>
    /// <param name="hasMasthead">Whether /about names the people who write.</param>
    public static JsonObject Paper(PaperFrame frame, bool hasMasthead = false) => Thing("NewsMediaOrganization",
    [
        .. Identity(frame),
        ("description", frame.Settings.About),
        ("slogan", frame.Settings.Tagline),
        ("sameAs", Json.List(frame.Settings.SocialAccounts.Select(account => (JsonNode?)account))),
        ("masthead", hasMasthead ? frame.Absolute($"{AboutPart.Page}#{AboutPart.Masthead}") : null),
        .. AboutPart.Of(frame.Settings).SelectMany(part => part.Policies.Select(policy => (policy, (JsonNode?)frame.Absolute(part.Address)))),
    ]);

    public static JsonObject Site(PaperFrame frame) => Thing("WebSite",
        ("@id", frame.Absolute("/#site")),
        ("name", frame.Settings.Name),
        ("url", frame.Absolute("/")),
        ("inLanguage", frame.Settings.Language),
        ("publisher", Json.Object(("@id", frame.Absolute("/#paper")))));

    /// <summary>A page that lists stories, with the stories in their order.</summary>
    public static JsonObject Collection(PaperFrame frame, string name, string about, string page, IEnumerable<string> stories) => Thing("CollectionPage",
        ("url", frame.Absolute(page)),
        ("name", name),
        ("description", about),
        ("inLanguage", frame.Settings.Language),
        ("isPartOf", Json.Object(("@id", frame.Absolute("/#site")))),
        ("mainEntity", Thing("ItemList", ("itemListElement", Json.List(stories.Select((story, index) => Thing("ListItem",
            ("position", index + 1),
            ("url", frame.Absolute(story)))))))));

    private static IReadOnlyList<(string Name, JsonNode? Value)> Identity(PaperFrame frame) =>
    [
        ("@id", frame.Absolute("/#paper")),
        ("name", frame.Settings.Name),
        ("url", frame.Absolute("/")),
        ("logo", frame.Absolute("/icons/paper.svg")),
    ];

    public static JsonObject Breadcrumbs(PaperFrame frame, params IReadOnlyList<(string Name, string Address)> trail) =>
        Thing("BreadcrumbList", ("itemListElement", Json.List(trail.Select((step, index) => Thing("ListItem",
            ("position", index + 1),
            ("name", step.Name),
            ("item", frame.Absolute(step.Address)))))));
}
