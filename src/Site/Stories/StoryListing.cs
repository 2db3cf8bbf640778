using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>The newsroom's list of stories: what was asked for, and one page of it by keyset, so that page 1,000 costs what page 1 costs.</summary>
public sealed record StoryListing(IReadOnlyList<StoryListing.Row> Rows, string? Next)
{
    public const int PageSize = 40;

    private const int Few = 2_000;

    public enum Order
    {
        SavedNewest,
        SavedOldest,

        /// <summary>By the moment readers got them, or will: stories that have none are left out.</summary>
        PublishedNewest,
        PublishedOldest,
    }

    public sealed record Asked
    {
        public int? OwnerId { get; init; }
        public bool IsOwnerless { get; init; }
        public StoryState? State { get; init; }
        public int? SectionId { get; init; }
        public int? TopicId { get; init; }
        public int? WriterId { get; init; }
        public string Words { get; init; } = "";
        public DateTimeOffset? SavedFrom { get; init; }
        public DateTimeOffset? SavedBefore { get; init; }
        public DateTimeOffset? PublishedFrom { get; init; }
        public DateTimeOffset? PublishedBefore { get; init; }

        /// <summary>A line of the working text waits for its story.</summary>
        public bool HasPending { get; init; }

        /// <summary>Only these: a set that somebody has put together.</summary>
        public int[]? Among { get; init; }

        public Order Order { get; init; }

        /// <summary>Where the page before ended, as <see cref="Next"/> said it.</summary>
        public string? After { get; init; }

        internal bool IsAboutPublication => PublishedFrom is not null || PublishedBefore is not null || Order is Order.PublishedNewest or Order.PublishedOldest;
    }

    public sealed record Row(int Id, string Headline, string? Section, StoryState State, bool HasUnpublishedChanges,
        DateTimeOffset? PublishAt, DateTimeOffset SavedAt, string? SavedBy)
    {
        public bool IsKilled { get; init; }
        public bool HasActiveProceedings { get; init; }
        public string? Owner { get; init; }
    }

    public static async Task<StoryListing> FindAsync(NewsroomDb db, Asked asked, DateTimeOffset now, CancellationToken ct)
    {
        if (asked.Words.Length > 0 && await FewWithWordsAsync(db, asked.Words, ct) is { } few)
            asked = asked with { Words = "", Among = asked.Among is { } among ? [.. among.Intersect(few)] : few };

        var found = await Ordered(Matching(db, asked, now), asked)
            .Take(PageSize + 1)
            .Select(s => new
            {
                s.Id,
                s.Draft.Headline,
                Section = db.Sections.Where(section => section.Id == s.Draft.SectionId).Select(section => section.Name).FirstOrDefault(),
                s.PublishedNumber,
                s.PublishAt,
                s.WithdrawnAt,
                HasUnpublishedChanges = s.PublishedNumber != null && s.PublishedNumber != s.RevisionNumber,
                s.SavedAt,
                IsKilled = s.KilledAt != null,
                s.HasActiveProceedings,
                SavedBy = db.Users.Where(p => p.Id == s.SavedById).Select(p => p.Name).FirstOrDefault(),
                Owner = db.Users.Where(p => p.Id == s.OwnerId).Select(p => p.Name).FirstOrDefault(),
            })
            .ToListAsync(ct);

        var rows = found.Take(PageSize).Select(s => new Row(s.Id, s.Headline, s.Section, StoryStates.Of(s.PublishedNumber, s.PublishAt, s.WithdrawnAt, now),
            s.HasUnpublishedChanges, s.PublishAt, s.SavedAt, s.SavedBy)
        {
            IsKilled = s.IsKilled,
            HasActiveProceedings = s.HasActiveProceedings,
            Owner = s.Owner,
        }).ToList();
        return new(rows, found.Count > PageSize ? PlaceOf(rows[^1], asked.Order).ToString() : null);
    }

    /// <summary>How many there are, counted no further than to <paramref name="most"/>.</summary>
    public static Task<int> CountAsync(NewsroomDb db, Asked asked, int most, DateTimeOffset now, CancellationToken ct) =>
        Matching(db, asked, now).Select(s => s.Id).Take(most).CountAsync(ct);

    /// <summary>Stories whose working text has all the words, each of them perhaps half-typed.</summary>
    private static IQueryable<Story> WithWords(NewsroomDb db, string words)
    {
        var query = HalfTyped.Query(words);
        if (query.Length == 0)
            return db.Stories.Where(s => false);

        // By id: in a query that begins as SQL, a story's own words are looked for under column names the table does not have.
        var found = db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM stories WHERE draft_vector @@ to_tsquery('newsroom_words', {query})");
        return db.Stories.Where(s => found.Contains(s.Id));
    }

    /// <summary>
    /// The stories with words that few have; null for words that many have. PostgreSQL cannot tell one from the other of words half typed, and would look for a rare
    /// one in every story, newest first.
    /// </summary>
    private static async Task<int[]?> FewWithWordsAsync(NewsroomDb db, string words, CancellationToken ct)
    {
        var query = HalfTyped.Query(words);
        if (query.Length == 0)
            return [];

        await using var turn = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SET LOCAL enable_seqscan = off", ct);
        var found = await db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM stories WHERE draft_vector @@ to_tsquery('newsroom_words', {query}) LIMIT {Few + 1}").ToArrayAsync(ct);
        return found.Length <= Few ? found : null;
    }

