using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Feeds;

/// <summary>A file for machines: whoever has this very one already is told so (304) instead of being sent it again.</summary>
public static class PrintedFile
{
    public static IResult Answer(byte[] file, string mediaType) => Answer(file, mediaType, TagOf(file), null);

    /// <summary>The same, for those who ask by date as well.</summary>
    /// <param name="name">Which file it is, by the paper's own names and not by what was asked, so that nobody can fill the memory.</param>
    public static IResult Answer(byte[] file, string mediaType, string name, PrintedFiles known, DateTimeOffset now)
    {
        var tag = TagOf(file);
        return Answer(file, mediaType, tag, known.SameSince(name, tag, now));
    }

    private static IResult Answer(byte[] file, string mediaType, string tag, DateTimeOffset? since) =>
        // Weak, as one file travels packed in several ways.
        TypedResults.Bytes(file, mediaType, lastModified: since, entityTag: new EntityTagHeaderValue($"\"{tag}\"", isWeak: true));

    private static string TagOf(byte[] file) => Base64Url.EncodeToString(SHA256.HashData(file).AsSpan(0, 15));
}

/// <summary>
/// Since when each file has been what it is. The moments inside a feed cannot tell: a story it leads to may have got another headline, or
/// be withdrawn.
/// </summary>
public sealed class PrintedFiles
{
    private readonly ConcurrentDictionary<string, Edition> editions = [];

    public DateTimeOffset SameSince(string name, string tag, DateTimeOffset now) => editions.AddOrUpdate(
        name,
        _ => new(tag, Whole(now)),
        // HTTP counts in seconds: of two editions within one, the later is dated a second on.
        (_, known) => known.Tag == tag ? known : new(tag, Later(Whole(now), known.Since.AddSeconds(1)))).Since;

    private static DateTimeOffset Whole(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private sealed record Edition(string Tag, DateTimeOffset Since);
}
