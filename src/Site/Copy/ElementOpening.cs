using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Helpers;

namespace LondonDefender.Copy;

internal enum ElementKind
{
    Unknown,
    Quote,
    KeyPoints,
    Facts,
    Timeline,
    Questions,
    Numbered,
    Table,
    Said,
    Entry,
}

/// <summary>What the line that opens an element says: what it is, its title, and for an entry its moment.</summary>
/// <param name="Written">All of it, after the colons.</param>
/// <param name="Title">Of an element that is not known, all its words.</param>
internal sealed partial record ElementOpening(ElementKind Kind, string Written, string Title)
{
    private static readonly Dictionary<string, ElementKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["quote"] = ElementKind.Quote,
        ["key points"] = ElementKind.KeyPoints,
        ["facts"] = ElementKind.Facts,
        ["timeline"] = ElementKind.Timeline,
        ["q&a"] = ElementKind.Questions,
        ["list"] = ElementKind.Numbered,
        ["table"] = ElementKind.Table,
        ["said"] = ElementKind.Said,
        ["entry"] = ElementKind.Entry,
        ["key entry"] = ElementKind.Entry,
    };

    /// <summary>The paper's wall clock; null for an entry whose moment cannot be read.</summary>
    public DateTime? Moment { get; private init; }

    public bool IsKey { get; private init; }

    /// <summary>The words after three colons or more; empty for a closing line, null for any other line.</summary>
    public static string? WordsOf(StringSlice line)
    {
        var text = line.AsSpan().TrimEnd();
        var words = text.TrimStart(':');

        return text.Length - words.Length >= 3 ? Words.OnOneLine(words.ToString()) : null;
    }

    public static ElementOpening Read(string words)
    {
        var match = Known().Match(words);
        if (!match.Success)
            return new(ElementKind.Unknown, words, words);

        var kind = Kinds[match.Groups["name"].Value];
        var rest = match.Groups["rest"].Value;
        return kind == ElementKind.Entry ? Entry(words, rest) : new(kind, words, rest);
    }

    private static ElementOpening Entry(string words, string rest)
    {
        var isKey = words.StartsWith("key", StringComparison.OrdinalIgnoreCase);
        var stamp = EntryStamp.Begins().Match(rest);

        return stamp.Success && EntryStamp.Read(stamp) is { } moment
            ? new(ElementKind.Entry, words, rest[stamp.Length..].TrimStart()) { Moment = moment, IsKey = isKey }
            : new(ElementKind.Entry, words, rest) { IsKey = isKey };
    }

    [GeneratedRegex(@"^(?<name>quote|key points|facts|timeline|q&a|list|table|said|entry|key entry)(?: (?<rest>.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Known();
}

/// <summary>The moment in the line that opens an entry, such as <c>2021-11-19 14:05</c>: the paper's wall clock.</summary>
public static partial class EntryStamp
{
    /// <summary>The copy with the moments of all its entries moved, as a story has to be that is told relative to a moment.</summary>
    public static string MoveAll(string markdown, Func<DateTime, DateTime> move) => InCopy().Replace(markdown, line =>
        Read(line) is { } moment
            ? line.Groups["opening"].Value + move(moment).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : line.Value);

    // No year that a clock of any zone could not show.
    internal static DateTime? Read(Match stamp) =>
        DateTime.TryParseExact($"{stamp.Groups["day"].Value} {stamp.Groups["time"].Value.Replace('.', ':')}", "yyyy-MM-dd H:mm",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && moment.Year is > 1000 and < 9000
            ? moment
            : null;

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T](?<time>[0-9]{1,2}[:.][0-9]{2})(?![^ ])", RegexOptions.CultureInvariant)]
    internal static partial Regex Begins();

    [GeneratedRegex(@"^(?<opening> {0,3}:{3,} *(?:key +)?entry +)(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[ T](?<time>[0-9]{1,2}[:.][0-9]{2})(?!\S)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex InCopy();
}
