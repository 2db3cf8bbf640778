using System.Net;
using System.Net.Http.Headers;

namespace LondonDefender.Tests.Readership;

/// <summary>A reader at a browser, by what browsers say of themselves and of what they ask for.</summary>
public sealed class ReaderAtBrowser(Newsroom newsroom, string agent = ReaderAtBrowser.Chrome)
{
    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0";

    /// <param name="from">The page of ours whose link was clicked; null for an address that was typed.</param>
    /// <param name="also">What the request says besides, or instead.</param>
    public async Task<HttpStatusCode> OpenAsync(string address, string? from = null, params IReadOnlyList<(string Name, string Value)> also)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        Say(request, [("User-Agent", agent), ("Sec-Fetch-Dest", "document"), ("Sec-Fetch-Site", from is null ? "none" : "same-origin"), .. from is null ? Nothing : [("Referer", Ours(from))], .. also]);
        return (await newsroom.Reader.SendAsync(request)).StatusCode;
    }

    /// <summary>The browser opens a page that nobody has clicked on yet.</summary>
    public Task<HttpStatusCode> PrerenderAsync(string address, string from) =>
        OpenAsync(address, from, ("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("Sec-Speculation-Tags", "\"read-more\""));

    /// <summary>What a click on a link with the <c>ping</c> attribute sends.</summary>
    public async Task<HttpStatusCode> PingAsync(string from, int block, string to, params IReadOnlyList<(string Name, string Value)> also)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/followed/{IdIn(from)}/{block}/{IdIn(to)}") { Content = new StringContent("PING") };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/ping");
        Say(request, [("User-Agent", agent), ("Sec-Fetch-Dest", "empty"), ("Sec-Fetch-Site", "same-origin"), ("Origin", Ours("")), ("Ping-From", Ours(from)), ("Ping-To", Ours(to)), ("Cache-Control", "max-age=0"), .. also]);
        return (await newsroom.Reader.SendAsync(request)).StatusCode;
    }

    private static (string, string)[] Nothing => [];

    private static void Say(HttpRequestMessage request, IEnumerable<(string Name, string Value)> headers)
    {
        foreach (var (name, value) in headers)
        {
            HttpHeaders said = name == "Content-Type" ? request.Content!.Headers : request.Headers;
            said.Remove(name);
            if (value.Length > 0)
                said.TryAddWithoutValidation(name, value);
        }
    }

    private string Ours(string path) => newsroom.Address.GetLeftPart(UriPartial.Authority) + path;

    private static string IdIn(string address) => address.Split('/') is { Length: 4 } parts ? parts[2] : "0";
}
