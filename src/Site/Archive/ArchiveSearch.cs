using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>Full-text search over what was published: stems, folded accents, quoted phrases, best and newest first.</summary>
public static class ArchiveSearch
{
    private const int PageSize = 20;

    public static async Task<(IReadOnlyList<SearchHit> Hits, bool HasMore)> FindAsync(
        NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        if (query.Words.Length == 0)
            return query.IsNarrowed ? await NewestAsync(db, query, frame, ct) : ([], false);

        var words = SearchHit.WithoutMarks(query.Words);
        var found = await Matching(db, query, words, frame)
            .Skip((query.Page - 1) * PageSize).Take(PageSize + 1)
            .ToListAsync(ct);

        int[] ids = [.. found.Take(PageSize)];
        var briefs = await db.Stories.Live(frame.Now).Where(s => ids.Contains(s.Id)).Briefs(db, frame.Now).ToDictionaryAsync(b => b.Id, ct);
        var marked = await MarkedAsync(db, ids, words, ct);
        return ([.. ids.Where(id => briefs.ContainsKey(id) && marked.ContainsKey(id)).Select(id => new SearchHit(briefs[id], marked[id].Headline, marked[id].Excerpt))],
            found.Count > PageSize);
    }

    /// <summary>Without words, a section or days are an answer too: all of it, newest first.</summary>
    private static async Task<(IReadOnlyList<SearchHit> Hits, bool HasMore)> NewestAsync(
        NewsroomDb db, SearchQuery query, PaperFrame frame, CancellationToken ct)
    {
        var found = await Narrowed(db, query, frame).Briefs(db, frame.Now).NewestFirst()
            .Skip((query.Page - 1) * PageSize).Take(PageSize + 1).ToListAsync(ct);
        return ([.. found.Take(PageSize).Select(story => new SearchHit(story, SearchHit.WithoutMarks(story.Headline), SearchHit.WithoutMarks(story.Standfirst)))], found.Count > PageSize);
    }

    private static IQueryable<Story> Narrowed(NewsroomDb db, SearchQuery query, PaperFrame frame)
    {
        var live = db.Stories.Live(frame.Now);
        if (query.Section.Length > 0)
            live = live.Where(s => db.Sections.Any(section => section.Id == s.SectionId && section.Slug == query.Section));
        if (query.From is { } from)
        {
            var start = frame.Clock.StartOf(from).ToUniversalTime();
            live = live.Where(s => s.PublishAt >= start);
        }

        if (query.To is { } to)
        {
            var end = frame.Clock.StartOf(to.AddDays(1)).ToUniversalTime();
            live = live.Where(s => s.PublishAt < end);
        }

        return live;
    }

    private static IQueryable<int> Matching(NewsroomDb db, SearchQuery query, string words, PaperFrame frame) =>
        from story in Narrowed(db, query, frame)
        join entry in db.SearchEntries on story.Id equals entry.StoryId
        where entry.Vector.Matches(EF.Functions.WebSearchToTsQuery(NewsroomDb.SearchLanguage, words))
        orderby entry.Vector.RankCoverDensity(EF.Functions.WebSearchToTsQuery(NewsroomDb.SearchLanguage, words), NpgsqlTsRankingNormalization.DivideBy1PlusLogLength) descending,
            story.PublishAt descending, story.Id descending
        select story.Id;

    private static Task<Dictionary<int, MarkedText>> MarkedAsync(NewsroomDb db, int[] ids, string words, CancellationToken ct)
    {
        // The marks are taken out of the text first, so that only PostgreSQL's own can be turned into <mark>.
        var marks = $"{SearchHit.MarkStart}{SearchHit.MarkEnd}";
        var headline = $"StartSel={SearchHit.MarkStart}, StopSel={SearchHit.MarkEnd}, HighlightAll=true";
        var excerpt = $"StartSel={SearchHit.MarkStart}, StopSel={SearchHit.MarkEnd}, MaxFragments=2, MinWords=12, MaxWords=28, FragmentDelimiter=\" … \"";
        return db.Database.SqlQuery<MarkedText>($"""
            SELECT story_id AS "StoryId",
                   ts_headline('newsroom', translate(headline, {marks}, ''), asked, {headline}) AS "Headline",
                   ts_headline('newsroom', translate(standfirst || ' ' || left(body, 100000), {marks}, ''), asked, {excerpt}) AS "Excerpt"
            FROM search_entries, websearch_to_tsquery('newsroom', {words}) AS asked
            WHERE story_id = ANY({ids})
            """).ToDictionaryAsync(m => m.StoryId, ct);
    }

    private sealed record MarkedText(int StoryId, string Headline, string Excerpt);
}
