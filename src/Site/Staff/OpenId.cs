using System.Security.Claims;
using System.Security.Cryptography;
using LondonDefender.Desk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace LondonDefender.Staff;

/// <summary>
/// Signing in with an account the paper has elsewhere. It opens the newsroom only to people who connected it to their account here before:
/// having an account there makes nobody a member of the staff. A second step, where one is switched on, is asked for all the same.
/// </summary>
public static class OpenId
{
    public const string Scheme = "openid";
    public const string SignInPath = "/desk/sign-in/openid";
    private const string BackPath = "/desk/sign-in/openid/back";
    private const string ConnectPath = "/desk/own-sign-in/openid";
    private const string ConnectedPath = "/desk/own-sign-in/openid/back";
    private const string OwnPath = "/desk/own-sign-in";

    private static readonly TimeSpan TimeToConnect = TimeSpan.FromMinutes(10);

    public static OpenIdOptions Settings(IConfiguration configuration) => configuration.GetSection("OpenId").Get<OpenIdOptions>() ?? new();

    public static bool IsThere(this OpenIdOptions settings) => !string.IsNullOrWhiteSpace(settings.Authority);

    public static void AddOpenId(this AuthenticationBuilder authentication, OpenIdOptions settings) => authentication.AddOpenIdConnect(Scheme, settings.Name, options =>
    {
        if (!Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            throw new InvalidOperationException($"OpenId:Authority is {settings.Authority}, which is not an https address.");

        options.Authority = authority.ToString();
        options.RequireHttpsMetadata = !authority.IsLoopback;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.CallbackPath = "/desk/sign-in/openid/answer";
        options.ResponseType = OpenIdConnectResponseType.Code;
        // As a question of the address, so that its cookies need not be sent along with forms of other sites.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("profile");
        StaffSetup.KeepInNewsroom(options.NonceCookie, "newsroom-openid-nonce.");
        StaffSetup.KeepInNewsroom(options.CorrelationCookie, "newsroom-openid.");
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect($"{StaffSetup.SignInPath}?openid=failed");
            return Task.CompletedTask;
        };
    });

    public static void MapOpenId(this IEndpointRouteBuilder app)
    {
        app.MapGet(SignInPath, (string? to, SignInManager<Person> signIn, HttpContext http) =>
            GoThereAsync(http, signIn.ConfigureExternalAuthenticationProperties(Scheme, $"{BackPath}?to={Uri.EscapeDataString(StaffEndpoints.SafeReturn(to))}"), StaffSetup.SignInPath)).AllowAnonymous();
        app.MapGet(BackPath, ComeInAsync).AllowAnonymous();
        app.MapGet(ConnectPath, ConnectAsync).RequireAuthorization();
        app.MapGet(ConnectedPath, ConnectedAsync).RequireAuthorization();
        app.MapPost(ConnectPath, DisconnectAsync).RequireAuthorization().RequireFormToken();
    }

    /// <summary>Connecting begins with a link, since a form may lead nowhere but to the newsroom itself; so the link says that it was made for this person.</summary>
    public static string LinkToConnect(IDataProtectionProvider protection, int personId) =>
        $"{ConnectPath}?proof={Uri.EscapeDataString(Proofs(protection).Protect(personId.ToString(null, null), TimeToConnect))}";

    private static async Task<IResult> ConnectAsync(string? proof, ClaimsPrincipal who, SignInManager<Person> signIn, IDataProtectionProvider protection, HttpContext http)
    {
        if (!IsFor(who.Id(), proof, protection))
            return TypedResults.LocalRedirect($"~{OwnPath}?openid=old");

        return await GoThereAsync(http, signIn.ConfigureExternalAuthenticationProperties(Scheme, ConnectedPath, who.Id().ToString(null, null)), OwnPath);
    }

