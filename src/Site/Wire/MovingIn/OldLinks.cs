using LondonDefender.ReadMore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Where the old paper's links lead now, and which of its stories has which headline.</summary>
internal sealed class OldLinks(Uri site)
{
    private readonly Dictionary<string, int> idByPath = [];
    private readonly Dictionary<string, int> idByHeadline = [];
    private readonly Dictionary<int, string> headlines = [];

    public void Add(string path, int id) => idByPath.TryAdd(path, id);

    public void Add(int id, string headline)
    {
        headlines[id] = headline;
        if (ReadMoreLinks.Key(headline) is { Length: > 0 } key)
            idByHeadline.TryAdd(key, id);
    }

    public int? StoryOfHeadline(string words) => idByHeadline.TryGetValue(ReadMoreLinks.Key(words), out var id) ? id : null;

    public bool IsHeadlineOf(int id, string words) => headlines.TryGetValue(id, out var headline) && ReadMoreLinks.Key(headline) == ReadMoreLinks.Key(words);

    /// <summary>A link as a text holds it, whole; null for what leads nowhere outside, such as a script.</summary>
    public Uri? Whole(string link, string? from)
    {
        link = link.Trim();
        if (link.StartsWith("//", StringComparison.Ordinal))
            link = "https:" + link;
        if (Uri.TryCreate(link, UriKind.Absolute, out var whole) && whole.Scheme.Length > 1 && !link.StartsWith('/'))
            return whole.Scheme is "http" or "https" ? whole : null;

        return Uri.TryCreate(BaseOf(from), link, out var joined) && joined.Scheme is "http" or "https" ? joined : null;
    }

    public int? StoryAt(Uri address) =>
        IsOwn(address) && OldAddresses.KeyOf(address.PathAndQuery) is { } key && idByPath.TryGetValue(key, out var id) ? id : null;

    /// <summary>Where nobody said where the old site stood, its own links lead nowhere.</summary>
    public static readonly Uri Nowhere = new("http://old-site.invalid/");

    public static bool IsNowhere(Uri address) => address.Host == Nowhere.Host;

    public bool IsOwn(Uri address) => Bare(address.Host) == Bare(site.Host);

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..].ToLowerInvariant() : host.ToLowerInvariant();

    private Uri BaseOf(string? from)
    {
        if (from is not null && Uri.TryCreate(from, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https")
            return whole;

        return from is not null && Uri.TryCreate(site, from, out var joined) ? joined : site;
    }
}
