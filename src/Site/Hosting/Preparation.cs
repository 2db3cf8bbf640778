using Microsoft.AspNetCore.StaticAssets;

namespace LondonDefender.Hosting;

/// <summary>Whether the paper runs although its database has not been brought up to date: then only pages of before are given out.</summary>
public sealed class Preparation
{
    public bool IsUnderWay { get; set; }
}

public static class PreparationSetup
{
    /// <summary>Stands behind the page cache, which has the pages of before.</summary>
    public static void UsePreparation(this WebApplication app)
    {
        var preparation = app.Services.GetRequiredService<Preparation>();
        app.Use((http, next) => preparation.IsUnderWay && AsksTheDatabase(http) ? Apology.RestAsync(http) : next(http));
    }

    /// <summary>Files do not, and health says itself how it is.</summary>
    private static bool AsksTheDatabase(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !http.Request.Path.StartsWithSegments("/health");
}
