using System.Globalization;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Hosting;

/// <summary>What is said where a page cannot be given: in words, in the form that was asked for, and never kept by anybody.</summary>
internal static class Apology
{
    private const string SecondsTillBack = "5", SecondsTillRoom = "2";

    // What the page that failed may have said of itself before; a component's page refuses to say its own a second time.
    private static readonly string[] OfThePage = ["blazor-enhanced-nav", HeaderNames.ContentLength, HeaderNames.ETag, HeaderNames.LastModified];

    public static async Task SayAsync(HttpContext http, int status, string title, string sentence)
    {
        Begin(http, status);
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            await TypedResults.Problem(sentence, statusCode: status, title: title).ExecuteAsync(http);
            return;
        }

        if (WantsNoPage(http))
        {
            await http.Response.WriteAsJsonAsync(new { problem = sentence }, http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(RestingPage.Html(title, sentence), http.RequestAborted);
    }

    /// <summary>The database is away. Readers are told so in the paper's own frame, once that was drawn.</summary>
    public static async Task RestAsync(HttpContext http)
    {
        const int Status = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = SecondsTillBack;
        if (FrameFor(http) is { } frame)
        {
            Begin(http, Status);
            // Whoever answers here stands outside the part of the way on which the paper's language is spoken.
            CultureInfo.CurrentUICulture = frame.Settings.Culture;
            await new RazorComponentResult<PaperRests>(new { Frame = frame, IsSearch = IsSearch(http) }) { StatusCode = Status }.ExecuteAsync(http);
            return;
        }

        await (IsSearch(http)
            ? SayAsync(http, Status, "The search is resting for a moment", "It asks the database, which does not answer just now. Pages that were printed are still there; please search again in a moment.")
            : SayAsync(http, Status, "The paper is resting for a moment",
                "The database does not answer just now. Nothing is lost; the page will be back as soon as it is. Please try again in a moment."));
    }

    /// <summary>So many ask at once that one more would only make all of them wait. Set without the frame: it has to cost nothing.</summary>
    public static Task TurnAwayAsync(HttpContext http)
    {
        // They stand in line for a database that says nothing.
        if (http.RequestServices.GetRequiredService<Patience>().IsOver)
            return RestAsync(http);

        PaperMeters.TurnedAway.Add(1);
        http.Response.Headers.RetryAfter = SecondsTillRoom;
        return SayAsync(http, StatusCodes.Status503ServiceUnavailable, "Very many are reading just now",
            "The page could not be made at once, and we would rather say so than keep you waiting. Please try again in a moment.");
    }

    private static void Begin(HttpContext http, int status)
    {
        foreach (var name in OfThePage)
            http.Response.Headers.Remove(name);
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
    }

    private static PaperFrame? FrameFor(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/desk") || http.Request.Path.StartsWithSegments("/api") || WantsNoPage(http)
            ? null
            : http.RequestServices.GetRequiredService<LastFrame>().At(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    private static bool IsSearch(HttpContext http) => http.Request.Path.StartsWithSegments("/search");

    private static bool WantsNoPage(HttpContext http) => http.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
}
