using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>The newsroom's list of stories: what was asked for, and one page of it by keyset, so that page 1,000 costs what page 1 costs.</summary>
public sealed record StoryListing(IReadOnlyList<StoryListing.Row> Rows, string? Next)
{
    private const int PageSize = 40;

    public sealed record Asked
    {
        public int? OwnerId { get; init; }
        public StoryState? State { get; init; }
        public int? SectionId { get; init; }
        public string Words { get; init; } = "";

        /// <summary>Where the page before ended, as <see cref="Next"/> said it.</summary>
        public string? After { get; init; }
    }

    public sealed record Row(int Id, string Headline, string? Section, StoryState State, bool HasUnpublishedChanges,
        DateTimeOffset? PublishAt, DateTimeOffset SavedAt, string? SavedBy)
    {
        public bool IsKilled { get; init; }
        public bool HasActiveProceedings { get; init; }
    }

    public static async Task<StoryListing> FindAsync(NewsroomDb db, Asked asked, DateTimeOffset now, CancellationToken ct)
    {
        var stories = Matching(db, asked, now);
        if (PlaceInList.Read(asked.After) is var (savedAt, id))
            stories = stories.Where(s => s.SavedAt < savedAt || (s.SavedAt == savedAt && s.Id < id));

        var found = await stories
            .OrderByDescending(s => s.SavedAt).ThenByDescending(s => s.Id)
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
            })
            .ToListAsync(ct);

        var rows = found.Take(PageSize).Select(s => new Row(s.Id, s.Headline, s.Section, StoryStates.Of(s.PublishedNumber, s.PublishAt, s.WithdrawnAt, now),
            s.HasUnpublishedChanges, s.PublishAt, s.SavedAt, s.SavedBy)
        {
            IsKilled = s.IsKilled,
            HasActiveProceedings = s.HasActiveProceedings,
        }).ToList();
        return new(rows, found.Count > PageSize ? new PlaceInList(rows[^1].SavedAt, rows[^1].Id).ToString() : null);
    }

    /// <summary>Stories whose working text has all the words, each of them perhaps half-typed.</summary>
    /// <param name="inHeadline">Whether the headline must have them.</param>
    public static IQueryable<Story> WithWords(NewsroomDb db, string words, bool inHeadline = false)
    {
        var query = HalfTyped.Query(words, inHeadline ? "A" : "");
        if (query.Length == 0)
            return db.Stories.Where(s => false);

        // By id: in a query that begins as SQL, a story's own words are looked for under column names the table does not have.
        var found = db.Database.SqlQuery<int>($"SELECT id AS \"Value\" FROM stories WHERE draft_vector @@ to_tsquery('newsroom_words', {query})");
        return db.Stories.Where(s => found.Contains(s.Id));
    }

    private static IQueryable<Story> Matching(NewsroomDb db, Asked asked, DateTimeOffset now)
    {
        var stories = asked.Words.Length > 0 ? WithWords(db, asked.Words) : db.Stories;
        if (asked.OwnerId is { } owner)
            stories = stories.Where(s => s.OwnerId == owner);
        if (asked.SectionId is { } section)
            stories = stories.Where(s => s.Draft.SectionId == section);

        return asked.State switch
        {
            null => stories,
            StoryState.Live => stories.Live(now),
            StoryState.Withdrawn => stories.Where(s => s.WithdrawnAt != null),
            StoryState.Due => stories.Where(s => s.WithdrawnAt == null && s.PublishedNumber != null && s.PublishAt > now),
            StoryState.Draft => stories.Where(s => s.WithdrawnAt == null && s.PublishedNumber == null),
            _ => throw new ArgumentOutOfRangeException(nameof(asked)),
        };
    }
}
