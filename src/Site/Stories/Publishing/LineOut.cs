using System.Text.RegularExpressions;
using LondonDefender.Copy;

namespace LondonDefender.Stories.Publishing;

/// <summary>Takes links out of a copy so that no gap, no label without a line and no broken word is left.</summary>
public static partial class LineOut
{
    public static Mend.Rewrite Of(string copy, ReadMoreBlock block, ReadMoreLine line)
    {
        var place = block.Lines.Count > 1 ? Item(copy, line) : WithItsGap(copy, block, line);
        return new("Take the line out", "copy", place.Place, copy[place.Place.From..place.Place.To], place.With);
    }

    /// <summary>A link inside a sentence goes, its words stay; null where it is not written plainly.</summary>
    public static Mend.Rewrite? Of(string copy, int storyId) => Place(copy, storyId) is { } link
        ? new("Keep the words, take the link out", "copy", new(link.Index, link.Index + link.Length), link.Value, link.Groups["words"].Value)
        : null;

    public static Match? Place(string copy, int storyId) =>
        InSentence().Matches(copy).FirstOrDefault(link => int.TryParse(link.Groups["id"].ValueSpan, out var id) && id == storyId && !StandsAlone(copy, link));

    private static bool StandsAlone(string copy, Match link) => LabelBefore().IsMatch(copy[StartOfLine(copy, link.Index)..link.Index]);

    private static (Place Place, string With) Item(string copy, ReadMoreLine line)
    {
        var end = EndOfLine(copy, Math.Max(line.SourceStart, line.SourceEnd - 1));
        return (new(StartOfLine(copy, line.SourceStart), Math.Min(copy.Length, end + 1)), "");
    }

    private static (Place Place, string With) WithItsGap(string copy, ReadMoreBlock block, ReadMoreLine line)
    {
        var from = StartOfLine(copy, OffsetOfLine(copy, block.SourceLine));
        var to = EndOfLine(copy, Math.Max(line.SourceStart, line.SourceEnd - 1));
        while (from > 0 && copy[from - 1] == '\n')
            from--;
        while (to < copy.Length && copy[to] == '\n')
            to++;
        return (new(from, to), from == 0 || to == copy.Length ? "" : "\n\n");
    }

    private static int OffsetOfLine(string copy, int number)
    {
        var at = 0;
        for (var line = 1; line < number && at >= 0; line++)
            at = copy.IndexOf('\n', at) + 1;
        return at;
    }

    private static int StartOfLine(string copy, int at) => at == 0 ? 0 : copy.LastIndexOf('\n', at - 1) + 1;

    private static int EndOfLine(string copy, int at) => at < copy.Length && copy.IndexOf('\n', at) is >= 0 and var end ? end : copy.Length;

    [GeneratedRegex(@"(?<!!)\[(?<words>[^\[\]]*)\]\(\s*story:(?<id>\d{1,9})[^)]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex InSentence();

    [GeneratedRegex(@"^\W*[\p{Lu}\p{P} ]+:\W*$|^\s*(?:[-*+]|\d+[.)])\s+$")]
    private static partial Regex LabelBefore();
}
