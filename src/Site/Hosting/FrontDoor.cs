using System.Diagnostics;
using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace LondonDefender.Hosting;

/// <summary>What every request passes: its log line, the security headers, and a clear page when something is wrong.</summary>
public static class FrontDoor
{
    // No page of theirs has script; what connects is the ping of a followed link.
    private const string ReadersPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string NewsroomPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseFrontDoor(this WebApplication app)
    {
        app.Use(LogAsync);
        app.UseWhen(http => !IsNewsroom(http), readers => readers.UseResponseCompression());
        app.Use(ProtectAsync);
        app.Use(ExplainAsync);
        app.Use(RefuseNonsenseAsync);
    }

    private static async Task LogAsync(HttpContext http, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        using var trace = Activity.Current is null ? BeginTrace(http.Request) : null;
        await next(http);

        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such address)";
        NameTrace(http, pattern);
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Request");
        // Asked every few seconds by whoever watches the paper, or has a story open; of no use in a log.
        if (pattern.StartsWith("/health", StringComparison.Ordinal) || pattern.EndsWith("/presence", StringComparison.Ordinal))
            return;

        var took = Stopwatch.GetElapsedTime(began);
        PaperMeters.PagesMade.Record(took.TotalSeconds);
        log.LogInformation("{Method} {Pattern} {Status} {Milliseconds:0.0} ms", http.Request.Method, pattern, http.Response.StatusCode, took.TotalMilliseconds);
    }

    /// <summary>Where nobody collects traces, the log's lines still have one, the caller's if he named one.</summary>
    private static Activity BeginTrace(HttpRequest request)
    {
        var trace = new Activity("Request");
        if (ActivityContext.TryParse(request.Headers.TraceParent, null, out _))
            trace.SetParentId(request.Headers.TraceParent!);
        return trace.Start();
    }

    /// <summary>In the words that tools for traces know; by itself the server's trace of a request names nothing.</summary>
    private static void NameTrace(HttpContext http, string pattern)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } trace)
            return;

        trace.DisplayName = $"{http.Request.Method} {pattern}";
        trace.SetTag("http.request.method", http.Request.Method).SetTag("http.route", pattern).SetTag("url.path", IsDraft(http) ? $"{PageRoutes.Drafts}/…" : http.Request.Path.Value)
            .SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            trace.SetStatus(ActivityStatusCode.Error);
    }

    private static Task ProtectAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = IsNewsroom(http) ? NewsroomPolicy : ReadersPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (IsDraft(http))
        {
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
            headers.CacheControl = "no-store";
        }

        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        // In the words of the form tokens, which else replace it and say so in the log, once a page.
        if (IsNewsroom(http))
            headers.CacheControl = "no-cache, no-store";

        return next(http);
    }

    private static async Task ExplainAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (IsNewsroom(http) && http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
                await ExplainRefusalAsync(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The visitor left; nobody is there to be told.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception problem) when (!http.Response.HasStarted)
        {
            await ExplainAsync(http, problem);
        }
    }

    /// <summary>A form is refused for its token, which grows old; anything else because it could not be read.</summary>
    private static Task ExplainRefusalAsync(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && !http.Request.HasJsonContentType()
        ? Apology.SayAsync(http, StatusCodes.Status400BadRequest, "That page was out of date", "It had stood open too long, or a colleague was faster. Go back, reload it, and try again.")
        : Apology.SayAsync(http, StatusCodes.Status400BadRequest, "That could not be read", "Something in what was sent cannot be read, so nothing was changed. Take unusual characters out of it and try again.");

    private static Task ExplainAsync(HttpContext http, Exception problem)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Request");
        if (problem is BadHttpRequestException bad)
            return Apology.SayAsync(http, bad.StatusCode, "That could not be read", "What was sent could not be understood. Please go back and try again.");

        if (DatabaseAway.Explains(problem))
        {
            log.LogWarning("The database is away: {Problem}", problem.GetBaseException().Message);
            PaperMeters.DatabaseAway.Add(1);
            return Apology.RestAsync(http);
        }

        log.LogError(problem, "A page could not be made");
        // Told for what it is, so that it is found if it was ours; but whatever fails while the database is away will work again with it.
        if (http.RequestServices.GetRequiredService<KeptPages>().AreOutOfTouch)
            return Apology.RestAsync(http);

        return Apology.SayAsync(http, StatusCodes.Status500InternalServerError, "Something went wrong on our side",
            "The page could not be made. We have been told, and will mend it.");
    }

    /// <summary>
    /// PostgreSQL cannot hold a NUL, so an address, query or form with one was not written by a person. A page that takes files reads
    /// its form itself, once it knows who sends them.
    /// </summary>
    private static async Task RefuseNonsenseAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var most = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize;
        if (request.ContentLength > most)
        {
            await Apology.SayAsync(http, StatusCodes.Status413PayloadTooLarge, "That is too much at once", TooMuch(request.ContentLength.Value, most.Value));
            return;
        }

        var isNonsense = HasNul(request.Path.Value) || request.Query.Any(q => HasNul(q.Key) || q.Value.Any(HasNul));
        if (!isNonsense && most is null && request.HasFormContentType && IsNewsroom(http))
        {
            isNonsense = await IsNonsenseFormAsync(request, http.RequestAborted);
        }

        if (isNonsense)
            await Apology.SayAsync(http, StatusCodes.Status400BadRequest, "That address cannot be read", "It holds a character that no address or form can have.");
        else
            await next(http);
    }

    private static string TooMuch(long sent, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"What was sent has {sent >> 20} MB; {most >> 20} MB at once is the most that is taken here. Nothing was changed.");

    private static async Task<bool> IsNonsenseFormAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var form = await request.ReadFormAsync(ct);
            return form.Any(f => HasNul(f.Key) || f.Value.Any(HasNul));
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return true;
        }
    }

    private static bool IsNewsroom(HttpContext http) => http.Request.Path.StartsWithSegments("/desk");

    private static bool IsDraft(HttpContext http) => http.Request.Path.StartsWithSegments(PageRoutes.Drafts);

    private static bool HasNul(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);
}
