using System.Buffers;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.Extensions.Options;

namespace LondonDefender.Readership;

/// <summary>What is a reader's own doing, by what the request says of itself. Nothing of it is kept.</summary>
public sealed class ReaderRequests(IOptions<PaperOptions> options)
{
    private static readonly string[] SpeculationHeaders = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    // Programs that pass for browsers say what they are by one of these, or give an address to complain to.
    private static readonly SearchValues<string> RobotWords = SearchValues.Create(
        ["bot", "crawl", "spider", "slurp", "headless", "lighthouse", "preview", "externalhit", "mediapartners", "inspectiontool", "archiver", "scan", "monitor", "fetch", "feed", "compatible;", "http:", "https:"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether somebody means to read the page now: not a robot, not a browser's guess, not the same page once more.</summary>
    public bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && IsByBrowser(request) && !IsSpeculative(request) && !IsReload(request)
        && (Said(request, "Sec-Fetch-Dest") ?? "document") == "document"
        && !IsFromNewsroom(request);

    /// <summary>Whether it is the ping of a link on the page of this story, or for <see cref="FollowAddress.NoStory"/> on the front page.</summary>
    public bool IsPing(HttpRequest request, int from, int to) =>
        request.ContentType == "text/ping" && IsByBrowser(request)
        && (Said(request, "Sec-Fetch-Site") ?? "same-origin") == "same-origin"
        && (Said(request, "Origin") is not { } origin || OwnPath(request, origin) is not null)
        && OwnPath(request, Said(request, "Ping-From")) is { } page && StoryAt(page) == from && !IsNewsroom(page)
        && OwnPath(request, Said(request, "Ping-To")) is { } target && StoryAt(target) == to;

    /// <summary>The story whose page led here, <see cref="FollowAddress.NoStory"/> for the front page, null from anywhere whose links send no pings.</summary>
    public int? CameFrom(HttpRequest request) =>
        (Said(request, "Sec-Fetch-Site") ?? "same-origin") == "same-origin" && OwnPath(request, Said(request, "Referer")) is { } page ? StoryAt(page) : null;

    /// <summary>Firefox knows the attribute but leaves it off; all others send pings unless somebody has told them not to.</summary>
    public static bool SendsPings(HttpRequest request) => !request.Headers.UserAgent.ToString().Contains("Firefox/", StringComparison.Ordinal);

    private static bool IsByBrowser(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("Mozilla/", StringComparison.Ordinal) && !IsRobot(agent);
    }

    private static bool IsRobot(ReadOnlySpan<char> agent)
    {
        for (var at = agent.IndexOfAny(RobotWords); at >= 0; at = agent.IndexOfAny(RobotWords))
        {
            // A CUBOT is a telephone.
            if (!agent[..at].EndsWith("cu", StringComparison.OrdinalIgnoreCase) || !agent[at..].StartsWith("bot", StringComparison.OrdinalIgnoreCase))
                return true;

            agent = agent[(at + 1)..];
        }

        return false;
    }

    // Asked at every page that is given out, so without a closure.
    private static bool IsSpeculative(HttpRequest request)
    {
        foreach (var header in SpeculationHeaders)
        {
            if (Said(request, header) is { } purpose && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase)
                || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase) || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    /// <summary>A page asked for again keeps the address it first came from, so it would pass for another follow.</summary>
    private static bool IsReload(HttpRequest request) =>
        Said(request, "Cache-Control") is { } wish && (wish.Contains("max-age=0", StringComparison.Ordinal) || wish.Contains("no-cache", StringComparison.Ordinal));

    private bool IsFromNewsroom(HttpRequest request) => OwnPath(request, Said(request, "Referer")) is { } page && IsNewsroom(page);

    private static bool IsNewsroom(PathString page) => page.StartsWithSegments("/desk");

    private static string? Said(HttpRequest request, string header) => request.Headers[header].ToString() is { Length: > 0 } words ? words : null;

    /// <summary>The path of an address that is one of ours. Behind a proxy the host that was asked may not be the one readers know.</summary>
    private PathString? OwnPath(HttpRequest request, string? address)
    {
        if (address is null || !Uri.TryCreate(address, UriKind.Absolute, out var page) || page.Scheme is not ("http" or "https"))
            return null;

        var isOwn = string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || string.Equals(page.GetLeftPart(UriPartial.Authority), options.Value.Origin, StringComparison.OrdinalIgnoreCase);
        return isOwn ? PathString.FromUriComponent(page) : default(PathString?);
    }

    private static int? StoryAt(PathString page) => page == "/" ? FollowAddress.NoStory : StoryAddress.IdAt(page.Value!);
}
