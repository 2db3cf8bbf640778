using System.Text;

namespace LondonDefender.Copy;

internal static class Html
{
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    public static void StartLine(StringBuilder html)
    {
        if (html.Length > 0 && html[^1] != '\n')
            html.Append('\n');
    }
}
