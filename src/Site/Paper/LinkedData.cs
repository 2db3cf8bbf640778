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

    public static JsonObject Publisher(PaperFrame frame) => Thing("NewsMediaOrganization",
        ("@id", frame.Absolute("/#paper")),
        ("name", frame.Settings.Name),
        ("url", frame.Absolute("/")));

    public static JsonObject Breadcrumbs(PaperFrame frame, params IReadOnlyList<(string Name, string Address)> trail) =>
        Thing("BreadcrumbList", ("itemListElement", Json.List(trail.Select((step, index) => Thing("ListItem",
            ("position", index + 1),
            ("name", step.Name),
            ("item", frame.Absolute(step.Address)))))));
}
