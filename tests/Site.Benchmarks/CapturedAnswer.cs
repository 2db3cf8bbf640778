using System.Globalization;
using System.Net;

namespace LondonDefender.Benchmarks;

/// <summary>What the site answered, byte for byte, so that others can answer the same.</summary>
public sealed record CapturedAnswer(int Status, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    // These each server writes itself, or may not be said twice.
    private static readonly string[] OfTheConnection = ["Date", "Server", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length"];

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A page that came out of the page cache has a strong tag; one that was made for the request has none.</summary>
    public bool IsFromCache => Status == 200 && Header("ETag") is { } tag && tag.StartsWith('"');

    public static async Task<CapturedAnswer> OfAsync(Uri address, params (string Name, string Value)[] asked)
    {
        using var reader = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in asked)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await reader.SendAsync(request);
        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .Where(header => !OfTheConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));
        return new((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), [.. headers]);
    }

    public (string Body, string Headers) Save(string folder)
    {
        var name = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Status}-{Header("Content-Encoding") ?? "plain"}"));
        File.WriteAllBytes(name + ".body", Body);
        File.WriteAllLines(name + ".headers", Headers.Select(header => $"{header.Key}: {header.Value}"));
        return (name + ".body", name + ".headers");
    }
}
