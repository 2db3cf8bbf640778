using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

/// <summary>Copy from which something was taken out, and no gap is left.</summary>
public static partial class CopyWithout
{
    /// <summary>Without one line of a READ MORE block; with its last line goes the block.</summary>
    public static string Line(string copy, ReadMoreBlock block, ReadMoreLine line)
    {
        var start = block.Lines.Count == 1 ? StartOfLine(copy, block.SourceLine) : copy.LastIndexOf('\n', Math.Max(0, line.SourceStart - 1)) + 1;
        var end = copy.IndexOf('\n', line.SourceEnd);
        var without = copy[..start] + (end < 0 ? "" : copy[(end + 1)..]);
        return block.Lines.Count == 1 ? Gap().Replace(without, "\n\n").TrimEnd('\n') : without;
    }

    private static int StartOfLine(string copy, int number)
    {
        var start = 0;
        for (var line = 1; line < number; line++)
            start = copy.IndexOf('\n', start) + 1;
        return start;
    }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gap();
}
