using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Pictures;

/// <summary>
/// Files of one picture are brought in and thrown away in turns, with the row that speaks of them: a file sent in while its picture is
/// deleted would otherwise lose what it has just brought. Others need not wait for that, nor does the saving of stories.
/// </summary>
internal static class FileTurn
{
    // The place for files may be far away, and slow.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Until the end of the transaction. Call it first there.</summary>
    public static async Task TakeAsync(NewsroomDb db, string fileHash, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(Patience);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(1043, hashtext({fileHash}))", ct);
    }
}
