using Microsoft.AspNetCore.Antiforgery;

namespace LondonDefender.Desk;

/// <summary>Marks a call that the newsroom's own script makes: it answers with a status, not with a redirect to a page.</summary>
public sealed record NewsroomCall;

public static class FormToken
{
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
                return TypedResults.Json(new { problem = "This page is out of date. Keep your text, reload the page, and try again." }, statusCode: StatusCodes.Status400BadRequest);
            }

            return await next(context);
        });
}
