using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Wire;

/// <summary>
/// Plain-text copy as agencies and colleagues send it: the first line is the headline (after the paper's own masthead and tagline,
/// if they stand above it), blank lines part paragraphs, READ MORE lines stay as they are.
/// </summary>
public sealed record WireCopy(string Headline, string Body)
{
    public static WireCopy Read(string text, PaperSettings settings)
    {
        var lines = PlainWords.Clean(text).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).ToList();
        SkipBlank(lines);
        SkipFurniture(lines, settings);
        if (lines.Count == 0)
            return new("", "");

        var headline = PlainWords.OneLine(lines[0].TrimStart('#'));
        lines.RemoveAt(0);
        SkipBlank(lines);
        return new(headline, Paragraphs(lines));
    }

    private static void SkipFurniture(List<string> lines, PaperSettings settings)
    {
        foreach (var furniture in new[] { settings.Name, settings.Tagline })
        {
            if (lines.Count > 1 && Headlines.Normalise(furniture) is { Length: > 0 } known && Headlines.Normalise(lines[0]) == known)
            {
                lines.RemoveAt(0);
                SkipBlank(lines);
            }
        }
    }

    /// <summary>Copy without a single blank line has a paragraph on every line.</summary>
    private static string Paragraphs(List<string> lines)
    {
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);

        return string.Join(lines.Contains("") ? "\n" : "\n\n", lines);
    }

    private static void SkipBlank(List<string> lines) => lines.RemoveRange(0, lines.TakeWhile(line => line.Length == 0).Count());
}
