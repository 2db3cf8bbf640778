using LondonDefender.Paper.PaperCache;
using Microsoft.AspNetCore.Http.Timeouts;

namespace LondonDefender.Paper;

public static class PageRoutes
{
    /// <summary>The limit of time that every page has.</summary>
    public const string TimeLimit = "page";

    /// <summary>Marks an answer that costs many times a page.</summary>
    public sealed record Dear;

    /// <summary>Marks an answer that may have to wait for a picture to be made, and stands in line with those who do.</summary>
    public sealed record FromDarkroom;

    /// <summary>What the addresses of drafts begin with. What follows is a secret.</summary>
    public const string Drafts = "/drafts";

    /// <summary>How a page is asked for. What answers is given to MapMethods itself, so that its reading of the address is written when the paper is built.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Everybody may read it; everything mapped otherwise is closed to those who are not signed in.</summary>
    public static RouteHandlerBuilder IsPage(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().NeverKept().WithMetadata(new RequestTimeoutAttribute(TimeLimit));

    /// <summary>For what costs many times a page: few of these are made at once, so that a crowd at them leaves pages as fast as ever.</summary>
    public static TBuilder IsDear<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Dear());

    /// <summary>The page is kept, ready to be sent, until something that it noted to have read changes.</summary>
    /// <param name="hasPages">Whether ?page= makes another page of it.</param>
    public static RouteHandlerBuilder IsKeptPage(this RouteHandlerBuilder endpoint, bool hasPages = false) =>
        endpoint.IsPage().WithMetadata(new IsKept(hasPages));

    /// <summary>The page is made as if for nobody in particular, so that its reader can be told when it does not come.</summary>
    public static TBuilder PrintedOnce<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IsPrintedOnce());

    /// <summary>A correction is on the page at the reader's next look, so nobody keeps a page without asking again.</summary>
    public static TBuilder NeverKept<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-cache";
            return next(context);
        });
}