    private static IQueryable<Story> Matching(NewsroomDb db, Asked asked, DateTimeOffset now)
    {
        var stories = asked.Words.Length > 0 ? WithWords(db, asked.Words) : db.Stories;
        return InState(Filed(InTime(Chosen(db, stories, asked), asked), asked), asked.State, now);
    }

    private static IQueryable<Story> Chosen(NewsroomDb db, IQueryable<Story> stories, Asked asked)
    {
        if (asked.Among is { } among)
            stories = stories.Where(s => among.Contains(s.Id));
        if (asked.OwnerId is { } owner)
            stories = stories.Where(s => s.OwnerId == owner);
        if (asked.IsOwnerless)
            stories = stories.Where(s => s.OwnerId == null);
        if (asked.HasPending)
            stories = stories.Where(s => db.ReadMoreLinks.Any(l => l.FromId == s.Id && l.RevisionNumber == s.RevisionNumber && l.ToId == null && l.Headline != null));
        return stories;
    }

    private static IQueryable<Story> Filed(IQueryable<Story> stories, Asked asked)
    {
        if (asked.SectionId is { } section)
            stories = stories.Where(s => s.Draft.SectionId == section);
        // As an index over arrays is asked, not one story after the other.
        if (asked.TopicId is { } topic)
            stories = stories.Where(s => s.Draft.TopicIds.Contains(topic));
        if (asked.WriterId is { } writer)
            stories = stories.Where(s => s.Draft.WriterIds.Contains(writer));
        return stories;
    }

    private static IQueryable<Story> InTime(IQueryable<Story> stories, Asked asked)
    {
        if (asked.SavedFrom is { } savedFrom)
            stories = stories.Where(s => s.SavedAt >= savedFrom);
        if (asked.SavedBefore is { } savedBefore)
            stories = stories.Where(s => s.SavedAt < savedBefore);
        if (asked.PublishedFrom is { } from)
            stories = stories.Where(s => s.PublishAt >= from);
        if (asked.PublishedBefore is { } before)
            stories = stories.Where(s => s.PublishAt < before);
        // The index over these moments has no others.
        if (asked.IsAboutPublication)
            stories = asked.State == StoryState.Withdrawn ? stories.Where(s => s.PublishedNumber != null) : stories.Where(s => s.PublishedNumber != null && s.WithdrawnAt == null);
        return stories;
    }

    private static IQueryable<Story> InState(IQueryable<Story> stories, StoryState? state, DateTimeOffset now) => state switch
    {
        null => stories,
        StoryState.Live => stories.Live(now),
        StoryState.Withdrawn => stories.Where(s => s.WithdrawnAt != null),
        StoryState.Due => stories.Where(s => s.WithdrawnAt == null && s.PublishedNumber != null && s.PublishAt > now),
        StoryState.Draft => stories.Where(s => s.WithdrawnAt == null && s.PublishedNumber == null),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>From the place on where the page before ended; written so that the index on the moment is entered at that moment.</summary>
    private static IQueryable<Story> Ordered(IQueryable<Story> stories, Asked asked) => (asked.Order, PlaceInList.Read(asked.After)) switch
    {
        (Order.SavedNewest, var (at, id)) => stories.Where(s => s.SavedAt <= at && (s.SavedAt < at || s.Id < id)).OrderByDescending(s => s.SavedAt).ThenByDescending(s => s.Id),
        (Order.SavedOldest, var (at, id)) => stories.Where(s => s.SavedAt >= at && (s.SavedAt > at || s.Id > id)).OrderBy(s => s.SavedAt).ThenBy(s => s.Id),
        (Order.PublishedNewest, var (at, id)) => stories.Where(s => s.PublishAt <= at && (s.PublishAt < at || s.Id < id)).OrderByDescending(s => s.PublishAt).ThenByDescending(s => s.Id),
        (Order.PublishedOldest, var (at, id)) => stories.Where(s => s.PublishAt >= at && (s.PublishAt > at || s.Id > id)).OrderBy(s => s.PublishAt).ThenBy(s => s.Id),
        (Order.SavedNewest, null) => stories.OrderByDescending(s => s.SavedAt).ThenByDescending(s => s.Id),
        (Order.SavedOldest, null) => stories.OrderBy(s => s.SavedAt).ThenBy(s => s.Id),
        (Order.PublishedNewest, null) => stories.OrderByDescending(s => s.PublishAt).ThenByDescending(s => s.Id),
        (Order.PublishedOldest, null) => stories.OrderBy(s => s.PublishAt).ThenBy(s => s.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(asked)),
    };

    private static PlaceInList PlaceOf(Row row, Order order) =>
        new(order is Order.SavedNewest or Order.SavedOldest ? row.SavedAt : row.PublishAt!.Value, row.Id);
}
