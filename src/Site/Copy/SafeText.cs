namespace LondonDefender.Copy;

internal static class SafeText
{
    /// <summary>
    /// The text without what neither PostgreSQL nor XML can hold: control characters and halves of surrogate pairs.
    /// Every character keeps its place, so that offsets stay true.
    /// </summary>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsSafe(text, i))
                return string.Create(text.Length, text, Replace);
        }

        return text;
    }

    private static void Replace(Span<char> safe, string text)
    {
        for (var i = 0; i < text.Length; i++)
            safe[i] = IsSafe(text, i) ? text[i] : char.IsWhiteSpace(text[i]) ? ' ' : '\uFFFD';
    }

    private static bool IsSafe(string text, int at) => text[at] switch
    {
        '\t' or '\n' or '\r' => true,
        < ' ' or '\uFFFE' or '\uFFFF' => false,
        >= '\uD800' and <= '\uDBFF' => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        >= '\uDC00' and <= '\uDFFF' => at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };
}
