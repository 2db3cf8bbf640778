using System.Text;
using System.Text.RegularExpressions;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Words made safe for copy: what would be a sign there gets a backslash.</summary>
internal static partial class Signs
{
    /// <summary>For words in the middle of a paragraph.</summary>
    public static string Inline(string words)
    {
        if (words.AsSpan().IndexOfAny("\\*_[]`<&") < 0)
            return words;

        var safe = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var isSign = words[i] switch
            {
                '\\' or '*' or '[' or ']' or '`' => true,
                '_' => !(i > 0 && char.IsLetterOrDigit(words[i - 1]) && i + 1 < words.Length && char.IsLetterOrDigit(words[i + 1])),
                '<' => i + 1 < words.Length && (char.IsLetter(words[i + 1]) || words[i + 1] is '/' or '!' or '?'),
                '&' => Entity().IsMatch(words.AsSpan(i)),
                _ => false,
            };
            if (isSign)
                safe.Append('\\');
            safe.Append(words[i]);
        }

        return safe.ToString();
    }

    /// <summary>For the beginning of a line, where more signs mean something.</summary>
    public static string LineStart(string line) => line.Length == 0 ? line : line[0] switch
    {
        '#' or '>' or '|' or '~' => "\\" + line,
        '+' or '-' when line.Length == 1 || line[1] is ' ' or '-' => "\\" + line,
        '=' when line.Trim('=', ' ').Length == 0 => "\\" + line,
        ':' when line.StartsWith(":::", StringComparison.Ordinal) => "\\" + line,
        >= '0' and <= '9' when Number().Match(line) is { Success: true } number => line.Insert(number.Length - 1, "\\"),
        _ => line,
    };

    [GeneratedRegex("^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")]
    private static partial Regex Entity();

    [GeneratedRegex(@"^[0-9]{1,9}[.)](?= |$)")]
    private static partial Regex Number();
}
