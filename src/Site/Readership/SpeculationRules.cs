namespace LondonDefender.Readership;

/// <summary>
/// Which links browsers may open before they are clicked: those an editor chose, once the pointer rests on them. Only links that
/// report being followed, because a page opened before it was wanted is not asked for again, and its read would be lost.
/// </summary>
internal static class SpeculationRules
{
    public const string Address = "/speculation-rules.json";
    public const string Header = "Speculation-Rules";
    public const string HeaderValue = $"\"{Address}\"";

    // The tag comes back with the request (Sec-Speculation-Tags), so that whoever looks at the traffic sees which rule asked.
    private const string Rules = """
        {"prerender": [
          {"tag": "read-more", "eagerness": "moderate", "where": {"and": [{"href_matches": "/*"}, {"selector_matches": ".read-more a[ping]"}]}},
          {"tag": "lead", "eagerness": "moderate", "where": {"and": [{"href_matches": "/*"}, {"selector_matches": ".lead-story a[ping]"}]}}
        ]}
        """;

    public static IResult Answer(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Text(Rules, "application/speculationrules+json");
    }
}
