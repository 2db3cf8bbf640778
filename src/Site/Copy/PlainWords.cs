using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

/// <summary>Text as it arrives from people and files, made fit to be stored and shown.</summary>
public static partial class PlainWords
{
    /// <summary>Takes out what PostgreSQL, UTF-8 or XML cannot hold: control characters, halves of characters, non-characters.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && (rune.Value & 0xFFFE) != 0xFFFE))
                clean.Append(rune);
        }

        return clean.ToString();
    }

    /// <summary>The first <paramref name="length"/> characters at most, never half of one.</summary>
    public static string Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text ?? "";

        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>Clean, and on one line.</summary>
    public static string OneLine(string? text) => Spaces().Replace(Clean(text), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
