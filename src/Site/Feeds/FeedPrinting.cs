using System.Text;
using System.Xml.Linq;
using LondonDefender.Paper;

namespace LondonDefender.Feeds;

public static class FeedPrinting
{
    public static byte[] Print(this Feed feed, FeedFormat format) => format switch
    {
        _ when format == FeedFormat.Rss => Rss.Of(feed).AsFile(),
        _ when format == FeedFormat.Atom => Atom.Of(feed).AsFile(),
        _ when format == FeedFormat.Json => JsonPrint.Of(JsonFeed.Of(feed)),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    public static byte[] AsFile(this XDocument document) =>
        Encoding.UTF8.GetBytes($"{document.Declaration}\n{document.ToString(SaveOptions.DisableFormatting)}");
}
