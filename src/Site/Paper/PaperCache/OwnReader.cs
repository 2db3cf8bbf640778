using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// The paper's own look at what it gives out: asks this node for pages as any reader does, through the same door, and so is given the kept page
/// where one is kept. By its name it is a robot, so that it is not counted among the readers.
/// </summary>
public sealed class OwnReader(IServiceScopeFactory scopes, KeptPages kept, IOptions<PaperOptions> options)
{
    private const string Name = "Paper-Looking-At-Itself (robot)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The whole of the pipeline, from where a request comes in.</summary>
    public RequestDelegate Door { private get; set; } = _ => Task.CompletedTask;

    public Task<GivenPage> OpenAsync(string address)
    {
        // In a flow of its own, as a request that comes from outside.
        using var _ = ExecutionContext.SuppressFlow();
        return Task.Run(() => AskAsync(address));
    }

    private async Task<GivenPage> AskAsync(string address)
    {
        using var time = new CancellationTokenSource(Patience);
        await using var scope = scopes.CreateAsyncScope();
        using var body = new MemoryStream();
        var response = new PrintedResponse();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = time.Token };
        http.Features.Set<IHttpResponseFeature>(response);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        var (origin, parts) = (Origin, address.Split('?', 2));
        (http.Request.Method, http.Request.Protocol, http.Request.Scheme) = (HttpMethods.Get, HttpProtocol.Http11, origin.Scheme);
        (http.Request.Host, http.Request.Path) = (HostString.FromUriComponent(origin), parts[0]);
        http.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        http.Request.Headers.UserAgent = Name;

        await Door(http);
        time.Token.ThrowIfCancellationRequested();
        await response.StartAsync();
        await http.Response.CompleteAsync();
        return new(http.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>Where it is not set for good, where readers have found the paper.</summary>
    private Uri Origin => new(options.Value.Origin ?? kept.All.FirstOrDefault()?.Address.Origin ?? "http://localhost");
}

/// <summary>What a reader was given.</summary>
public sealed record GivenPage(int Status, string Body)
{
    public bool IsThere => Status == StatusCodes.Status200OK;

    /// <summary>Whether it leads to a story: a story's address holds its number between two slashes, in every kind of page, feed and map.</summary>
    public bool LeadsTo(int storyId, string section) => Body.Contains(string.Create(null, $"/{section}/{storyId}/"), StringComparison.Ordinal);

    public bool Says(string words) => words.Length > 0 && WebUtility.HtmlDecode(Body).Contains(words, StringComparison.Ordinal);
}
