using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;

namespace LondonDefender.Desk;

/// <summary>Marks a call that the newsroom's own script makes: it answers with a status, not with a redirect to a page.</summary>
public sealed record NewsroomCall;

public static class FormToken
{
    /// <summary>
    /// A page that stays open longer than its token, or than somebody's sign-in, asks for a new one instead of being reloaded. It is told whose
    /// the token is: in a browser that others use, too, a text is not to be saved under another name.
    /// </summary>
    public static void MapFormToken(this IEndpointRouteBuilder app) => app.MapGet("/desk/form-token", IResult (HttpContext http, IAntiforgery tokens) => TypedResults.Json(new
    {
        token = tokens.GetAndStoreTokens(http).RequestToken,
        person = http.User.FindFirstValue(ClaimTypes.NameIdentifier),
        name = http.User.FindFirstValue(ClaimTypes.GivenName),
    })).RequireAuthorization().WithMetadata(new NewsroomCall());

    /// <summary>Refuses a call that did not come from one of our own pages.</summary>
    public static TBuilder RequireFormToken<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            try
            {
                await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
            }
            catch (AntiforgeryValidationException)
            {
                return TypedResults.Json(new { problem = "This page is out of date. Keep your text, reload the page, and try again.", formIsOld = true }, statusCode: StatusCodes.Status400BadRequest);
            }

            return await next(context);
        });
}
