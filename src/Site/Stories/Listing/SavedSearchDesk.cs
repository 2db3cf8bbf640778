using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Listing;

/// <summary>The searches and sets that somebody keeps. What is refused is answered with a sentence.</summary>
public sealed class SavedSearchDesk(IDbContextFactory<NewsroomDb> newsroom)
{
    public async Task<List<SavedSearch>> OfAsync(int person, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await Of(db, person).AsNoTracking().ToListAsync(ct);
    }

    public Task<string?> KeepAsync(int person, string? name, ListAddress address, CancellationToken ct) => ChangeAsync(person, ct, (db, all) =>
    {
        var called = Named(name);
        if (called.Length == 0)
            return "Give the search a name.";
        if (!address.IsNarrowed)
            return "Nothing is filtered, so there is no search to keep.";
        if (address.Set.Length > 0)
            return "A set is kept already.";
        if (all.Find(search => search.Query == address.Query) is { } same)
            return $"You keep this search already, as “{same.Name}”.";
        if (all.Count >= SavedSearch.MostOfOnePerson)
            return TooMany;

        db.Add(new SavedSearch { PersonId = person, Name = called, Query = address.Query, Position = Last(all) + 1 });
        return null;
    });

    public Task<string?> RenameAsync(int person, int id, string? name, CancellationToken ct) => ChangeAsync(person, ct, (_, all) =>
    {
        var called = Named(name);
        if (called.Length == 0)
            return "Give the search a name.";
        if (all.Find(search => search.Id == id) is not { } mine)
            return Gone;

        mine.Name = called;
        return null;
    });

    /// <param name="by">-1 for one place forward, 1 for one back.</param>
    public Task<string?> MoveAsync(int person, int id, int by, CancellationToken ct) => ChangeAsync(person, ct, (_, all) =>
    {
        var at = all.FindIndex(search => search.Id == id);
        if (at < 0)
            return Gone;

        var to = Math.Clamp(at + by, 0, all.Count - 1);
        var moved = all[at];
        all.RemoveAt(at);
        all.Insert(to, moved);
        for (var place = 0; place < all.Count; place++)
            all[place].Position = place;
        return null;
    });

    public Task<string?> RemoveAsync(int person, int id, CancellationToken ct) => ChangeAsync(person, ct, (db, all) =>
    {
        if (all.Find(search => search.Id == id) is { } mine)
            db.Remove(mine);
        return null;
    });

    /// <param name="setId">Null for a new set.</param>
    public Task<string?> PutIntoSetAsync(int person, int? setId, string name, int[] stories, CancellationToken ct) => ChangeAsync(person, ct, (db, all) =>
    {
        var set = all.Find(search => search.IsSet && (setId is null ? search.Name == name : search.Id == setId));
        if (set is null && setId is not null)
            return Gone;
        if (set is null && all.Count >= SavedSearch.MostOfOnePerson)
            return TooMany;

        if (set is null)
            db.Add(set = SavedSearch.NewSet(person, name, Last(all) + 1));
        if (set.StoryIds!.Union(stories).Count() > SavedSearch.MostInSet)
            return $"A set takes {SavedSearch.MostInSet} stories at most.";

        foreach (var story in stories)
            set.Put(story);
        return null;
    });

    public Task<string?> TakeOutOfSetAsync(int person, int setId, int[] stories, CancellationToken ct) => ChangeAsync(person, ct, (_, all) =>
    {
        if (all.Find(search => search.IsSet && search.Id == setId) is not { } set)
            return Gone;

        foreach (var story in stories)
            set.TakeOut(story);
        return null;
    });

    private const string Gone = "You do not keep that any more.";

    private static readonly string TooMany = $"{SavedSearch.MostOfOnePerson} searches and sets are the most that one person keeps. Remove one first.";

    /// <summary>One person's own, and saved only where nothing was refused.</summary>
    private async Task<string?> ChangeAsync(int person, CancellationToken ct, Func<NewsroomDb, List<SavedSearch>, string?> change)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = await db.Database.BeginTransactionAsync(ct);
        // Two tabs of one person take turns.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(1043, {person})", ct);
        if (change(db, await Of(db, person).ToListAsync(ct)) is { } problem)
            return problem;

        await db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return null;
    }

    private static IQueryable<SavedSearch> Of(NewsroomDb db, int person) => db.SavedSearches.Where(s => s.PersonId == person).OrderBy(s => s.Position).ThenBy(s => s.Id);

    private static int Last(List<SavedSearch> all) => all.Count == 0 ? 0 : all.Max(search => search.Position);

    private static string Named(string? name) => PlainWords.Cut(PlainWords.OneLine(name), SavedSearch.LongestName);
}
