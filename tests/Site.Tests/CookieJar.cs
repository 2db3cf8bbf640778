namespace LondonDefender.Tests;

/// <summary>
/// Keeps cookies as a browser does, but throws none away for its date: the clock of a test stands in another year than the machine's.
/// </summary>
internal sealed class CookieJar() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly Dictionary<string, (string Value, string Path)> cookies = [];

    public string? this[string name] => cookies.TryGetValue(name, out var cookie) ? cookie.Value : null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var path = request.RequestUri!.AbsolutePath;
        var sent = cookies.Where(c => path.StartsWith(c.Value.Path, StringComparison.Ordinal)).Select(c => $"{c.Key}={c.Value.Value}").ToList();
        if (sent.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", sent));

        var response = await base.SendAsync(request, ct);
        if (response.Headers.TryGetValues("Set-Cookie", out var received))
        {
            foreach (var cookie in received)
                Keep(cookie);
        }

        return response;
    }

    private void Keep(string cookie)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0].Split('=')[0], parts[0][(parts[0].IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var path = parts.FirstOrDefault(part => part.StartsWith("path=", StringComparison.OrdinalIgnoreCase))?["path=".Length..] ?? "/";
        if (value.Length == 0)
            cookies.Remove(name);
        else
            cookies[name] = (value, path);
    }
}
