using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.ReadMore;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>What the newsroom does with a picture once it is in: says things about it, chooses what crops keep, throws away what nobody uses.</summary>
public sealed class PictureDesk(IDbContextFactory<NewsroomDb> newsroom, PictureStore store, ILogger<PictureDesk> log)
{
    /// <param name="seen">The <see cref="PictureDetails.Mark"/> of what the editor saw; when a colleague has changed that, nothing is written.</param>
    /// <param name="by">Whose right it takes; null for the paper itself.</param>
    public async Task<PictureOutcome> RewordAsync(
        int id, Func<PictureDetails, PictureDetails> change, string? seen = null, ClaimsPrincipal? by = null, CancellationToken ct = default)
    {
        var addressBefore = "";
        var outcome = await ChangeAsync(id, by, ct, async (db, picture) =>
        {
            addressBefore = picture.AddressHash;
            var present = PictureDetails.Of(picture);
            if (seen is not null && seen != present.Mark)
                return new PictureOutcome.Stale(picture);

            var words = change(present).Cleaned();
            if (words.WhyNot() is { } reason)
                return new PictureOutcome.Refused(reason);

            words.WriteOn(picture);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Picture {PictureId} was described anew", id);
            return new PictureOutcome.Done(picture);
        });
        if (outcome is PictureOutcome.Done { Picture: var picture } && picture.AddressHash != addressBefore)
            await ThrowAwayAsync(Rendition.Folder(addressBefore));
        return outcome;
    }

    /// <summary>With its files: who takes a picture back may want no copy of it to be left.</summary>
    /// <inheritdoc cref="RewordAsync" path="/param"/>
    public async Task<PictureOutcome> DeleteAsync(int id, ClaimsPrincipal? by = null, CancellationToken ct = default)
    {
        var outcome = await ChangeAsync(id, by, ct, async (db, picture) =>
        {
            if (!await WhereUsed.UnusedIn(db).AnyAsync(p => p.Id == id, ct))
                return new PictureOutcome.Refused("A story or a writer shows this picture, so it stays. Take it out there first.");

            db.Remove(picture);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Picture {PictureId} was deleted", id);
            return new PictureOutcome.Done(picture);
        });
        if (outcome is PictureOutcome.Done { Picture: var gone })
            await ThrowAwayAsync(gone);
        return outcome;
    }

    private async Task ThrowAwayAsync(Picture gone)
    {
        await using var db = await newsroom.CreateDbContextAsync(CancellationToken.None);
        await using var turn = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await FileTurn.TakeAsync(db, gone.FileHash, CancellationToken.None);
        // Sent in again meanwhile, its files are another picture's now.
        if (!await db.Pictures.AnyAsync(p => p.FileHash == gone.FileHash, CancellationToken.None))
            await ThrowAwayAsync(Rendition.Folder(gone.AddressHash), PictureStore.PrintKey(gone.FileHash), PictureStore.OriginalKey(gone.FileHash));
    }

    /// <summary>The change is made: nothing gives up half way through this, even if whoever asked has left.</summary>
    private async Task ThrowAwayAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            try
            {
                await store.ThrowAwayAsync(key, CancellationToken.None);
            }
            catch (StoreAway problem)
            {
                log.LogWarning("{Key} of an earlier picture is left over: {Problem}", key, problem.Message);
            }
        }
    }

    /// <summary>In turn with the saving of stories: none may take a picture up while it is thrown away.</summary>
    private async Task<PictureOutcome> ChangeAsync(int id, ClaimsPrincipal? by, CancellationToken ct, Func<NewsroomDb, Picture, Task<PictureOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        if (await db.Pictures.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } picture)
            return new PictureOutcome.NotFound();
        if (by is not null && !by.MayChange(picture, await WhereUsed.IsPublishedAsync(db, id, ct)))
            return new PictureOutcome.NotYours();

        var outcome = await apply(db, picture);
        if (outcome is PictureOutcome.Done)
            await turn.CommitAsync(ct);
        return outcome;
    }
}

/// <summary>What became of a change to a picture.</summary>
public abstract record PictureOutcome
{
    private PictureOutcome() { }

    public sealed record Done(Picture Picture) : PictureOutcome;

    /// <summary>A colleague changed it meanwhile; nothing was written.</summary>
    public sealed record Stale(Picture Picture) : PictureOutcome;

    public sealed record Refused(string Sentence) : PictureOutcome;

    public sealed record NotYours : PictureOutcome;

    public sealed record NotFound : PictureOutcome;
}
