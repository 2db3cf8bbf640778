using System.Globalization;
using LondonDefender.Archive;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Sections;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Feeds;

/// <summary>What a program asks the read API for, as it wrote it.</summary>
public sealed record StoriesAsked
{
    public const int LargestPage = 100;
    public const int UsualPage = 20;

    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public string? Section { get; init; }
    public string? Topic { get; init; }
    public string? Writer { get; init; }
    public string? Since { get; init; }
    public string? Until { get; init; }
    public string? Q { get; init; }
    public string? Limit { get; init; }
    public string? After { get; init; }
    public string? Shape { get; init; }

    /// <summary>How many a page is to hold; null when that is no number the API takes.</summary>
    public int? PageSize =>
        string.IsNullOrEmpty(Limit) ? UsualPage
        : int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestPage ? limit
        : null;

    /// <summary>The live stories asked for, from where the page before ended; or a sentence saying what cannot be answered.</summary>
    public async Task<(IQueryable<Story> Live, string? Problem)> ReadAsync(NewsroomDb db, PaperFrame frame, CancellationToken ct)
    {
        var live = db.Stories.Live(frame.Now);
        if (PageSize is null)
            return (live, $"“limit” is a number from 1 to {LargestPage}.");
        if (!TryRead(Since, frame, out var since))
            return (live, "“since” was not understood. Write a moment with its offset, such as 2026-11-22T08:00:00Z, or a day, such as 2026-11-22.");
        if (!TryRead(Until, frame, out var until))
            return (live, "“until” was not understood. Write a moment with its offset, such as 2026-11-22T08:00:00Z, or a day, such as 2026-11-22.");
        if (since >= until)
            return (live, "“since” is not before “until”, so there can be nothing between them.");
        if (Q?.Length > SearchQuery.LongestWords)
            return (live, $"“q” takes up to {SearchQuery.LongestWords} characters.");
        if (!string.IsNullOrEmpty(After) && PlaceInList.Read(After) is null)
            return (live, "“after” is not one of ours. Take the whole address of the next page from the answer before it.");

        live = Between(live, since, until);
        return await FiledAsync(db, live, new() { From = since, Before = until }, frame.Now, ct);
    }

    private IQueryable<Story> Between(IQueryable<Story> live, DateTimeOffset? since, DateTimeOffset? until)
    {
        if (since is not null)
            live = live.Where(s => s.PublishAt >= since);
        if (until is not null)
            live = live.Where(s => s.PublishAt < until);
        // Written so that the index on the moment is entered at that moment.
        if (PlaceInList.Read(After) is var (at, id))
            live = live.Where(s => s.PublishAt <= at && (s.PublishAt < at || s.Id < id));

        return live;
    }

    private async Task<(IQueryable<Story> Live, string? Problem)> FiledAsync(
        NewsroomDb db, IQueryable<Story> live, SearchScope scope, DateTimeOffset now, CancellationToken ct)
    {
        if (!string.IsNullOrEmpty(Section))
        {
            if (await db.Sections.Where(s => s.Slug == Section).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct) is not { } section)
                return (live, $"There is no section “{Section}”.");
            live = live.Where(s => s.SectionId == section);
            scope = scope with { SectionId = section };
        }

        if (!string.IsNullOrEmpty(Topic))
        {
            if ((await TopicNames.BySlugAsync(db, Topic, ct))?.Id is not { } topic)
                return (live, $"There is no topic “{Topic}”.");
            live = live.Where(s => s.Topics.Any(t => t.TopicId == topic));
            scope = scope with { TopicId = topic };
        }

        if (!string.IsNullOrEmpty(Writer))
        {
            if (await db.Writers.Where(w => w.Slug == Writer).Select(w => (int?)w.Id).SingleOrDefaultAsync(ct) is not { } writer)
                return (live, $"There is no writer “{Writer}”.");
            live = live.Where(s => s.Bylines.Any(b => b.WriterId == writer));
            scope = scope with { WriterId = writer };
        }

        if (PlainWords.OneLine(Q) is { Length: > 0 } words)
        {
            var ids = await WithWordsAsync(db, words, scope, now, ct);
            live = live.Where(s => ids.Contains(s.Id));
        }

        return (live, null);
    }

    /// <summary>The newest that have the words, as the readers' search finds them: within bounds, however large the archive is.</summary>
    private async Task<int[]> WithWordsAsync(NewsroomDb db, string words, SearchScope scope, DateTimeOffset now, CancellationToken ct)
    {
        var asked = await AskedWords.ReadAsync(db, words, ct);
        if (asked.Lexemes.Length == 0)
            return [];

        // From the place on where the page before ended, so that a program that goes on asking comes to the end of them all.
        if (PlaceInList.Read(After) is var (at, _) && !(scope.Before <= at))
            scope = scope with { Before = at.AddTicks(TimeSpan.TicksPerMillisecond) };
        await db.Database.OpenConnectionAsync(ct);
        var gathered = await new SearchCandidates(db, scope with { Words = asked }, now).GatherAsync(ArchiveSearch.Most, inHeading: false, ct);
        return [.. gathered.Found.Select(candidate => candidate.StoryId)];
    }

    private static bool TryRead(string? written, PaperFrame frame, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(written))
            return true;

        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1000 and <= 9000)
            moment = frame.Clock.StartOf(day).ToUniversalTime();
        // A plus sign that was not encoded arrives as a space. Without an offset nobody can know which clock was meant.
        else if (written.Replace(' ', '+') is var whole && (whole.EndsWith('Z') || whole[..^1].LastIndexOfAny(['+', '-']) > whole.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(whole, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) && exact.UtcDateTime.Year is >= 1000 and <= 9000)
            moment = exact.ToUniversalTime();

        return moment is not null;
    }
}
