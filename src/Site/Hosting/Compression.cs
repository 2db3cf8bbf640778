using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace LondonDefender.Hosting;

/// <summary>
/// Readers' pages travel packed, over HTTPS too: they hold no secret that their length could tell. The newsroom's hold form tokens, so
/// they travel as they are. Style sheets and fonts are packed at build.
/// </summary>
public static class Compression
{
    private static readonly string[] Packed =
    [
        "text/html", "text/plain", "text/xml", "application/xml", "application/rss+xml", "application/atom+xml", "application/json", "application/feed+json",
        "application/problem+json", "application/ld+json", "application/speculationrules+json",
    ];

    public static void AddCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Packed;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }
}
