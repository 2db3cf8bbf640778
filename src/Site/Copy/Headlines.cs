using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

public static partial class Headlines
{
    // What agencies set differently, inch and minute signs included. The acute and its kin must go before
    // compatibility folding takes them apart into a space and an accent.
    private const string Quotes = "'\"`´‘’‚‛“”„‟«»‹›′″‴‵‶‷⁗ʹʺʻʼʽˈˊˋ＇＂｀‛❛❜❝❞〝〞〟᾽᾿῾΄";

    /// <summary>
    /// The same for two headlines that readers would call the same, however each was typed: case, quotation marks, dashes,
    /// spaces and punctuation around it make no difference.
    /// </summary>
    public static string Normalise(string headline)
    {
        var folded = Bare(SafeText.Of(headline)).Normalize(NormalizationForm.FormKC);
        var lower = Bare(folded).ToLowerInvariant().Normalize(NormalizationForm.FormKC);
        var spaced = Words.OnOneLine(AnyDash().Replace(LongDash().Replace(lower, " - "), "-"));

        return TrimPunctuation(spaced);
    }

    // Without quotation marks altogether: one paper writes ‘plot’ where another writes "plot" or « plot ».
    private static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => !IsUnseen(rune) && !IsQuote(rune)))
            bare.Append(rune.ToString());

        return bare.ToString();
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);

    private static bool IsQuote(Rune rune) => rune.IsBmp && Quotes.Contains((char)rune.Value);

    private static string TrimPunctuation(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsAround(text[start]))
            start++;
        while (end > start && IsAround(text[end - 1]))
            end--;

        return text[start..end];
    }

    private static bool IsAround(char c) => char.IsPunctuation(c) || char.IsWhiteSpace(c);

    [GeneratedRegex(@"\s*(?:[—―⸺⸻]|-{2,})+\s*|\s+[-‐‑‒–−]+\s+", RegexOptions.CultureInvariant)]
    private static partial Regex LongDash();

    [GeneratedRegex(@"[‐‑‒–−]", RegexOptions.CultureInvariant)]
    private static partial Regex AnyDash();
}
