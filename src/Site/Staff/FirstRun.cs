using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Staff;

/// <summary>The one-time link that makes the first chief editor of a paper nobody works at yet.</summary>
public sealed class FirstRun(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock)
{
    /// <summary>A new link's key, or null when somebody works here already.</summary>
    public async Task<string?> NewLinkAsync(CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await db.Users.AnyAsync(ct))
            return null;

        var (invitation, key) = Invitation.ForFirstRun(clock.GetUtcNow());
        db.Add(invitation);
        await db.SaveChangesAsync(ct);
        return key;
    }
}
