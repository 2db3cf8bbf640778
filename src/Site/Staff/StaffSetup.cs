using System.Globalization;
using System.Security.Claims;
using System.Xml.Linq;
using LondonDefender.Data;
using LondonDefender.Desk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Staff;

/// <summary>Who may come in: accounts, the sign-in cookie, and the rule that every door is shut unless it says otherwise.</summary>
public static class StaffSetup
{
    public const string SignInPath = "/desk/sign-in";
    public const string SecondStepPath = "/desk/sign-in/number";
    public const string NotAllowedPath = "/desk/not-allowed";
    public const string ReturnTo = "to";

    /// <summary>My day: where whoever comes in begins, unless they asked for another page.</summary>
    public const string FirstPage = "/desk/my-day";

    public static void AddStaff(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<Person>(HowAccountsWork)
            .AddEntityFrameworkStores<NewsroomDb>()
            // Its questions are called off with the request they belong to.
            .AddUserManager<AspNetUserManager<Person>>()
            .AddSignInManager()
            .AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddClaimsPrincipalFactory<PersonClaims>();
        var openId = OpenId.Settings(builder.Configuration);
        services.AddSingleton(openId);
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, HowSignInIsKept)
            // Who has told their password and owes the second step, or is just showing a passkey.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
            {
                KeepInNewsroom(options.Cookie, "newsroom-step");
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                options.SlidingExpiration = false;
            })
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme, options =>
            {
                KeepInNewsroom(options.Cookie, "newsroom-computer");
                options.ExpireTimeSpan = TimeSpan.FromDays(30);
                options.SlidingExpiration = false;
                options.Events.OnValidatePrincipal = SecurityStampValidator.ValidateAsync<ITwoFactorSecurityStampValidator>;
            })
            // Who has just come back from a sign-in elsewhere.
            .AddCookie(IdentityConstants.ExternalScheme, options =>
            {
                KeepInNewsroom(options.Cookie, "newsroom-elsewhere");
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                options.SlidingExpiration = false;
            });
        if (openId.IsThere())
            authentication.AddOpenId(openId);
        // Asked on every request: someone shown the door, or given another role, notices at once.
        // Below zero, since another node's clock may be a little ahead of ours.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromHours(-1));

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Rights.Editors, policy => policy.RequireRole(nameof(Role.Editor), nameof(Role.ChiefEditor)))
            .AddPolicy(Rights.EditorsOfAll, policy => policy.RequireAssertion(context => context.User.IsEditorOfAll()))
            .AddPolicy(Rights.ChiefEditors, policy => policy.RequireRole(nameof(Role.ChiefEditor)));

        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-Newsroom-Form";
            KeepInNewsroom(options.Cookie, "newsroom-form");
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("LondonDefender");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = new KeysInDatabase(provider.GetRequiredService<IDbContextFactory<NewsroomDb>>())));
        services.AddSingleton<FirstRun>();
        services.AddScoped<StaffDesk>();
        services.AddScoped<OwnSignIn>();
        services.AddSingleton<Visits>();
    }

    public static void UseStaff(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void HowAccountsWork(IdentityOptions options)
    {
        options.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";
        // Length is what makes a password strong; rules about digits and signs make people write it down.
        options.Password.RequiredLength = 12;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 5;
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
    }

    internal static void KeepInNewsroom(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        // Never sent with a reader's page.
        cookie.Path = "/desk";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static void HowSignInIsKept(CookieAuthenticationOptions options)
    {
        KeepInNewsroom(options.Cookie, "newsroom");
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.AccessDeniedPath = NotAllowedPath;
        options.ReturnUrlParameter = ReturnTo;
        options.Events.OnSigningIn = context => VisitsOf(context.HttpContext).BeginAsync(context);
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    private static Visits VisitsOf(HttpContext http) => http.RequestServices.GetRequiredService<Visits>();

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is null || await VisitsOf(context.HttpContext).GoesOnAsync(context))
            return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>A page leads to the sign-in; a call from a page, which cannot follow there, is told the status.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<NewsroomCall>() is null)
            context.Response.Redirect(context.RedirectUri);
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Carries name and role in the sign-in, made anew at each check.</summary>
    private sealed class PersonClaims(UserManager<Person> people, IOptions<IdentityOptions> options)
        : UserClaimsPrincipalFactory<Person>(people, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person person)
        {
            var identity = await base.GenerateClaimsAsync(person);
            identity.AddClaim(new(identity.RoleClaimType, person.Role.ToString()));
            identity.AddClaim(new(ClaimTypes.GivenName, person.Name));
            identity.AddClaims(person.SectionIds.Select(id => new Claim(Rights.SectionClaim, id.ToString(CultureInfo.InvariantCulture))));
            return identity;
        }
    }

    private sealed class KeysInDatabase(IDbContextFactory<NewsroomDb> newsroom) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var db = newsroom.CreateDbContext();
            return [.. db.ProtectionKeys.Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var db = newsroom.CreateDbContext();
            db.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
            db.SaveChanges();
        }
    }
}
