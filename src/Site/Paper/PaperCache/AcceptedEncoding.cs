using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LondonDefender.Paper.PaperCache;

/// <summary>The smallest form of a page that a reader's program takes.</summary>
public static class AcceptedEncoding
{
    // Browsers send a handful of wishes; those who make up new ones all the time shall not fill the memory.
    private const int MostKnown = 200;

    private static readonly ConcurrentDictionary<string, Choice> Known = new(StringComparer.Ordinal);

    private enum Choice { Plain, Gzip, Brotli }

    public static PageForm In(PageForms forms, StringValues wish)
    {
        if (wish.Count == 0)
            return forms.Unpacked();

        var said = wish.Count == 1 ? wish[0]! : wish.ToString();
        if (!Known.TryGetValue(said, out var choice))
        {
            choice = Choose(wish);
            if (Known.Count < MostKnown)
                Known.TryAdd(said, choice);
        }

        return choice switch { Choice.Brotli => forms.Brotli, Choice.Gzip => forms.Gzip, _ => forms.Unpacked() };
    }

    private static Choice Choose(StringValues wish)
    {
        if (!StringWithQualityHeaderValue.TryParseList(wish, out var list))
            return Choice.Plain;

        double Worth(string encoding) =>
            (list.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) ?? list.FirstOrDefault(one => one.Value == "*")) is { } said ? said.Quality ?? 1 : 0;

        var (brotli, gzip) = (Worth("br"), Worth("gzip"));
        var plain = list.FirstOrDefault(one => one.Value.Equals("identity", StringComparison.OrdinalIgnoreCase))?.Quality ?? 0;
        return brotli > 0 && brotli >= gzip && brotli >= plain ? Choice.Brotli : gzip > 0 && gzip >= plain ? Choice.Gzip : Choice.Plain;
    }
}
