using System.Globalization;
using System.Security.Claims;
using LondonDefender.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Staff;

/// <summary>Where people are signed in. A cookie is good as long as its visit goes on, so each can be ended by itself.</summary>
public sealed class Visits(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, IOptionsMonitor<CookieAuthenticationOptions> cookies, IOptions<IdentityOptions> identity, OpenIdOptions elsewhere)
{
    private const string Key = "visit";

    private static readonly TimeSpan SeenAgain = TimeSpan.FromMinutes(1);

    private TimeSpan Lifetime => cookies.Get(IdentityConstants.ApplicationScheme).ExpireTimeSpan;

    /// <summary>A new sign-in begins a visit; one that is only renewed, after a new password for instance, goes on.</summary>
    public async Task BeginAsync(CookieSigningInContext signIn)
    {
        var ct = signIn.HttpContext.RequestAborted;
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await FindAsync(db, signIn.Properties, PersonId(signIn.Principal!), ct) is { EndedAt: null } visit)
            visit.Stamp = Stamp(signIn.Principal!);
        else
        {
            // From here on the request is theirs, also for the audit log.
            signIn.HttpContext.User = signIn.Principal!;
            Begin(db, signIn.HttpContext, signIn.Principal!, signIn.Properties);
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>False when the visit was ended. A sign-in from before there were visits is given one.</summary>
    public async Task<bool> GoesOnAsync(CookieValidatePrincipalContext look)
    {
        var ct = look.HttpContext.RequestAborted;
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (!look.Properties.Items.ContainsKey(Key))
        {
            Begin(db, look.HttpContext, look.Principal!, look.Properties);
            await db.SaveChangesAsync(ct);
            look.ShouldRenew = true;
            return true;
        }

        if (await FindAsync(db, look.Properties, PersonId(look.Principal!), ct) is not { EndedAt: null } visit)
            return false;

        var now = clock.GetUtcNow();
        if (visit.SeenAt + SeenAgain <= now)
            await db.Visits.Where(v => v.Id == visit.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.SeenAt, now), ct);
        return true;
    }

    /// <summary>Open ones, the one of this request marked, last seen first.</summary>
    public async Task<IReadOnlyList<(Visit Visit, bool IsThis)>> OpenAsync(Person person, HttpContext http)
    {
        var here = (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties is { } properties ? IdIn(properties) : null;
        await using var db = await newsroom.CreateDbContextAsync(http.RequestAborted);
        var open = await Open(db.Visits.AsNoTracking().Where(v => v.PersonId == person.Id && v.Stamp == person.SecurityStamp)).ToListAsync(http.RequestAborted);
        return [.. open.OrderByDescending(v => v.Id == here).ThenByDescending(v => v.SeenAt).Select(v => (v, v.Id == here))];
    }

    /// <summary>How many browsers each person is signed in with; who is signed in nowhere is left out.</summary>
    public async Task<Dictionary<int, int>> CountAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await Open(db.Visits).Join(db.Users, v => new { Id = v.PersonId, Stamp = (string?)v.Stamp }, p => new { p.Id, Stamp = p.SecurityStamp }, (v, p) => v)
            .GroupBy(v => v.PersonId).ToDictionaryAsync(group => group.Key, group => group.Count(), ct);
    }

    /// <summary>Ends one of somebody's own.</summary>
    public async Task EndAsync(int personId, Guid id, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        (await db.Visits.SingleOrDefaultAsync(v => v.Id == id && v.PersonId == personId, ct))?.End(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    public async Task EndThisAsync(HttpContext http)
    {
        if ((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)) is { Succeeded: true } signedIn && IdIn(signedIn.Properties) is { } id)
            await EndAsync(PersonId(signedIn.Principal), id, http.RequestAborted);
    }

    private IQueryable<Visit> Open(IQueryable<Visit> visits)
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        return visits.Where(v => v.EndedAt == null && v.SeenAt > oldest);
    }

    private void Begin(NewsroomDb db, HttpContext http, ClaimsPrincipal who, AuthenticationProperties properties)
    {
        var visit = Visit.Begin(PersonId(who), Stamp(who), HowTheyCameIn(who), BrowserName.Of(http.Request.Headers.UserAgent), clock.GetUtcNow());
        properties.Items[Key] = visit.Id.ToString("N");
        db.Add(visit);
    }

    private static async Task<Visit?> FindAsync(NewsroomDb db, AuthenticationProperties properties, int personId, CancellationToken ct) =>
        IdIn(properties) is { } id ? await db.Visits.SingleOrDefaultAsync(v => v.Id == id && v.PersonId == personId, ct) : null;

    private static Guid? IdIn(AuthenticationProperties properties) => properties.Items.TryGetValue(Key, out var id) && Guid.TryParse(id, out var visit) ? visit : null;

    private static int PersonId(ClaimsPrincipal who) => int.Parse(who.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    private string Stamp(ClaimsPrincipal who) => who.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) ?? "";

    private string HowTheyCameIn(ClaimsPrincipal who) => who.FindFirstValue(ClaimTypes.AuthenticationMethod) switch
    {
        OpenId.Scheme => elsewhere.Name,
        { } method => method,
        null when who.HasClaim("amr", "mfa") => "password and number",
        _ => "password",
    };
}
