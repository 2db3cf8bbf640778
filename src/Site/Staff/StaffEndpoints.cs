using System.Security.Claims;
using LondonDefender.Desk;
using Microsoft.AspNetCore.Identity;

namespace LondonDefender.Staff;

/// <summary>Signing out, and the calls by which a browser and the newsroom agree on a passkey.</summary>
public static class StaffEndpoints
{
    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        // Signing out changes something, so it is a form and never a link.
        app.MapPost("/desk/sign-out", SignOutAsync).RequireFormToken();

        app.MapPost("/desk/sign-in/passkey/question", AskForPasskeyAsync).AllowAnonymous().WithMetadata(new NewsroomCall()).RequireFormToken();
        app.MapPost("/desk/sign-in/passkey", SignInByPasskeyAsync).AllowAnonymous().WithMetadata(new NewsroomCall()).RequireFormToken();
        app.MapPost("/desk/own-sign-in/passkey/question", AskForNewPasskeyAsync).RequireAuthorization().WithMetadata(new NewsroomCall()).RequireFormToken();
        app.MapPost("/desk/own-sign-in/passkey", AddPasskeyAsync).RequireAuthorization().WithMetadata(new NewsroomCall()).RequireFormToken();
        app.MapOpenId();
    }

    private static async Task<IResult> SignOutAsync(SignInManager<Person> signIn, Visits visits, HttpContext http)
    {
        await visits.EndThisAsync(http);
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~" + StaffSetup.SignInPath);
    }

    /// <summary>Of nobody in particular: the browser offers the passkeys it has for this newsroom.</summary>
    private static async Task<IResult> AskForPasskeyAsync(SignInManager<Person> signIn) =>
        TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> SignInByPasskeyAsync(ShownPasskey shown, OwnSignIn own) =>
        await own.SignInByPasskeyAsync(shown.Credential ?? "") is null
            ? TypedResults.Json(new { problem = "That passkey opens nothing here. Sign in with your password." }, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Json(new { });

    private static async Task<IResult> AskForNewPasskeyAsync(ClaimsPrincipal who, UserManager<Person> people, OwnSignIn own) =>
        TypedResults.Content(await own.AskForPasskeyAsync((await people.GetUserAsync(who))!), "application/json");

    private static async Task<IResult> AddPasskeyAsync(ShownPasskey shown, ClaimsPrincipal who, UserManager<Person> people, OwnSignIn own) =>
        await own.AddPasskeyAsync((await people.GetUserAsync(who))!, shown.Name ?? "", shown.Credential ?? "") is { } problem
            ? TypedResults.Json(new { problem }, statusCode: StatusCodes.Status422UnprocessableEntity)
            : TypedResults.Json(new { });

    /// <summary>Only addresses of the newsroom itself; anything else, and the newsroom's own name, leads to what waits for whoever comes in.</summary>
    public static string SafeReturn(string? to) =>
        to is not null && to.StartsWith("/desk", StringComparison.Ordinal) && to.Length > 5 && (to[5] is '/' or '?') && !to.Contains('\\', StringComparison.Ordinal)
            && !to.Any(char.IsControl)
            ? to
            : StaffSetup.FirstPage;

    /// <param name="Credential">What the browser made of the question, as JSON.</param>
    internal sealed record ShownPasskey(string? Name, string? Credential);
}
