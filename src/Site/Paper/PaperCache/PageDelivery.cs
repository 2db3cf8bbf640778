using LondonDefender.Data;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Paper.PaperCache;

/// <summary>The first thing every request meets: a page that is kept is given out before anything else is looked at.</summary>
public sealed class PageDelivery(KeptPages kept, Pressroom pressroom, PagePrinter printer, Patience patience, IOptions<PaperOptions> options, TimeProvider clock)
{
    // Where the paper's address is not set, pages name the host they were asked at; nobody may fill the memory by making up hosts.
    private const int MostOrigins = 8;

    private static readonly TimeSpan LongestForPage = TimeSpan.FromSeconds(10);
    private static readonly StringValues ForGoodByTls = "max-age=31536000";

    private readonly Lock turn = new();
    private volatile Dictionary<(bool IsSafe, string Host), string> origins = [];

    /// <summary>Gives out a page that is kept; everything else goes on.</summary>
    public Task GiveAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsReading(http.Request) || MayMeanAStory(http.Request) || AddressOf(http.Request) is not { } address)
            return next(http);

        var page = Find(address);
        if (page is null)
            return next(http);

        return page.StaleSince(clock.GetUtcNow()) is { } since ? RenewAndSendAsync(http, page, since) : SendAsync(http, page);
    }

    /// <summary>Behind the routing: has the page made and kept, if it is one of those that are.</summary>
    public async Task PrintAsync(HttpContext http, RequestDelegate next)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (!IsReading(http.Request) || MayMeanAStory(http.Request) || IsBeingPrinted(http))
            await next(http);
        else if (metadata?.GetMetadata<IsPrintedOnce>() is not null && OriginOf(http.Request) is { } origin)
            await SendOnceAsync(http, await patience.WaitAsync(printer.PrintAsync(new(origin, http.Request.Path.Value!, http.Request.QueryString.Value ?? ""), LongestForPage)));
        else if (metadata?.GetMetadata<IsKept>() is { } rule && IsUsualForm(http.Request.Path.Value!) && AddressOf(http.Request, rule) is { } address)
            await PrintAsync(http, address);
        else
            await next(http);
    }

    private async Task PrintAsync(HttpContext http, KeptAddress address)
    {
        var (page, printed) = await patience.WaitAsync(pressroom.PrintAsync(address));
        if (page is not null)
            await SendAsync(http, page);
        else if (printed is { IsFailure: true, Body.Length: 0 })
            throw new DatabaseSilent();
        else
            await SendOnceAsync(http, printed);
    }

    private KeptPage? Find(KeptAddress address)
    {
        if (kept.Find(address) is { } page)
            return page;

        // Where there are no continuation pages, their number means nothing.
        return kept.Find(address with { Query = "" }) is { HasPages: false } whole ? whole : null;
    }

    internal static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // Addresses answer in capitals and with a slash behind them too; were all those kept, one page could fill the memory.
    private static bool IsUsualForm(string path) => path == "/" || (!path.EndsWith('/') && !path.Any(char.IsAsciiLetterUpper));

    // WordPress gives its stories numbers behind the front page's address, /?p=1042; after a move they still come.
    private static bool MayMeanAStory(HttpRequest request) =>
        request.QueryString.HasValue && request.Path == "/" && (request.Query.ContainsKey("p") || request.Query.ContainsKey("page_id"));

    private static bool IsBeingPrinted(HttpContext http) => http.Features.Get<PageNotes>() is not null;

    private KeptAddress? AddressOf(HttpRequest request, IsKept? rule = null)
    {
        if (OriginOf(request) is not { } origin)
            return null;

        var query = request.QueryString.HasValue && rule is not { HasPages: false } ? PageAsked(request) : "";
        return new(origin, request.Path.Value ?? "/", query);
    }

    /// <summary>Of all that can stand behind the question mark, only the number of a continuation page makes another page.</summary>
    private static string PageAsked(HttpRequest request) =>
        request.Query["page"] is [{ Length: > 0 and < 6 } page] ? "?page=" + Uri.EscapeDataString(page) : "";

    private string? OriginOf(HttpRequest request)
    {
        if (options.Value.Origin is { } known)
            return known;

        var asked = (request.IsHttps, request.Host.Value ?? "");
        return origins.TryGetValue(asked, out var origin) ? origin : LearnOrigin(asked);
    }

    private string? LearnOrigin((bool IsSafe, string Host) asked)
    {
        var origin = $"{(asked.IsSafe ? "https" : "http")}://{asked.Host}";
        lock (turn)
        {
            if (origins.Count >= MostOrigins || !Uri.TryCreate(origin, UriKind.Absolute, out _))
                return null;

            origins = new(origins) { [asked] = origin };
            return origin;
        }
    }

    private async Task RenewAndSendAsync(HttpContext http, KeptPage page, DateTimeOffset since) =>
        await SendAsync(http, await pressroom.RenewAsync(page, since));

    private Task SendAsync(HttpContext http, KeptPage page)
    {
        pressroom.NoteUse(page);
        var (request, response) = (http.Request, http.Response);
        var form = AcceptedEncoding.In(page.Forms, request.Headers.AcceptEncoding);
        var headers = response.Headers;
        foreach (var (name, value) in page.Headers)
            headers[name] = value;
        headers.ETag = form.Tag;
        if (request.IsHttps)
            headers.StrictTransportSecurity = ForGoodByTls;
        page.WhenGivenOut?.Invoke(http);

        if (page.Status == StatusCodes.Status200OK && IsKnown(page, request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            headers.Remove(HeaderNames.ContentType);
            return Task.CompletedTask;
        }

        response.StatusCode = page.Status;
        response.ContentLength = form.Bytes.Length;
        if (form.Encoding.Length > 0)
            headers.ContentEncoding = form.Encoding;
        if (HttpMethods.IsHead(request.Method))
            return Task.CompletedTask;

        // Without http.RequestAborted, which would be made for this alone: once the reader has left, Kestrel ends the writing by itself.
        var sending = response.BodyWriter.WriteAsync(form.Bytes);
        return sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.AsTask();
    }

    /// <summary>Whichever way it was packed then: it is the same page.</summary>
    private static bool IsKnown(KeptPage page, HttpRequest request)
    {
        var tags = request.Headers.IfNoneMatch;
        foreach (var tag in tags)
        {
            if (tag is not null && (tag.Contains(page.TagStart, StringComparison.Ordinal) || tag == "*"))
                return true;
        }

        return tags.Count == 0 && page.LastModified is { } modified && request.GetTypedHeaders().IfModifiedSince is { } since && modified <= since;
    }

    private static async Task SendOnceAsync(HttpContext http, PrintedPage printed)
    {
        http.Response.StatusCode = printed.Status;
        foreach (var (name, value) in printed.Headers)
            http.Response.Headers[name] = value;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(printed.Body, http.RequestAborted);
    }
}

/// <summary>Says of an endpoint that its pages are kept.</summary>
/// <param name="HasPages">Whether ?page= makes another page of it; no other question does.</param>
public sealed record IsKept(bool HasPages);

/// <summary>Says of an endpoint that its pages are made for nobody in particular, as kept ones are, but for one reader each.</summary>
public sealed record IsPrintedOnce;
