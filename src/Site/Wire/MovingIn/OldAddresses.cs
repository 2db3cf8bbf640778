using System.Globalization;
using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>
/// Answers for pages that an old site had. Asked only where there would be no page otherwise, or where an address is not as it should be,
/// so that no good page waits for it.
/// </summary>
public static class OldAddresses
{
    private const int Longest = 700;

    private static readonly string[] NumberNames = ["p", "page_id"];

    // Where other systems lay a page's feed, behind the page's address.
    private static readonly string[] FeedEndings = ["/feed", "/feed/rss2", "/feed/atom", "/rss", "/index.xml", "/feed.xml", "/atom"];

    // At the end of an address, each of these is the same page as without it.
    private static readonly string[] Endings = ["/index.html", "/index.htm", "/index.php", ".html", ".htm", "/amp", .. FeedEndings];

    /// <summary>What an address on the old site is kept by: its path without what makes no difference, and WordPress's short form as it is. Null where there is none.</summary>
    public static string? KeyOf(string address)
    {
        var rest = address.AsSpan();
        if (rest.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            rest = rest[(scheme + 3)..];
            rest = rest.IndexOfAny('/', '?') is >= 0 and var host ? rest[host..] : "/";
        }

        rest = rest.IndexOf('#') is >= 0 and var fragment ? rest[..fragment] : rest;
        var (path, query) = rest.IndexOf('?') is >= 0 and var question ? (rest[..question].ToString(), rest[(question + 1)..].ToString()) : (rest.ToString(), "");
        return KeyOf(path, NumberIn(query));
    }

    public static string? KeyOf(HttpRequest request) => KeyOf(request.Path.Value ?? "/", NumberNames.Select(name => request.Query[name].ToString()).FirstOrDefault(IsNumber));

    /// <summary>Whether the front page was asked for in the way that WordPress numbers its stories.</summary>
    public static bool IsAsked(HttpRequest request) =>
        request.QueryString.HasValue && request.Path == "/" && NumberNames.Any(name => IsNumber(request.Query[name].ToString()));

    /// <summary>The page that has taken the old one's place, or the answer that it was withdrawn; null where no old page is known.</summary>
    /// <param name="never">What is answered for a story that readers never had, as if its old address had never been.</param>
    public static async Task<IResult?> AnswerAsync(
        NewsroomDb db, HttpRequest request, DateTimeOffset now, Func<int, Task<IResult>> withdrawn, Func<Task<IResult>>? never, CancellationToken ct)
    {
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return null;

        var path = (request.Path.Value ?? "").TrimEnd('/').ToLowerInvariant();
        if (FeedEndings.Contains(path))
            return Moved(FeedFormat.Rss.AddressFor("/"));
        if (KeyOf(request) is not { } key)
            return null;

        await using var answers = await db.AskAsync(ct, new Question("""
            SELECT old.story_id, CASE
                WHEN old.section_id IS NOT NULL THEN (SELECT '/' || slug FROM sections WHERE id = old.section_id)
                WHEN old.topic_id IS NOT NULL THEN (SELECT '/topics/' || slug FROM topics WHERE id = old.topic_id)
                WHEN old.writer_id IS NOT NULL THEN (SELECT '/by/' || slug FROM writers WHERE id = old.writer_id) END
            FROM old_addresses old WHERE old.path = $1
            """, key));
        if (await answers.FirstAsync(row => new Found(row.NumberOrNull(), row.TextOrNull())) is not { } found)
            return null;
        if (found.StoryId is not { } id)
            return found.Address is { } address ? Moved(FeedEndings.Any(path.EndsWith) ? FeedFormat.Rss.AddressFor(address) : address) : null;
        if (await ReadersStory.FindAsync(db, id, now, ct) is { } story)
            return Moved(story.Address);

        return await db.Stories.AsNoTracking().Withdrawn(now).AnyAsync(s => s.Id == id, ct) ? await withdrawn(id) : never is null ? null : await never();
    }

    /// <summary>Other systems keep their months and days at /2019/05 and /2019/05/12. The page here for such a day, or null where no day is meant.</summary>
    /// <param name="year">What would be a section's slug in a story's address.</param>
    public static string? DaysOf(string year, int month, string? day)
    {
        var number = day is null ? 1 : IsNumber(day) && day.Length <= 2 ? int.Parse(day, CultureInfo.InvariantCulture) : 0;
        return !IsYear(year) || ArchiveEndpoints.DayAsked(int.Parse(year, CultureInfo.InvariantCulture), month, number) is not { } asked ? null
            : day is null ? PageAddress.OfMonth(asked) : PageAddress.Of(asked);
    }

    public static bool IsYear(string section) => section is ['1' or '2', _, _, _] && IsNumber(section);

    private static IResult Moved(string address) => TypedResults.LocalRedirect("~" + address, permanent: true);

    private static string? KeyOf(string path, string? number)
    {
        var key = PlainWords.Clean(Unescaped(path)).Normalize().ToLowerInvariant().TrimEnd('/');
        foreach (var ending in Endings)
            key = key.EndsWith(ending, StringComparison.Ordinal) ? key[..^ending.Length].TrimEnd('/') : key;
        if (key.Length == 0 && number is not null)
            return $"/?p={number}";
        if (key.Length > 0 && key[0] != '/')
            key = "/" + key;

        return key.Length is 0 or > Longest ? null : key;
    }

    private static string Unescaped(string path)
    {
        var plain = Uri.UnescapeDataString(path);
        return plain.Contains('\uFFFD', StringComparison.Ordinal) ? path : plain;
    }

    private static string? NumberIn(string query) => query.Split('&')
        .Select(part => part.Split('=')).Where(part => part.Length == 2 && NumberNames.Contains(part[0])).Select(part => part[1]).FirstOrDefault(IsNumber);

    private static bool IsNumber(string? text) => text is { Length: > 0 and < 12 } && text.All(char.IsAsciiDigit);

    private sealed record Found(int? StoryId, string? Address);
}
