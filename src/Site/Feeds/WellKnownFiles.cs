using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.Extensions.Options;

namespace LondonDefender.Feeds;

/// <summary>The small files that machines look for at fixed addresses.</summary>
public static class WellKnownFiles
{
    public static void MapWellKnownFiles(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/robots.txt", PageRoutes.Reading, RobotsAsync).IsPage();
        app.MapMethods("/ads.txt", PageRoutes.Reading, NobodySells).IsPage();
        app.MapMethods("/.well-known/security.txt", PageRoutes.Reading, SecurityAsync).IsPage();
    }

    private static async Task<IResult> RobotsAsync(PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        return TypedResults.Text($"""
            User-agent: *
            Disallow: /desk
            Disallow: /search

            Sitemap: {frame.Absolute("/sitemap.xml")}
            Sitemap: {frame.Absolute("/sitemap-news.xml")}

            """);
    }

    /// <summary>Nobody may sell advertisements in the paper's name. The specification asks for this very line, as an empty file says nothing.</summary>
    private static IResult NobodySells() => TypedResults.Text("placeholder.example.com, placeholder, DIRECT, placeholder\n");

    /// <summary>Whom to tell about a hole in the paper, by RFC 9116; only where the paper has said so.</summary>
    private static async Task<IResult> SecurityAsync(PaperFrames frames, NewsroomDb db, IOptions<PaperOptions> options, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(options.Value.SecurityContact))
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var frame = await frames.DrawAsync(ct);
        var expires = frame.Now.UtcDateTime.Date.AddDays(180).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return TypedResults.Text($"Contact: {options.Value.SecurityContact.Trim()}\nExpires: {expires}\nPreferred-Languages: en\n");
    }
}
