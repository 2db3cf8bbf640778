using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static LondonDefender.Copy.ReadMoreTarget;

namespace LondonDefender.Copy;

/// <summary>Reads where a line of a READ MORE block leads. What leads nowhere says how to put it right.</summary>
internal static partial class ReadMoreTargets
{
    private const int LongestWording = 300;

    public static ReadMoreTarget Read(ContainerInline? written)
    {
        if (written is null)
            return Nothing();

        return TheOnlyOne(written) switch
        {
            LinkInline { IsImage: false } link => FromLink(link),
            AutolinkInline { IsEmail: false } autolink => FromWords(autolink.Url),
            _ when HoldsPicture(written) => new Unusable("A picture cannot stand here. Write story:1042 or the headline of the story."),
            _ when HoldsLink(written) => new Unusable("Only the link may stand on this line. Take away the words beside it, or put them inside its square brackets."),
            _ => FromWords(Words.Of(written)),
        };
    }

    public static Unusable Nothing() =>
        new("Nothing is written here. Write story:1042 or the headline of a story, or take the line away.");

    public static Unusable TooMuchInOneItem() =>
        new("Each item of this list takes one link and nothing else. Give every link an item of its own.");

    // Pasted copy often sets the link in bold or italics; that changes nothing.
    private static Inline? TheOnlyOne(ContainerInline written)
    {
        Inline? only = written;
        while (only is ContainerInline container and not (LinkInline or DelimiterInline))
            only = container.Where(inline => !Words.IsBlank(inline)).Take(2).ToList() is [var one] ? one : null;

        return only;
    }

    private static bool HoldsPicture(ContainerInline written) => written.Descendants<LinkInline>().Any(link => link.IsImage);

    private static bool HoldsLink(ContainerInline written) => written.Descendants().Any(inline => inline is LinkInline or AutolinkInline);

    private static ReadMoreTarget FromLink(LinkInline link)
    {
        var words = Words.Of(link);
        var address = link.Url ?? "";

        if (HoldsPicture(link))
            return new Unusable("A picture cannot be a link here. Write words inside the square brackets.");
        if (words.Length > LongestWording)
            return TooLong();
        if (Addresses.TryReadStory(address, out var id))
            return new Story(id, words.Length > 0 ? words : null);
        if (Addresses.NamesStory(address))
            return NoSuchNumber(address);
        if (!Addresses.IsOutside(address))
            return new Unusable($"The address “{address}” cannot be used. Write https:// and the whole address, or story: and the number of a story.");

        return words.Length > 0 ? new Outside(words, address) : NoWords(address);
    }

    private static ReadMoreTarget FromWords(string words)
    {
        if (words.Length == 0)
            return Nothing();
        if (Addresses.TryReadStory(words, out var id))
            return new Story(id, PinnedWording: null);
        if (Addresses.IsOutside(words))
            return NoWords(words);
        if (!words.Contains(' ') && Addresses.NamesStory(words) || StoryWithSpace().IsMatch(words))
            return NoSuchNumber(words);
        if (StoryAmongWords().IsMatch(words))
            return new Unusable("Only the link may stand on this line. To choose its wording, write [Wording](story:1042).");
        if (LooksLikeAddress().IsMatch(words))
            return new Unusable($"“{words}” looks like an address. Write [Words](https://…) for a page outside, or story: and the number of a story.");
        if (words.Length > LongestWording)
            return TooLong();
        if (Headlines.Normalise(words).Length == 0)
            return new Unusable($"“{words}” is not a headline. Write story:1042 or the headline of a story.");

        return new Pending(words);
    }

    private static Unusable NoWords(string address) =>
        new($"Readers need words to follow. Write [Words]({address}).");

    private static Unusable NoSuchNumber(string written) =>
        new($"“{written}” is not the number of a story. Write story: and the number, without a space, as in story:1042.");

    private static Unusable TooLong() =>
        new($"This is too long for a headline. Keep it under {LongestWording} characters.");

    [GeneratedRegex(@"^story:\s*\d+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StoryWithSpace();

    [GeneratedRegex(@"\bstory:\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StoryAmongWords();

    // A headline may hold a colon (“Brexit: what next”, “Re:Zero returns”), so one before other words proves nothing unless the scheme is known.
    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.-]*:\S+$|www\.\S+$|\.{0,2}/\S*$|(?:ftp|file|data|mailto|javascript|vbscript):\S)|https?:/",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeAddress();
}
