using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.Stories;

namespace LondonDefender.Wire;

/// <summary>One story as a file tells it: front matter where there is some, and the copy.</summary>
public sealed record IncomingStory
{
    private const int LargestFile = 4 * 1024 * 1024;
    private const string Scheduled = "scheduled";

    public required string FileName { get; init; }

    /// <summary>The main picture's file; null where the story names none.</summary>
    public string? PicturePath { get; init; }
    public required FrontMatter Front { get; init; }
    public required string Headline { get; init; }
    public required string Body { get; init; }

    /// <summary>The body with the moments of its entries as the paper keeps them.</summary>
    public string Copy { get => field ?? Body; init; } = null!;

    public DateTimeOffset? Published { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public IncomingState State { get; init; }
    public StoryKind Kind { get; init; }

    /// <summary>The same words are the same story, wherever the file lies.</summary>
    public string SourceKey => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Headlines.Normalise(Headline) + "\n" + Body.Trim())));

    /// <exception cref="UnreadableCopy">The reason, as a sentence.</exception>
    public static async Task<IncomingStory> ReadAsync(string path, PaperSettings settings, CancellationToken ct)
    {
        var text = await TextOfAsync(path, ct);
        var (front, body) = path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? (new(), text) : Split(text);
        var (headline, copy) = front.Headline is { Length: > 0 } said
            ? new WireCopy(PlainWords.OneLine(said), PlainWords.Clean(body).ReplaceLineEndings("\n").Trim())
            : WireCopy.Read(body, settings);
        if (headline.Length == 0)
            throw new UnreadableCopy("it holds no text");
        if (IsScheduled(front) && string.IsNullOrWhiteSpace(front.Published))
            throw new UnreadableCopy("it is scheduled, but for no moment; say when it is “published”");

        return new()
        {
            FileName = Path.GetFileName(path),
            PicturePath = front.Picture is { Length: > 0 } picture ? Path.Combine(Path.GetDirectoryName(path) ?? "", picture) : null,
            Front = front,
            Headline = headline,
            Body = copy,
            Published = Moment("published", front.Published, settings),
            Updated = Moment("updated", front.Updated, settings),
            State = StateOf(front),
            Kind = KindOf(front),
        };
    }

    /// <summary>A slip of the pen must not publish what was meant to be withdrawn.</summary>
    private static IncomingState StateOf(FrontMatter front) => Written(front.State) switch
    {
        "" or "live" or Scheduled => IncomingState.Live,
        "draft" => IncomingState.Draft,
        "withdrawn" => IncomingState.Withdrawn,
        _ => throw new UnreadableCopy($"its “state” is none of live, draft, withdrawn or scheduled: {PlainWords.OneLine(front.State)}"),
    };

    /// <summary>Opinion is not to pass for a report because of a slip of the pen.</summary>
    private static StoryKind KindOf(FrontMatter front) => Written(front.Kind) is not { Length: > 0 } written
        ? StoryKind.Report
        : Enum.GetValues<StoryKind>().Cast<StoryKind?>().FirstOrDefault(kind => Written(kind.ToString()) == written)
            ?? throw new UnreadableCopy($"its “kind” is none of {string.Join(", ", Enum.GetNames<StoryKind>()).ToLowerInvariant()}: {PlainWords.OneLine(front.Kind)}");

    private static bool IsScheduled(FrontMatter front) => Written(front.State) == Scheduled;

    private static string Written(string? state) => PlainWords.OneLine(state).ToLowerInvariant();

    private static DateTimeOffset? Moment(string field, string? written, PaperSettings settings)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;
        if (!DateTime.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var read) || read.Year is < 1000 or > 9000)
            throw new UnreadableCopy($"its “{field}” is no moment we can read: {PlainWords.OneLine(written)}");

        return read.Kind == DateTimeKind.Utc ? new(read) : new PaperClock(settings.Zone).AtLocal(read).ToUniversalTime();
    }

    private static async Task<string> TextOfAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new UnreadableCopy("there is no such file");

        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new UnreadableCopy("it is larger than 4 MB, which no story is");

            var bytes = await File.ReadAllBytesAsync(path, ct);
            if (bytes.AsSpan().Contains((byte)0) && !HasUtf16Mark(bytes))
                throw new UnreadableCopy("it is not a text file");

            return HasUtf16Mark(bytes) ? Encoding.Unicode.GetString(bytes) : Utf8OrWestern(bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableCopy("it cannot be opened (" + problem.Message.TrimEnd('.') + ")");
        }
    }

    private static bool HasUtf16Mark(byte[] bytes) => bytes is [0xFF, 0xFE, ..];

    /// <summary>Old wire copy comes in the Western European encoding; its quotes and accents must survive.</summary>
    private static string Utf8OrWestern(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    private static (FrontMatter Front, string Body) Split(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        if (!lines.StartsWith("---\n", StringComparison.Ordinal))
            return (new(), lines);

        var end = lines.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        var (yaml, body) = end >= 0 ? (lines[4..(end + 1)], lines[(end + 5)..])
            : lines.EndsWith("\n---", StringComparison.Ordinal) ? (lines[4..^3], "")
            : throw new UnreadableCopy("its front matter begins with --- but does not end with ---");
        return (FrontMatter.Read(yaml), body);
    }
}

/// <summary>What a story is meant to be once it is taken in. Live begins with its moment, past or to come.</summary>
public enum IncomingState
{
    Live,
    Draft,
    Withdrawn,
}

/// <summary>Why a file cannot be taken in, as the end of the sentence “It was left out: …”.</summary>
public sealed class UnreadableCopy(string reason) : Exception(reason);
