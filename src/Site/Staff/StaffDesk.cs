using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LondonDefender.Staff;

/// <summary>People and invitations. The context is the one Identity works on, so that an account and its invitation are one save.</summary>
public sealed class StaffDesk(NewsroomDb db, UserManager<Person> people, TimeProvider clock, ILogger<StaffDesk> log)
{
    private const string LinkIsDead = "This link has been used already, or has run out. Ask the chief editor for a new one.";

    public Task<List<Person>> EverybodyAsync(CancellationToken ct = default) => db.Users.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(ct);

    public async Task<IReadOnlyList<Invitation>> OpenInvitationsAsync(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        return await db.Invitations.Where(i => i.UsedAt == null && !i.IsFirstRun && i.PersonId == null && i.ExpiresAt > now).OrderBy(i => i.CreatedAt).ToListAsync(ct);
    }

    /// <summary>The key of a new one-time link; shown once, kept only as a hash.</summary>
    public async Task<string> InviteAsync(string name, Role role, CancellationToken ct = default)
    {
        var (invitation, key) = Invitation.For(PlainWords.OneLine(name), role, clock.GetUtcNow());
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        log.LogInformation("A {Role} was invited", role);
        return key;
    }

    /// <summary>The key of a link by which someone who cannot come in any more chooses a new password; an older link is dead then. Null when they have left.</summary>
    public async Task<string?> GiveWayBackAsync(int id, CancellationToken ct = default)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.IsActive, ct) is not { } person)
            return null;

        await db.Invitations.Where(i => i.PersonId == id && i.UsedAt == null).ExecuteDeleteAsync(ct);
        var (invitation, key) = Invitation.ForWayBack(id, person.Name, person.Role, clock.GetUtcNow());
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        log.LogInformation("Person {PersonId} was given a way back in", id);
        return key;
    }

    /// <summary>A new password; second step and passkeys, which may be in other hands, are gone, and so is every sign-in.</summary>
    public async Task<(Person? Person, IReadOnlyList<string> Problems)> ComeBackAsync(string key, string password, CancellationToken ct = default)
    {
        await using var turn = await TakeTurnAsync(ct);
        if (await FindInvitationAsync(key, ct) is not { PersonId: { } id } invitation || await people.Users.SingleOrDefaultAsync(p => p.Id == id && p.IsActive, ct) is not { } person)
            return (null, [LinkIsDead]);

        // Every sign-in ends with the password it was made by.
        await people.RemovePasswordAsync(person);
        if (await people.AddPasswordAsync(person, password) is { Succeeded: false } refused)
            return (null, [.. refused.Errors.Select(InWords)]);

        foreach (var passkey in await people.GetPasskeysAsync(person))
            await people.RemovePasskeyAsync(person, passkey.CredentialId);
        await people.EndSecondStepAsync(person);
        await people.SetLockoutEndDateAsync(person, null);
        await people.ResetAccessFailedCountAsync(person);
        await UseAsync(invitation, ct);
        await turn.CommitAsync(ct);
        log.LogInformation("Person {PersonId} came back in by a link", id);
        return (person, []);
    }

    public async Task TakeInvitationBackAsync(int id, CancellationToken ct = default)
    {
        db.RemoveRange(await db.Invitations.Where(i => i.Id == id && i.UsedAt == null && !i.IsFirstRun).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The invitation a key opens, or null when there is none, or it is used up.</summary>
    public async Task<Invitation?> FindInvitationAsync(string? key, CancellationToken ct = default)
    {
        if (string.IsNullOrEmpty(key))
            return null;

        var hash = Invitation.Hash(key);
        // Untracked, so that a second look sees what another request did to it meanwhile.
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.KeyHash == hash, ct);
        if (invitation is null || !invitation.IsOpenAt(clock.GetUtcNow()))
            return null;

        return invitation.IsFirstRun && await db.Users.AnyAsync(ct) ? null : invitation;
    }

    /// <summary>Makes the account an invitation promises. Two uses at one moment make one account.</summary>
    public async Task<(Person? Person, IReadOnlyList<string> Problems)> AcceptAsync(
        string key, string signInName, string name, string password, CancellationToken ct = default)
    {
        await using var turn = await TakeTurnAsync(ct);
        if (await FindInvitationAsync(key, ct) is not { PersonId: null } invitation)
            return (null, [LinkIsDead]);

        var fullName = PlainWords.OneLine(name);
        if (fullName.Length is 0 or > 100)
            return (null, ["Say your name as colleagues know it, in up to 100 characters."]);

        if (signInName.Length > 100)
            return (null, ["The name to sign in with has up to 100 characters."]);

        var person = new Person { UserName = PlainWords.OneLine(signInName), Name = fullName, Role = invitation.Role };
        var made = await people.CreateAsync(person, password);
        if (!made.Succeeded)
            return (null, [.. made.Errors.Select(InWords)]);

        await UseAsync(invitation, ct);
        await turn.CommitAsync(ct);
        log.LogInformation("Person {PersonId} joined as {Role}", person.Id, person.Role);
        return (person, []);
    }

    private async Task UseAsync(Invitation invitation, CancellationToken ct)
    {
        invitation.Use(clock.GetUtcNow());
        await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.UsedAt, invitation.UsedAt), ct);
    }

    /// <summary>A sentence when it cannot be done, else null.</summary>
    public async Task<string?> ChangeRoleAsync(int id, Role role, CancellationToken ct = default)
    {
        var problem = await ChangeAsync(id, keepsChief: role == Role.ChiefEditor, person => person.Role = role, ct);
        if (problem is null)
            log.LogInformation("Person {PersonId} is now {Role}", id, role);
        return problem;
    }

    /// <summary>Of which sections somebody is editor; none named means all. A sentence when it cannot be done, else null.</summary>
    public async Task<string?> ChangeSectionsAsync(int id, IReadOnlyCollection<int> sections, CancellationToken ct = default)
    {
        int[] known = [.. await db.Sections.Where(s => sections.Contains(s.Id)).Select(s => s.Id).Order().ToListAsync(ct)];
        // With none named they would be editor of all.
        if (sections.Count > 0 && known.Length == 0)
            return "Those sections are gone; look again which there are.";

        var problem = await ChangeAsync(id, keepsChief: true, person => person.SectionIds = known, ct);
        if (problem is null)
            log.LogInformation("Person {PersonId} is now of {Count} sections", id, known.Length);
        return problem;
    }

    /// <summary>Signed out of every browser. A sentence when it cannot be done, else null.</summary>
    public async Task<string?> SignOutEverywhereAsync(int id, CancellationToken ct = default)
    {
        var problem = await ChangeAsync(id, keepsChief: true, _ => { }, ct);
        if (problem is null)
            log.LogInformation("Person {PersonId} was signed out everywhere", id);
        return problem;
    }

    /// <summary>Someone who has left keeps their stories and history, but cannot come in.</summary>
    public async Task<string?> SetActiveAsync(int id, bool isActive, CancellationToken ct = default)
    {
        var problem = await ChangeAsync(id, keepsChief: isActive, person => person.IsActive = isActive, ct);
        if (problem is null)
            log.LogInformation("Person {PersonId} is {State}", id, isActive ? "back" : "shut out");
        return problem;
    }

    private async Task<string?> ChangeAsync(int id, bool keepsChief, Action<Person> change, CancellationToken ct)
    {
        await using var turn = await TakeTurnAsync(ct);
        if (await people.Users.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            return "That person is not on the staff any more.";
        if (!keepsChief && await IsLastChiefAsync(person, ct))
            return "The paper needs one chief editor; make somebody else chief editor first.";

        change(person);
        if (!(await people.UpdateSecurityStampAsync(person)).Succeeded)
            return "Somebody else changed this person just now; look again.";

        await turn.CommitAsync(ct);
        return null;
    }

    /// <summary>Changes to the staff take turns: two uses of one link, or two chief editors who demote each other, must not cross.</summary>
    private async Task<IDbContextTransaction> TakeTurnAsync(CancellationToken ct)
    {
        var turn = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(1043)", ct);
        return turn;
    }

    private async Task<bool> IsLastChiefAsync(Person person, CancellationToken ct) =>
        person is { Role: Role.ChiefEditor, IsActive: true }
        && !await db.Users.AnyAsync(p => p.Id != person.Id && p.Role == Role.ChiefEditor && p.IsActive, ct);

    public static string InWords(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => "Somebody signs in with that name already; choose another.",
        nameof(IdentityErrorDescriber.InvalidUserName) => "The name to sign in with may have letters, digits and - . _ @ + only.",
        nameof(IdentityErrorDescriber.PasswordTooShort) => "The password needs at least 12 characters. A short sentence is good.",
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => "The password needs at least five different characters.",
        nameof(IdentityErrorDescriber.PasswordMismatch) => "That is not your present password.",
        _ => error.Description,
    };
}
