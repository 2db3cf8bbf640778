using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>What the newsroom does with a picture once it is in: says things about it, chooses what crops keep, throws away what nobody uses.</summary>
public sealed class PictureDesk(IDbContextFactory<NewsroomDb> newsroom, PictureStore store, ILogger<PictureDesk> log)
{
    /// <param name="seen">The <see cref="PictureDetails.Mark"/> of what the editor saw; when a colleague has changed that, nothing is written.</param>
    public Task<PictureOutcome> RewordAsync(int id, Func<PictureDetails, PictureDetails> change, string? seen = null, CancellationToken ct = default) =>
        ChangeAsync(id, ct, async (db, picture) =>
        {
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

    /// <summary>With its files: who takes a picture back may want no copy of it to be left.</summary>
    public async Task<PictureOutcome> DeleteAsync(int id, CancellationToken ct = default)
    {
        var outcome = await ChangeAsync(id, ct, async (db, picture) =>
        {
            if (!await WhereUsed.UnusedIn(db).AnyAsync(p => p.Id == id, ct))
                return new PictureOutcome.Refused("A story or a writer shows this picture, so it stays. Take it out there first.");

            db.Remove(picture);
            await db.SaveChangesAsync(ct);
            log.LogInformation("Picture {PictureId} was deleted", id);
            return new PictureOutcome.Done(picture);
        });
        if (outcome is PictureOutcome.Done { Picture: var gone })
            await ThrowAwayAsync(gone, ct);
        return outcome;
    }

    private async Task ThrowAwayAsync(Picture gone, CancellationToken ct)
    {
        foreach (var key in new[] { Rendition.Folder(gone.AddressHash), PictureStore.PrintKey(gone.FileHash), PictureStore.OriginalKey(gone.FileHash) })
        {
            try
            {
                await store.ThrowAwayAsync(key, ct);
            }
            catch (StoreAway problem)
            {
                log.LogWarning("{Key} of a deleted picture is left over: {Problem}", key, problem.Message);
            }
        }
    }

    /// <summary>In turn with the saving of stories: none may take a picture up while it is thrown away.</summary>
    private async Task<PictureOutcome> ChangeAsync(int id, CancellationToken ct, Func<NewsroomDb, Picture, Task<PictureOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await ReadMoreLinks.TakeTurnAsync(db, ct);
        if (await db.Pictures.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } picture)
            return new PictureOutcome.NotFound();

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

    public sealed record NotFound : PictureOutcome;
}
