using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Sections;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Listing;

/// <summary>An address of the story list, understood: names as ids, days as moments.</summary>
/// <param name="Problem">A sentence where something in it means nothing; then nothing is found.</param>
/// <param name="Set">The set that is looked at.</param>
public sealed record ListQuestion(StoryListing.Asked Asked, string? Problem, SavedSearch? Set)
{
    /// <param name="myself">Who is asking: sets are their owner's alone.</param>
    public static async Task<ListQuestion> ReadAsync(NewsroomDb db, ListAddress address, PaperClock clock, int myself, CancellationToken ct)
    {
        List<string> problems = [];
        var (topic, writer) = (await TopicAsync(db, address, problems, ct), await WriterAsync(db, address, problems, ct));
        var set = await SetAsync(db, address, myself, problems, ct);
        var asked = new StoryListing.Asked
        {
            Words = address.Words,
            State = State(address.State, problems),
            SectionId = Number(address.Section, "section", problems),
            TopicId = topic,
            WriterId = writer,
            OwnerId = address.Owner == ListAddress.Myself ? myself : address.Owner == ListAddress.Nobody ? null : Number(address.Owner, "owner", problems),
            IsOwnerless = address.Owner == ListAddress.Nobody,
            SavedFrom = Day(address.SavedFrom, 0, clock, problems),
            SavedBefore = Day(address.SavedTo, 1, clock, problems),
            PublishedFrom = Day(address.PublishedFrom, 0, clock, problems),
            PublishedBefore = Day(address.PublishedTo, 1, clock, problems),
            HasPending = address.HasPending,
            Among = set?.StoryIds,
            Order = address.Order,
            After = address.After,
        };
        return new(asked, problems.Count == 0 ? null : string.Join(" ", problems), set);
    }

    /// <summary>Only such stories can be counted at a glance, however large the paper is.</summary>
    public bool IsCheapToCount => Problem is null && Asked is { Words: "", TopicId: null, WriterId: null, SectionId: null }
        && (Asked is { OwnerId: not null } or { HasPending: true } or { Among: not null } || Asked.State is StoryState.Draft or StoryState.Due or StoryState.Withdrawn);

    private static async Task<int?> TopicAsync(NewsroomDb db, ListAddress address, List<string> problems, CancellationToken ct)
    {
        if (address.Topic.Length == 0)
            return null;

        var found = await TopicNames.MeantAsync(db, address.Topic, ct);
        if (found is null)
            problems.Add($"There is no topic called “{address.Topic}”.");
        return found?.Id;
    }

    private static async Task<int?> WriterAsync(NewsroomDb db, ListAddress address, List<string> problems, CancellationToken ct)
    {
        if (address.Writer.Length == 0)
            return null;

        var slug = await FormerSlugs.PresentAsync(db, NamedKind.Writer, Slugs.From(address.Writer), ct);
        var found = await db.Writers.Where(w => w.Slug == slug).Select(w => (int?)w.Id).SingleOrDefaultAsync(ct);
        if (found is null)
            problems.Add($"There is no writer called “{address.Writer}”.");
        return found;
    }

    private static async Task<SavedSearch?> SetAsync(NewsroomDb db, ListAddress address, int myself, List<string> problems, CancellationToken ct)
    {
        if (Number(address.Set, "set", problems) is not { } id)
            return null;

        var found = await db.SavedSearches.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PersonId == myself && s.StoryIds != null, ct);
        if (found is null)
            problems.Add("You have no such set of stories (any more).");
        return found;
    }

    private static StoryState? State(string written, List<string> problems)
    {
        if (written.Length == 0)
            return null;
        if (Enum.GetValues<StoryState>().Cast<StoryState?>().FirstOrDefault(state => string.Equals(state.ToString(), written, StringComparison.OrdinalIgnoreCase)) is { } state)
            return state;

        problems.Add($"No story is ever “{written}”.");
        return null;
    }

    private static int? Number(string written, string what, List<string> problems)
    {
        if (written.Length == 0)
            return null;
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        problems.Add($"“{written}” is not the number of {(what is "owner" ? "an" : "a")} {what}.");
        return null;
    }

    private static DateTimeOffset? Day(string written, int plus, PaperClock clock, List<string> problems)
    {
        if (written.Length == 0)
            return null;
        if (DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1800 and <= 9000)
            return clock.StartOf(day.AddDays(plus)).ToUniversalTime();

        problems.Add($"“{written}” is not a day. A day is written like 2026-11-23.");
        return null;
    }
}
