using System.Globalization;
using System.Text;

namespace LondonDefender.Archive;

/// <summary>
/// What a result shows of a story's text: the sentences that have the words, begun at their beginning where there is room, with the
/// words marked. The text is taken as it is; nothing in it is an instruction.
/// </summary>
/// <param name="lexemes">The words to be marked, each with the stem it was found by.</param>
public sealed class Excerpt(IReadOnlyDictionary<string, string> lexemes)
{
    private const int Longest = 240;
    private const int Before = 60;
    private const int MostLooked = 60;

    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> stems =
        new Dictionary<string, string>(lexemes, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with each of the words marked.</summary>
    public string Mark(string text)
    {
        var plain = SearchHit.WithoutMarks(text);
        var marked = new StringBuilder(plain.Length + 16);
        var written = 0;
        foreach (var word in Found(plain, int.MaxValue))
        {
            marked.Append(plain, written, word.Start - written).Append(SearchHit.MarkStart).Append(plain, word.Start, word.Length).Append(SearchHit.MarkEnd);
            written = word.Start + word.Length;
        }

        return marked.Append(plain, written, plain.Length - written).ToString();
    }

    /// <summary>The best place or two of a text; where no word stands in it, the standfirst.</summary>
    public string Of(string standfirst, string body)
    {
        List<Passage> passages = [.. Passages(SearchHit.WithoutMarks(standfirst)), .. Passages(SearchHit.WithoutMarks(body))];
        if (passages.MaxBy(passage => passage.Worth) is not { } best)
            return SearchHit.WithoutMarks(standfirst.Length > 0 ? standfirst : Cut(body[..EndOfSentence(body, 0)], 0));

        var shown = Mark(Cut(best.Text, best.FirstAt));
        var other = passages.MaxBy(passage => passage.Stems.Except(best.Stems).Count())!;
        return best.Text.Length > Longest || other.Stems.IsSubsetOf(best.Stems) ? shown : $"{shown} … {Mark(Cut(other.Text, other.FirstAt))}";
    }

    /// <summary>The words of a text that begin with one of these letters, each once.</summary>
    public static void CollectWords(string text, IReadOnlySet<char> beginnings, HashSet<string> words)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; NextWord(text, ref at) is { Length: > 0 } word; at = word.End)
        {
            if (!char.IsAscii(text[word.Start]) || beginnings.Contains(char.ToLowerInvariant(text[word.Start])))
                known.Add(text.AsSpan(word.Start, word.Length));
        }
    }

    private readonly record struct Place(int Start, int Length)
    {
        public int End => Start + Length;
    }

    /// <summary>A sentence with at least one of the words.</summary>
    private sealed record Passage(string Text, int FirstAt, HashSet<string> Stems, int Worth);

    private IEnumerable<Place> Found(string text, int most)
    {
        var left = most;
        for (var at = 0; left > 0 && NextWord(text, ref at) is { Length: > 0 } word; at = word.End)
        {
            if (stems.ContainsKey(text.AsSpan(word.Start, word.Length)))
            {
                left--;
                yield return word;
            }
        }
    }

    private IEnumerable<Passage> Passages(string text)
    {
        List<Place> found = [.. Found(text, MostLooked)];
        for (var i = 0; i < found.Count;)
        {
            var (start, end) = (StartOfSentence(text, found[i].Start), EndOfSentence(text, found[i].Start));
            var first = i;
            HashSet<string> apart = [];
            var neighbours = 0;
            for (; i < found.Count && found[i].Start < end; i++)
            {
                apart.Add(stems[text.AsSpan(found[i].Start, found[i].Length)]);
                neighbours += i > first && found[i].Start - found[i - 1].End <= 2 ? 1 : 0;
            }

            yield return new(text[start..end], found[first].Start - start, apart, (apart.Count * 10) + (neighbours * 3) + (i - first > apart.Count ? 1 : 0));
        }
    }

    private static string Cut(string text, int firstAt)
    {
        if (text.Length <= Longest)
            return text;

        var start = firstAt < Longest - Before ? 0 : text.LastIndexOf(' ', firstAt - Before) + 1;
        var end = text.Length - start <= Longest ? text.Length : EndOfWord(text, start + Longest);
        return $"{(start > 0 ? "… " : "")}{text.AsSpan(start, end - start).TrimEnd(" ,;:–—-")}{(end < text.Length ? "…" : "")}";
    }

    private static int EndOfWord(string text, int at)
    {
        var space = text.LastIndexOf(' ', at);
        return space > at - 40 ? space : char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }

    private static int StartOfSentence(string text, int at)
    {
        var start = at;
        while (start > 0 && text[start - 1] != '\n' && !(char.IsWhiteSpace(text[start - 1]) && BeginsSentence(text[start]) && EndsSentence(text, start - 1)))
            start--;
        return start;
    }

    private static int EndOfSentence(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] != '\n' && !(char.IsWhiteSpace(text[end]) && end + 1 < text.Length && BeginsSentence(text[end + 1]) && EndsSentence(text, end)))
            end++;
        return end;
    }

    private static bool BeginsSentence(char c) => char.IsUpper(c) || char.IsDigit(c) || "‘“\"'([".Contains(c, StringComparison.Ordinal);

    private static bool EndsSentence(string text, int end)
    {
        var last = end - 1;
        while (last > 0 && "’”\"')]".Contains(text[last], StringComparison.Ordinal))
            last--;
        return last >= 0 && text[last] is '.' or '!' or '?' or '…';
    }

    /// <summary>The next run of letters and figures from there on; a figure may hold a point.</summary>
    private static Place NextWord(string text, ref int at)
    {
        while (at < text.Length && !IsOfAWord(text[at]))
            at++;

        var end = at;
        while (end < text.Length && (IsOfAWord(text[end]) || IsPointInAFigure(text, end)))
            end++;
        return new(at, end - at);
    }

    private static bool IsOfAWord(char c) => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsPointInAFigure(string text, int at) =>
        text[at] == '.' && at > 0 && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
}
