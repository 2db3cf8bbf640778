using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>
/// Full-text search over what was published: stems, folded accents, quoted phrases, slips forgiven. At most <see cref="Most"/> stories
/// are weighed for one question, the newest and those with the words in their headline, so that a frequent word costs what a rare one does.
/// </summary>
public static class ArchiveSearch
{
    public const int Most = 300;

    // A plan for whatever words may come would read most of the archive for some of them. And of a word it does not know while it plans,
    // PostgreSQL expects so many that it would look for the first without the index: through the whole archive in vain, if there is none.
    private const string PlannedForTheWords = "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true)";

    private const int MostInHeadings = 60;
    private const int PageSize = StoryList.PageSize;
    private const int FewHits = 3;

    public static async Task<SearchResult> FindAsync(NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        if (!query.IsAsked)
            return SearchResult.Nothing;

        // One connection for all the small questions that make up this one, and a transaction for its settings' sake.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlRawAsync(PlannedForTheWords, ct);
        var found = await FindAsWrittenAsync(db, query, frame, ct);
        if (query.Words.Length == 0 || query.IsLiteral || query.Page > 1 || found.Count > FewHits)
            return found;

        return found.Count == 0 ? await FindCorrectedAsync(db, query, frame, ct) ?? found : found with { Suggested = await SuggestAsync(db, query, frame, ct) };
    }

    private static async Task<SearchResult?> FindCorrectedAsync(NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        if (await SearchWords.CorrectAsync(db, query.Words, ct) is not { } corrected)
            return null;

        // Words are known from stories that are still to come or were withdrawn, too: only what is found may be spoken of.
        var found = await FindAsWrittenAsync(db, query with { Words = corrected }, frame, ct);
        return found.Count == 0 ? null : found with { Corrected = corrected };
    }

    private static async Task<string?> SuggestAsync(NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        if (await SearchWords.SuggestAsync(db, query.Words, ct) is not { } suggested || await SearchScope.OfAsync(db, query with { Words = suggested }, frame, ct) is not { } scope)
            return null;

        return (await WeighedAsync(db, scope, query, frame, ct)).Found.Count > FewHits ? suggested : null;
    }

    private static async Task<SearchResult> FindAsWrittenAsync(NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        if (await SearchScope.OfAsync(db, query, frame, ct) is not { } scope)
            return new() { Places = await SearchPlaces.OfAsync(db, query.AnyOfTheWords ?? query.Words, [], ct) };

        var (found, isCut, since) = await WeighedAsync(db, scope, query, frame, ct);
        var shown = found.Skip((query.Page - 1) * PageSize).Take(PageSize).Select(candidate => candidate.StoryId).ToArray();
        return new()
        {
            Hits = await HitsAsync(db, shown, scope.Words, frame.Now, ct),
            HasMore = found.Count > query.Page * PageSize,
            Count = found.Count,
            IsCut = isCut,
            Since = since is { } month ? new DateOnly(month / 12, (month % 12) + 1, 1) : null,
            // Where there is no story, a page whose name has any of the words is better than nothing.
            Places = await SearchPlaces.OfAsync(db, found.Count == 0 ? query.AnyOfTheWords ?? query.Words : query.Words, found, ct),
        };
    }

    /// <summary>The live stories of the scope in the order they are shown.</summary>
    private static async Task<(IReadOnlyList<SearchCandidate> Found, bool IsCut, int? Since)> WeighedAsync(
        NewsroomDb db, SearchScope scope, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        var archive = new SearchCandidates(db, scope, frame.Now);
        var (found, since) = await archive.GatherAsync(Most, inHeading: false, ct);
        var isCut = found.Count == Most;
        var isByNewest = query.NewestFirst || scope.Words is null;
        if ((isCut || since is not null) && !isByNewest)
            found = [.. found.UnionBy((await archive.GatherAsync(MostInHeadings, inHeading: true, ct)).Found, candidate => candidate.StoryId)];

        var ids = found.ConvertAll(candidate => candidate.StoryId);
        var live = (await db.Stories.Live(frame.Now).Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct)).ToHashSet();
        return ([.. found.Where(candidate => live.Contains(candidate.StoryId))
            .OrderByDescending(candidate => isByNewest ? 0 : Weight(candidate, frame.Now))
            .ThenByDescending(candidate => candidate.PublishedAt).ThenByDescending(candidate => candidate.StoryId)], isCut, since);
    }

    /// <summary>How near the words stand to each other and how high on the page; then news before history: ten years halve a story's weight.</summary>
    private static double Weight(SearchCandidate candidate, DateTimeOffset now) =>
        candidate.Rank * (candidate.IsInHeading ? 2 : 1) / (1 + Math.Max(0, (now - candidate.PublishedAt).TotalDays / 3_650));

    private static async Task<IReadOnlyList<SearchHit>> HitsAsync(NewsroomDb db, int[] ids, AskedWords? words, DateTimeOffset now, CancellationToken ct)
    {
        if (ids.Length == 0)
            return [];

        var texts = await (
            from brief in db.Stories.Live(now).Where(s => ids.Contains(s.Id)).Briefs(db, now)
            join entry in db.SearchEntries on brief.Id equals entry.StoryId
            select new { Brief = brief, Body = words == null ? "" : entry.Body.Substring(0, 100_000) }).ToDictionaryAsync(text => text.Brief.Id, ct);
        var excerpt = new Excerpt(words is null ? new Dictionary<string, string>()
            : await LexemesAsync(db, words.Lexemes, texts.Values.SelectMany(text => new[] { text.Brief.Headline, text.Brief.Standfirst, text.Body }), ct));

        return [.. ids.Where(texts.ContainsKey).Select(id => texts[id])
            .Select(text => new SearchHit(text.Brief, excerpt.Mark(text.Brief.Headline), excerpt.Of(text.Brief.Standfirst, text.Body)))];
    }

    /// <summary>Which words of the texts are among the stems, as PostgreSQL itself bends them. Only words that begin alike are asked about.</summary>
    private static async Task<Dictionary<string, string>> LexemesAsync(NewsroomDb db, string[] lexemes, IEnumerable<string> texts, CancellationToken ct)
    {
        var beginnings = lexemes.Select(lexeme => lexeme[0]).ToHashSet();
        var collected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
            Excerpt.CollectWords(text, beginnings, collected);

        string[] words = [.. collected];
        return await db.Database.SqlQuery<BentWord>($"""
            SELECT word AS "Word", min(lexeme) AS "Lexeme"
            FROM unnest({words}) AS word, LATERAL unnest(tsvector_to_array(to_tsvector('newsroom', word))) AS lexeme
            WHERE lexeme = ANY ({lexemes}) GROUP BY word
            """).ToDictionaryAsync(bent => bent.Word, bent => bent.Lexeme, StringComparer.Ordinal, ct);
    }

    private sealed record BentWord(string Word, string Lexeme);
}
