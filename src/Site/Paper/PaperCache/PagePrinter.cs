using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// Makes a page as if somebody had asked for it, but nobody in particular: no cookie, no wish, no visitor who may leave. What comes out
/// can be given to everybody.
/// </summary>
public sealed class PagePrinter(IServiceScopeFactory scopes, IOptions<PaperOptions> options)
{
    /// <summary>The rest of the pipeline, from the first thing behind the cache.</summary>
    public RequestDelegate Press { private get; set; } = _ => Task.CompletedTask;

    /// <param name="patience">How long the page may take to be made.</param>
    public Task<PrintedPage> PrintAsync(KeptAddress address, TimeSpan patience)
    {
        // In a flow of its own: the reader whose request brought this about keeps his own.
        using var _ = ExecutionContext.SuppressFlow();
        return Task.Run(() => RunAsync(address, patience));
    }

    private async Task<PrintedPage> RunAsync(KeptAddress address, TimeSpan patience)
    {
        using var time = new CancellationTokenSource(patience);
        await using var scope = scopes.CreateAsyncScope();
        using var body = new MemoryStream();
        var notes = new PageNotes();
        var response = new PrintedResponse();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = time.Token };
        http.Features.Set<IHttpResponseFeature>(response);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        http.Features.Set(notes);
        Ask(http.Request, address);

        await Press(http);
        // Whoever was writing it may have stopped without a word, as they do for a visitor who has left.
        time.Token.ThrowIfCancellationRequested();
        await response.StartAsync();
        await http.Response.CompleteAsync();
        if (options.Value.SurrogateKeys && notes.IsComplete)
            http.Response.Headers[SurrogateKeys.Header] = SurrogateKeys.Of(notes.Keys);
        return new(http.Response.StatusCode, [.. http.Response.Headers], body.ToArray(), notes)
        {
            HasPages = http.GetEndpoint()?.Metadata.GetMetadata<IsKept>() is { HasPages: true },
        };
    }

    private static void Ask(HttpRequest request, KeptAddress address)
    {
        var origin = new Uri(address.Origin);
        request.Method = HttpMethods.Get;
        request.Protocol = HttpProtocol.Http11;
        request.Scheme = origin.Scheme;
        request.Host = HostString.FromUriComponent(origin);
        request.Path = address.Path;
        request.QueryString = new QueryString(address.Query);
    }
}

public sealed record PrintedPage(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body, PageNotes Notes)
{
    public bool HasPages { get; init; }

    public bool IsKept => Notes.IsComplete && Status is StatusCodes.Status200OK or StatusCodes.Status410Gone;

    /// <summary>Whether it says no more than that the page cannot be made just now.</summary>
    public bool IsFailure => Status >= 500;
}

/// <summary>Nothing is sent, so what waits for the sending to start is called at the end.</summary>
internal sealed class PrintedResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Act, object State)> starting = [];

    public override void OnStarting(Func<object, Task> callback, object state) => starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state)
    {
    }

    public async Task StartAsync()
    {
        while (starting.TryPop(out var next))
            await next.Act(next.State);
    }
}
