using LondonDefender.Desk;
using Microsoft.AspNetCore.Identity;

namespace LondonDefender.Staff;

public static class StaffEndpoints
{
    /// <summary>Signing out changes something, so it is a form and never a link.</summary>
    public static void MapStaff(this IEndpointRouteBuilder app) =>
        app.MapPost("/desk/sign-out", SignOutAsync).RequireFormToken();

    private static async Task<IResult> SignOutAsync(SignInManager<Person> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("~" + StaffSetup.SignInPath);
    }

    /// <summary>Only addresses of the newsroom itself; anything else leads to its first page.</summary>
    public static string SafeReturn(string? to) =>
        to is not null && to.StartsWith("/desk", StringComparison.Ordinal) && (to.Length == 5 || to[5] is '/' or '?') && !to.Contains('\\', StringComparison.Ordinal)
            && !to.Any(char.IsControl)
            ? to
            : "/desk";
}
