using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>What a reader asked the search for, as the address has it.</summary>
public sealed record SearchAddress
{
    public string? Q { get; init; }
    public string? Section { get; init; }
    public string? Topic { get; init; }
    public string? Writer { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Order { get; init; }
    public string? Exact { get; init; }
    public string? Page { get; init; }
}

public static class SearchEndpoint
{
    public static async Task<IResult> AnswerAsync([AsParameters] SearchAddress address, NewsroomDb db, PaperFrames frames, CancellationToken ct)
    {
        var frame = await frames.DrawAsync(ct);
        if (StoryLists.PageAsked(address.Page) is not { } number)
            return await NotFoundEndpoint.AnswerAsync(db, frames, ct);

        var (query, problem) = Read(address, number);
        query = query with { Topic = (await TopicNames.BySlugAsync(db, query.Topic, ct))?.Slug ?? query.Topic };
        var filters = await SearchFilters.OfAsync(db, query, ct);
        problem ??= filters.WhatIsUnknown(PlainWords.OneLine(address.Topic), PlainWords.OneLine(address.Writer), query);
        return new RazorComponentResult<SearchPage>(new
        {
            Frame = frame,
            Query = query,
            Filters = filters,
            Result = problem is null ? await ArchiveSearch.FindAsync(db, query, frame, ct) : SearchResult.Nothing,
            Problem = problem,
        });
    }

    private static (SearchQuery Query, string? Problem) Read(SearchAddress address, int page)
    {
        var words = PlainWords.OneLine(address.Q);
        string? problem = null;
        if (words.Length > SearchQuery.LongestWords)
        {
            words = words[..SearchQuery.LongestWords];
            problem = ReadersWords.LongQuestion(SearchQuery.LongestWords);
        }

        var query = new SearchQuery
        {
            Words = PlainWords.Clean(words),
            Section = PlainWords.Cut(PlainWords.OneLine(address.Section), StoryText.LongestLabel),
            Topic = SlugOf(address.Topic),
            Writer = SlugOf(address.Writer),
            From = Date(address.From),
            To = Date(address.To),
            NewestFirst = address.Order == "newest",
            IsLiteral = address.Exact == "yes",
            Page = page,
        };
        if (Unreadable(address.From, query.From) || Unreadable(address.To, query.To))
            problem ??= ReadersWords.DateNotUnderstood;
        if (query.From > query.To)
            problem ??= ReadersWords.DaysTheWrongWayRound;
        return (query, problem);
    }

    /// <summary>Links have the slug; a reader types the name.</summary>
    private static string SlugOf(string? name) => PlainWords.OneLine(name) is { Length: > 0 } written ? Slugs.From(PlainWords.Cut(written, StoryText.LongestLabel)) : "";

    private static DateOnly? Date(string? date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1000 and <= 9000 ? day : null;

    private static bool Unreadable(string? written, DateOnly? read) => !string.IsNullOrWhiteSpace(written) && read is null;
}

/// <summary>The filters by name, as the search page shows them.</summary>
public sealed record SearchFilters(IReadOnlyList<Section> Sections, string Topic, string Writer)
{
    public static async Task<SearchFilters> OfAsync(NewsroomDb db, SearchQuery query, CancellationToken ct) => new(
        await db.Sections.AsNoTracking().OrderBy(s => s.Position).ToListAsync(ct),
        query.Topic.Length == 0 ? "" : await db.Topics.Where(t => t.Slug == query.Topic).Select(t => t.Name).SingleOrDefaultAsync(ct) ?? "",
        query.Writer.Length == 0 ? "" : await db.Writers.Where(w => w.Slug == query.Writer).Select(w => w.Name).SingleOrDefaultAsync(ct) ?? "");

    public string? WhatIsUnknown(string topicWritten, string writerWritten, SearchQuery query) => this switch
    {
        _ when query.Topic.Length > 0 && Topic.Length == 0 => ReadersWords.NoTopicCalled(topicWritten),
        _ when query.Writer.Length > 0 && Writer.Length == 0 => ReadersWords.NoWriterCalled(writerWritten),
        _ => null,
    };
}
