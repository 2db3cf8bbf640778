namespace LondonDefender.Wire;

/// <summary>Where a picture goes that belongs inside a story, when nobody has placed it.</summary>
internal static class InsideCopy
{
    private const int ParagraphsBefore = 3;

    /// <summary>The copy with the picture between two paragraphs, a few from its beginning; unchanged where it has it already.</summary>
    public static string Place(string copy, int pictureId, string alt, string caption)
    {
        if (copy.Contains($"(picture:{pictureId} ", StringComparison.Ordinal))
            return copy;

        var blocks = copy.Split("\n\n").ToList();
        blocks.Insert(GapIn(blocks), $"![{Escaped(alt)}](picture:{pictureId} \"{Escaped(caption)}\")");
        return string.Join("\n\n", blocks);
    }

    private static int GapIn(List<string> blocks)
    {
        var (paragraphs, isInElement) = (0, false);
        for (var at = 0; at < blocks.Count; at++)
        {
            var fences = blocks[at].Split('\n').Count(line => line.StartsWith(":::", StringComparison.Ordinal));
            if (fences % 2 == 1)
                isInElement = !isInElement;

            paragraphs += fences == 0 && !isInElement && IsProse(blocks[at]) ? 1 : 0;
            var isGap = fences == 0 && !isInElement && IsProse(blocks[at]) && at + 1 < blocks.Count && IsProse(blocks[at + 1]);
            if (paragraphs >= ParagraphsBefore && isGap)
                return at + 1;
        }

        return blocks.Count;
    }

    /// <summary>Begins like a sentence, and not with a label in capitals.</summary>
    private static bool IsProse(string block) =>
        block.Length > 0 && (char.IsLetter(block[0]) || block[0] is '“' or '‘') && block.IndexOf(':', StringComparison.Ordinal) is var colon
        && (colon < 0 || block[..colon].Any(char.IsLower));

    private static string Escaped(string words) =>
        words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
