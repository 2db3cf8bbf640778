using System.Text;
using System.Xml;
using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Stories;

namespace LondonDefender.Feeds;

public static class SitemapEndpoints
{
    private const string MediaType = "application/xml; charset=utf-8";

    private static readonly XmlWriterSettings Utf8 = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static void MapSitemaps(this IEndpointRouteBuilder app)
    {
        app.MapSitemap("/sitemap.xml", async (db, frame, _, ct) => await Sitemaps.IndexAsync(db, frame, ct));
        app.MapSitemap("/sitemaps/pages.xml", async (db, frame, _, ct) => await Sitemaps.PagesAsync(db, frame, ct));
        app.MapSitemap("/sitemaps/stories-{number:int:min(1)}.xml", Sitemaps.StoriesAsync);
        app.MapSitemap("/sitemap-news.xml", async (db, frame, _, ct) => await Sitemaps.NewsAsync(db, frame, ct));
        app.MapSitemap("/sitemaps/news-{number:int:range(1,1000)}.xml", Sitemaps.NewsAsync);
    }

    private static void MapSitemap(this IEndpointRouteBuilder app, string pattern, Func<NewsroomDb, PaperFrame, int, CancellationToken, Task<XStreamingElement?>> draw) =>
        app.MapMethods(pattern, PageRoutes.Reading, async (HttpContext http, NewsroomDb db, PaperFrames frames, PrintedFiles files, CancellationToken ct) =>
        {
            var frame = await frames.DrawAsync(ct);
            frame.Notes.Reads(PageKey.Stories, PageKey.Topics, PageKey.Writers);
            var number = http.GetRouteValue("number") is string written ? int.Parse(written, null) : 1;
            return await draw(db, frame, number, ct) is { } map
                ? PrintedFile.Answer(FileOf(map), MediaType, $"{pattern} {number}", files, frame.Now)
                : await NotFoundEndpoint.AnswerAsync(db, frames, ct);
        }).IsKeptPage().IsDear();

    private static byte[] FileOf(XStreamingElement map)
    {
        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, Utf8))
            map.WriteTo(writer);

        return file.ToArray();
    }
}
