using System.Security.Cryptography;
using LondonDefender.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>Whoever wants mail shows that the address is theirs, by a link that is sent there and works for them alone.</summary>
public sealed class MailConfirmation(IDbContextFactory<NewsroomDb> newsroom, Postman post, IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Holds = TimeSpan.FromDays(2);

    private ITimeLimitedDataProtector Proofs => protection.CreateProtector("mail-address").ToTimeLimitedDataProtector();

    /// <param name="origin">Where the newsroom is found.</param>
    /// <returns>Whether the server for mail has taken the letter.</returns>
    public Task<bool> AskAsync(int person, string address, string origin, CancellationToken ct)
    {
        var proof = Proofs.Protect(FormattableString.Invariant($"{person} {address}"), Holds);
        return post.SendAsync(
            address, "Is this your address?", $"Somebody in the newsroom, you we hope, wants its notices sent here. If so, open this within two days, signed in:\n\n{origin}/desk/notices?confirm={proof}\n\nIf not, do nothing, and no further mail comes.\n", ct);
    }

    /// <returns>False where the link is another person's, too old, or for an address that they have changed since.</returns>
    public async Task<bool> ConfirmAsync(int person, string proof, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var wish = await db.MailWishes.SingleOrDefaultAsync(w => w.PersonId == person, ct);
        if (wish is null || SaidBy(proof) != FormattableString.Invariant($"{person} {wish.Address}"))
            return false;

        wish.Confirm(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return true;
    }

    private string? SaidBy(string proof)
    {
        try
        {
            return Proofs.Unprotect(proof);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