    private static bool IsFor(int personId, string? proof, IDataProtectionProvider protection)
    {
        try
        {
            return Proofs(protection).Unprotect(proof ?? "") == personId.ToString(null, null);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static async Task<IResult> ConnectedAsync(ClaimsPrincipal who, SignInManager<Person> signIn, UserManager<Person> people, HttpContext http)
    {
        var person = await people.GetUserAsync(who);
        if (person is null || await signIn.GetExternalLoginInfoAsync(who.Id().ToString(null, null)) is not { } there)
            return TypedResults.LocalRedirect($"~{OwnPath}?openid=failed");

        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var connected = await people.AddLoginAsync(person, there);
        if (connected.Succeeded)
            await signIn.RefreshSignInAsync(person);
        return TypedResults.LocalRedirect($"~{OwnPath}?openid={(connected.Succeeded ? "connected" : "taken")}");
    }

    private static async Task<IResult> DisconnectAsync(ClaimsPrincipal who, SignInManager<Person> signIn, UserManager<Person> people)
    {
        var person = (await people.GetUserAsync(who))!;
        foreach (var login in await people.GetLoginsAsync(person))
            await people.RemoveLoginAsync(person, login.LoginProvider, login.ProviderKey);
        await signIn.RefreshSignInAsync(person);
        return TypedResults.LocalRedirect($"~{OwnPath}?openid=disconnected");
    }

    private static async Task<IResult> ComeInAsync(string? to, SignInManager<Person> signIn, UserManager<Person> people, HttpContext http)
    {
        if (await signIn.GetExternalLoginInfoAsync() is not { } there)
            return TypedResults.LocalRedirect($"~{StaffSetup.SignInPath}?openid=failed");

        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        if (await people.FindByLoginAsync(there.LoginProvider, there.ProviderKey) is not { IsActive: true })
            return TypedResults.LocalRedirect($"~{StaffSetup.SignInPath}?openid=unknown");

        var result = await signIn.ExternalLoginSignInAsync(there.LoginProvider, there.ProviderKey, isPersistent: true, bypassTwoFactor: false);
        return result switch
        {
            { Succeeded: true } => TypedResults.LocalRedirect("~" + StaffEndpoints.SafeReturn(to)),
            { RequiresTwoFactor: true } => TypedResults.LocalRedirect($"~{StaffSetup.SecondStepPath}?{StaffSetup.ReturnTo}={Uri.EscapeDataString(StaffEndpoints.SafeReturn(to))}"),
            _ => TypedResults.LocalRedirect($"~{StaffSetup.SignInPath}?openid=failed"),
        };
    }

    private static async Task<IResult> GoThereAsync(HttpContext http, AuthenticationProperties properties, string orElse)
    {
        if (await http.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>().GetSchemeAsync(Scheme) is null)
            return TypedResults.NotFound();

        try
        {
            await http.ChallengeAsync(Scheme, properties);
            return TypedResults.Empty;
        }
        // The provider's description of itself could not be fetched.
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException)
        {
            return TypedResults.LocalRedirect($"~{orElse}?openid=away");
        }
    }

    private static ITimeLimitedDataProtector Proofs(IDataProtectionProvider protection) => protection.CreateProtector("openid-connect").ToTimeLimitedDataProtector();

    /// <summary>What became of it, in words; null where nothing is to be said.</summary>
    public static (string? Problem, string? Done) InWords(string? outcome, string name) => outcome switch
    {
        "failed" => ($"Signing in with {name} did not work. Try again.", null),
        "away" => ($"The sign-in with {name} cannot be reached now.", null),
        "unknown" => ($"That account is connected to nobody here. Sign in with your password once, and connect it under your name.", null),
        "old" => ("That link was too old, or not yours. Try again.", null),
        "taken" => ("That account is connected to somebody here already.", null),
        "connected" => (null, $"From now on you can sign in with {name}."),
        "disconnected" => (null, $"You cannot sign in with {name} any more."),
        _ => (null, null),
    };
}
