using System.Diagnostics.CodeAnalysis;

namespace LondonDefender.Paper;

public static class PageRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>An address that everybody may read; everything mapped otherwise is closed to those who are not signed in.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern, Delegate find) =>
        app.MapMethods(pattern, Reading, find).AllowAnonymous().NeverKept();

    /// <summary>A correction is on the page at the reader's next look, so nobody keeps a page without asking again.</summary>
    public static TBuilder NeverKept<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-cache";
            return next(context);
        });
}
