using System.Globalization;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.ReadMore;

/// <summary>The picker's search over the whole own archive, as the editor types: every state, headline matches before others, newest first.</summary>
public static class StoryFinder
{
    private const int Shown = 12;

    private static readonly Words InHeadlines = new("to_tsvector('newsroom_words'::regconfig, draft_headline)", 5_000);
    private static readonly Words InWholeTexts = new("draft_vector", 2_000);

    public static async Task<IReadOnlyList<StoryHit>> FindAsync(NewsroomDb db, string words, int notThis, DateTimeOffset now, CancellationToken ct)
    {
        var ids = words.Trim().Length == 0 ? await NewestAsync(db, notThis, ct) : await NewestAsync(db, HalfTyped.Query(words), notThis, ct);
        var hits = await LinkReports.HitsAsync(db, [.. ids], now, ct);
        return [.. ids.Where(hits.ContainsKey).Select(id => hits[id])];
    }

    /// <summary>The story an editor means by its number, or by words of its headline; null when there is none.</summary>
    public static async Task<int?> ByWordsOrNumberAsync(NewsroomDb db, string words, DateTimeOffset now, CancellationToken ct)
    {
        if (int.TryParse(words, CultureInfo.InvariantCulture, out var number) && await db.Stories.AnyAsync(s => s.Id == number, ct))
            return number;

        return (await FindAsync(db, words, 0, now, ct)).FirstOrDefault()?.Id;
    }

    private static Task<List<int>> NewestAsync(NewsroomDb db, int notThis, CancellationToken ct) =>
        db.Stories.Where(s => s.Id != notThis && s.Draft.Headline != "")
            .OrderByDescending(s => s.PublishAt ?? s.SavedAt).ThenByDescending(s => s.Id)
            .Select(s => s.Id).Take(Shown).ToListAsync(ct);

    private static async Task<List<int>> NewestAsync(NewsroomDb db, string query, int notThis, CancellationToken ct)
    {
        if (query.Length == 0)
            return [];

        var ids = await NewestAsync(db, InHeadlines, query, notThis, ct);
        return ids.Count == Shown ? ids : [.. ids.Concat(await NewestAsync(db, InWholeTexts, query, notThis, ct)).Distinct().Take(Shown)];
    }

    /// <summary>
    /// Words that many stories have are met soon on the way back from the newest; those that are not are in few stories, which the index finds at once. PostgreSQL cannot
    /// tell one from the other of words half typed, and would read the whole archive.
    /// </summary>
    private static async Task<List<int>> NewestAsync(NewsroomDb db, Words words, string query, int notThis, CancellationToken ct)
    {
        var soon = await db.Database.SqlQueryRaw<int>(words.Soon, notThis, query).ToListAsync(ct);
        if (soon.Count == Shown)
            return soon;

        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off", ct);
        return await db.Database.SqlQueryRaw<int>(words.All, notThis, query).ToListAsync(ct);
    }

    /// <param name="vector">As the index has it.</param>
    /// <param name="wayBack">How many of the newest stories are looked at one by one. What is not met among them as often as is shown has few matches to be put in order.</param>
    private sealed class Words(string vector, int wayBack)
    {
        public string Soon { get; } = $$"""
            SELECT id AS "Value" FROM (
                SELECT id, {{vector}} AS words FROM stories WHERE id <> {0} AND draft_headline <> '' ORDER BY COALESCE(publish_at, saved_at) DESC, id DESC LIMIT {{wayBack}}) AS newest
            WHERE words @@ to_tsquery('newsroom_words', {1}) LIMIT {{Shown}}
            """;

        public string All { get; } = $$"""
            WITH found AS MATERIALIZED (
                SELECT id, COALESCE(publish_at, saved_at) AS moment FROM stories WHERE {{vector}} @@ to_tsquery('newsroom_words', {1}) AND id <> {0} AND draft_headline <> '')
            SELECT id AS "Value" FROM found ORDER BY moment DESC, id DESC LIMIT {{Shown}}
            """;
    }
}
