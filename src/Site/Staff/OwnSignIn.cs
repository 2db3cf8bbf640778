using System.Buffers.Text;
using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Paper;
using Microsoft.AspNetCore.Identity;
using QRCoder;

namespace LondonDefender.Staff;

/// <summary>What people settle about their own coming in: password, second step, passkeys, other sign-ins.</summary>
public sealed class OwnSignIn(UserManager<Person> people, SignInManager<Person> signIn, ILogger<OwnSignIn> log)
{
    private const int RecoveryCodes = 10;

    public const int LongestPasskeyName = 60;

    /// <summary>A sentence when it cannot be done, else null. Whoever is signed in elsewhere is signed out there.</summary>
    public async Task<string?> ChangePasswordAsync(Person person, string present, string next)
    {
        var changed = await people.ChangePasswordAsync(person, present, next);
        if (!changed.Succeeded)
            return StaffDesk.InWords(changed.Errors.First());

        log.LogInformation("Person {PersonId} has a new password", person.Id);
        await signIn.RefreshSignInAsync(person);
        return null;
    }

    /// <summary>A key for the telephone, which is asked for nothing before it has shown a number made with it.</summary>
    public async Task MakeKeyAsync(Person person)
    {
        await people.ResetAuthenticatorKeyAsync(person);
        // A new key is a new stamp, and would end the visit it was made in.
        await signIn.RefreshSignInAsync(person);
    }

    /// <summary>What the telephone is to be told; null before there is a key.</summary>
    public async Task<AuthenticatorKey?> KeyAsync(Person person, PaperSettings paper) => await people.GetAuthenticatorKeyAsync(person) is { } key
        ? new(key, $"otpauth://totp/{Uri.EscapeDataString(paper.Name)}:{Uri.EscapeDataString(person.UserName!)}?secret={key}&issuer={Uri.EscapeDataString(paper.Name)}&digits=6")
        : null;

    /// <summary>Codes that open once each when the telephone is lost; null when the number was not the telephone's.</summary>
    public async Task<IReadOnlyList<string>?> BeginSecondStepAsync(Person person, string number)
    {
        if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, Digits(number)))
            return null;

        await people.SetTwoFactorEnabledAsync(person, true);
        log.LogInformation("Person {PersonId} signs in with a second step", person.Id);
        return await NewRecoveryCodesAsync(person);
    }

    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Person person)
    {
        var codes = await people.GenerateNewTwoFactorRecoveryCodesAsync(person, RecoveryCodes);
        await signIn.RefreshSignInAsync(person);
        return [.. codes!];
    }

    public async Task EndSecondStepAsync(Person person)
    {
        await people.EndSecondStepAsync(person);
        log.LogInformation("Person {PersonId} signs in without a second step", person.Id);
        await signIn.RefreshSignInAsync(person);
    }

    /// <summary>What the browser is asked for, as JSON.</summary>
    public Task<string> AskForPasskeyAsync(Person person) =>
        signIn.MakePasskeyCreationOptionsAsync(new() { Id = person.Id.ToString(CultureInfo.InvariantCulture), Name = person.UserName!, DisplayName = person.Name });

    /// <summary>A sentence when it cannot be done, else null.</summary>
    public async Task<string?> AddPasskeyAsync(Person person, string name, string credential)
    {
        if (await AnsweredAsync(() => signIn.PerformPasskeyAttestationAsync(credential)) is not { Succeeded: true } made)
            return "That passkey could not be taken. Try again.";

        made.Passkey.Name = PlainWords.Cut(PlainWords.OneLine(name), LongestPasskeyName) is { Length: > 0 } given ? given : "Passkey";
        await people.AddOrUpdatePasskeyAsync(person, made.Passkey);
        log.LogInformation("Person {PersonId} has a new passkey", person.Id);
        return null;
    }

    public async Task RemovePasskeyAsync(Person person, string id)
    {
        if (!Base64Url.IsValid(id))
            return;

        await people.RemovePasskeyAsync(person, Base64Url.DecodeFromChars(id));
        log.LogInformation("Person {PersonId} has removed a passkey", person.Id);
    }

    /// <summary>The person whose passkey it is, now signed in; null when it opens nothing.</summary>
    public async Task<Person?> SignInByPasskeyAsync(string credential)
    {
        if (await AnsweredAsync(() => signIn.PerformPasskeyAssertionAsync(credential)) is not { Succeeded: true, User: { IsActive: true } person } shown)
            return null;

        await people.AddOrUpdatePasskeyAsync(person, shown.Passkey);
        await signIn.SignInAsync(person, isPersistent: true, "passkey");
        return person;
    }

    /// <summary>Null where nothing was asked before, or what came is no answer to it.</summary>
    private static async Task<T?> AnsweredAsync<T>(Func<Task<T>> look) where T : class
    {
        try
        {
            return await look();
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or PasskeyException)
        {
            return null;
        }
    }

    public async Task SignOutEverywhereElseAsync(Person person)
    {
        await people.UpdateSecurityStampAsync(person);
        await signIn.RefreshSignInAsync(person);
    }

    public static string Digits(string? number) => new([.. (number ?? "").Where(char.IsAsciiDigit)]);
}

public static class SecondStep
{
    /// <summary>The telephone's key is forgotten with it.</summary>
    public static async Task EndSecondStepAsync(this UserManager<Person> people, Person person)
    {
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.RemoveAuthenticationTokenAsync(person, "[AspNetUserStore]", "AuthenticatorKey");
    }
}

/// <param name="Words">For typing; in groups of four it is easier to read.</param>
/// <param name="Address">For the picture that telephones read.</param>
public sealed record AuthenticatorKey(string Words, string Address)
{
    public string InGroups => string.Join(' ', Words.Chunk(4).Select(group => new string(group)));

    public string Picture()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(code).GetGraphic(4, "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
