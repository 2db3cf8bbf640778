using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

/// <summary>One example of a page in Specs: what is written, who is hidden, and what comes out. Specs/01-notation.md explains the notation.</summary>
internal sealed record SpecExample(string Name, string Written, string Expected, string Hiding)
{
    public static IReadOnlyList<SpecExample> All { get; } =
        [.. Directory.GetFiles(Folder(), "*.md").Order(StringComparer.Ordinal).SelectMany(ReadPage)];

    public string Outcome()
    {
        var copy = CopyText.Read(Written, ReadMoreLabels.Default);
        var pieces = copy.Pieces(
            line => !IsHidden(line.Target), id => Hides(Story(id)) ? null : $"/story/{Text(id)}", id => !Hides("everything") && !Hides($"picture {Text(id)}"));

        var outcome = string.Join('\n', pieces.Select(Describe).Concat(copy.Remarks.Select(remark => $"remark: {remark}")));
        return Expected.Contains("\nplain: ", StringComparison.Ordinal) || Expected.StartsWith("plain: ", StringComparison.Ordinal)
            ? $"{outcome}\nplain: {copy.PlainText.Replace("\n\n", " / ", StringComparison.Ordinal)}".Trim('\n')
            : outcome;
    }

    private bool IsHidden(ReadMoreTarget target) => Hides("everything") || target switch
    {
        ReadMoreTarget.Story story => Hides(Story(story.Id)),
        ReadMoreTarget.Pending => Hides("pending"),
        ReadMoreTarget.Outside => Hides("outside"),
        _ => Hides("unusable"),
    };

    private bool Hides(string what) => Hiding.Split(", ").Contains(what);

    private static string Describe(CopyPiece piece) => piece switch
    {
        CopyPiece.Prose prose => prose.Html,
        CopyPiece.ReadMore readMore => string.Join('\n', readMore.Lines.Select(line => $"[{readMore.Label}] {Describe(line.Target)}")),
        CopyPiece.Picture picture => $"[picture {Text(picture.PictureId)}] \"{picture.Alt}\" \"{picture.Caption}\"",
        CopyPiece.Entry entry => string.Join('\n', [Opening(entry), .. entry.Pieces.Select(Describe), "[end of entry]"]),
        _ => throw new InvalidOperationException("A piece of a new kind needs a notation."),
    };

    private static string Opening(CopyPiece.Entry entry) => string.Create(CultureInfo.InvariantCulture,
        $"[{(entry.IsKey ? "key " : "")}entry {entry.Day:yyyy-MM-dd} {entry.Time:HH:mm} #{entry.Anchor}] {entry.Headline}").TrimEnd();

    private static string Describe(ReadMoreTarget target) => target switch
    {
        ReadMoreTarget.Story { PinnedWording: null } story => Story(story.Id),
        ReadMoreTarget.Story story => $"{Story(story.Id)} \"{story.PinnedWording}\"",
        ReadMoreTarget.Pending pending => $"pending \"{pending.Headline}\"",
        ReadMoreTarget.Outside outside => $"outside \"{outside.Words}\" {outside.Address}",
        ReadMoreTarget.Unusable unusable => $"unusable: {unusable.Problem}",
        _ => throw new InvalidOperationException("A target of a new kind needs a notation."),
    };

    private static string Story(int id) => $"story {Text(id)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<SpecExample> ReadPage(string path)
    {
        var heading = "";
        var number = 0;
        using var lines = File.ReadLines(path).GetEnumerator();

        while (lines.MoveNext())
        {
            if (lines.Current.StartsWith('#'))
                (heading, number) = (lines.Current.TrimStart('#', ' '), 0);
            else if (FenceOf(lines.Current) is { } fence)
                yield return Read(lines, fence, $"{Path.GetFileNameWithoutExtension(path)}: {heading} ({Text(++number)})");
        }
    }

    private static string? FenceOf(string line)
    {
        var fence = line[..(line.Length - line.TrimStart('`').Length)];
        return fence.Length >= 3 && line[fence.Length..].StartsWith("example", StringComparison.Ordinal) ? fence : null;
    }

    private static SpecExample Read(IEnumerator<string> lines, string fence, string name)
    {
        var hiding = lines.Current[(fence.Length + "example".Length)..].Trim();
        var written = ReadUntil(".", lines);
        var expected = ReadUntil(fence, lines);

        // What cannot be seen on the page is spelled out.
        return new SpecExample(
            name,
            written.Replace("→", "\t", StringComparison.Ordinal).Replace("␣", "\u00A0", StringComparison.Ordinal).Replace("␀", "\0", StringComparison.Ordinal),
            expected.Replace("␣", "\u00A0", StringComparison.Ordinal),
            hiding.StartsWith("hiding ", StringComparison.Ordinal) ? hiding["hiding ".Length..] : "");
    }

    private static string ReadUntil(string end, IEnumerator<string> lines)
    {
        var text = new StringBuilder();
        while (lines.MoveNext() && lines.Current != end)
            text.Append(lines.Current).Append('\n');

        return text.ToString().TrimEnd('\n');
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Specs");
}
