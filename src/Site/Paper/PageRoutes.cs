using System.Diagnostics.CodeAnalysis;
using LondonDefender.Paper.PaperCache;

namespace LondonDefender.Paper;

public static class PageRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>An address that everybody may read; everything mapped otherwise is closed to those who are not signed in.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern, Delegate find) =>
        app.MapMethods(pattern, Reading, find).AllowAnonymous().NeverKept();

    /// <summary>The page is kept, ready to be sent, until something that it noted to have read changes.</summary>
    /// <param name="hasPages">Whether ?page= makes another page of it.</param>
    public static RouteHandlerBuilder MapKeptPage(this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern, Delegate find, bool hasPages = false) =>
        app.MapPage(pattern, find).WithMetadata(new IsKept(hasPages));

    /// <summary>A correction is on the page at the reader's next look, so nobody keeps a page without asking again.</summary>
    public static TBuilder NeverKept<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-cache";
            return next(context);
        });
}
