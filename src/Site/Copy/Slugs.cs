using System.Text;
using System.Text.RegularExpressions;

namespace LondonDefender.Copy;

public static partial class Slugs
{
    private const int Longest = 80;
    private const int LongestPlain = 300;
    private const string EnglishSigns = "‘’“”–—£";
    private const string LastResort = "story";

    private static readonly Dictionary<char, string> Latin = """
        ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=n ŧ=t
        а=a б=b в=v г=g ґ=g д=d е=e є=ye ж=zh з=z и=i і=i
        к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh
        ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya
        ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz
        α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m
        ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o
        """.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).ToDictionary(letter => letter[0], letter => letter[2..]);

    /// <summary>The words of a headline as they stand in an address.</summary>
    public static string From(string headline)
    {
        if (Plain(headline) is { } plain)
            return plain.Length > 0 ? Shorten(plain) : LastResort;

        var apart = SafeText.Of(headline).Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        var latin = string.Concat(Joined().Replace(apart, "").Select(c => Latin.GetValueOrDefault(c) ?? c.ToString()));
        var slug = Shorten(Others().Replace(latin, "-").Trim('-'));

        return slug.Length > 0 ? slug : LastResort;
    }

    /// <summary>The same for a headline of English letters, figures and signs, at a glance: addresses are made all the time. Null for another.</summary>
    private static string? Plain(string headline)
    {
        if (headline.Length > LongestPlain)
            return null;

        Span<char> slug = stackalloc char[headline.Length];
        var length = 0;
        var isApart = false;
        foreach (var c in headline)
        {
            if (!char.IsAscii(c) && !EnglishSigns.Contains(c))
                return null;
            if (c is '\'' or '’')
                continue;
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isApart = length > 0;
                continue;
            }

            if (isApart)
                slug[length++] = '-';
            slug[length++] = char.ToLowerInvariant(c);
            isApart = false;
        }

        return new(slug[..length]);
    }

    private static string Shorten(string slug)
    {
        if (slug.Length <= Longest)
            return slug;

        var endOfWord = slug.LastIndexOf('-', Longest);
        return slug[..(endOfWord > 0 ? endOfWord : Longest)];
    }

    // Accents, apostrophes and what cannot be seen do not part a word: Putin’s becomes putins.
    [GeneratedRegex(@"[\p{M}\p{Cf}'’ʼ]", RegexOptions.CultureInvariant)]
    private static partial Regex Joined();

    [GeneratedRegex(@"[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Others();
}
