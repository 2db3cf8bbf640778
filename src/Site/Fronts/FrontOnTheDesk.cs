using System.Globalization;
using System.Text.Json.Serialization;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>A front as the tool that arranges it begins with it.</summary>
public sealed record FrontOnTheDesk
{
    public required int Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Where readers find it.</summary>
    public required string Address { get; init; }

    public required FrontArrangement Draft { get; init; }
    public int Revision { get; init; }

    /// <summary>Those that were published or are scheduled, newest first.</summary>
    public required IReadOnlyList<VersionOnTheDesk> Versions { get; init; }

    /// <summary>What readers have; null where the front arranges itself.</summary>
    public FrontArrangement? Live { get; init; }

    private const int MostVersions = 60;

    public static async Task<FrontOnTheDesk?> OpenAsync(NewsroomDb db, int id, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        var section = id == Front.OfThePaper ? null : await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
        if (section is null && id != Front.OfThePaper)
            return null;

        var front = await db.Fronts.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, ct);
        var name = section?.Name ?? "Front page";
        return new()
        {
            Id = id,
            Name = name,
            Address = section is null ? "/" : $"/{section.Slug}",
            Draft = await FrontDesk.OnlyKnownAsync(db, front?.Draft ?? FrontDesk.Beginning(id, name), ct),
            Revision = front?.Revision ?? 0,
            Live = (await db.FrontVersions.AsNoTracking().Where(v => v.FrontId == id).Live(now).FirstOrDefaultAsync(ct))?.Arrangement,
            Versions = await VersionsAsync(db, id, clock, now, ct),
        };
    }

    public static async Task<IReadOnlyList<VersionOnTheDesk>> VersionsAsync(NewsroomDb db, int id, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        var found = await db.FrontVersions.AsNoTracking().Where(v => v.FrontId == id)
            .OrderByDescending(v => v.TakenBackAt == null ? v.PublishAt : v.OrderedAt).ThenByDescending(v => v.Id).Take(MostVersions)
            .Select(v => new { v.Id, v.PublishAt, v.OrderedAt, v.TakenBackAt, By = db.Users.Where(p => p.Id == v.ById).Select(p => p.Name).FirstOrDefault() }).ToListAsync(ct);
        var live = found.FirstOrDefault(v => v.PublishAt <= now && v.TakenBackAt is null)?.Id;
        return [.. found.Select(v => new VersionOnTheDesk(
            v.Id, clock.DateAndTime(v.PublishAt), clock.DateAndTime(v.OrderedAt), v.By,
            v.TakenBackAt is not null ? VersionState.TakenBack : v.PublishAt > now ? VersionState.Scheduled : v.Id == live ? VersionState.Live : VersionState.Earlier))];
    }
}

public enum VersionState
{
    Scheduled,
    Live,
    Earlier,
    TakenBack,
}

/// <param name="At">In words, as the other moment.</param>
public sealed record VersionOnTheDesk(int Id, string At, string OrderedAt, string? By, [property: JsonConverter(typeof(ByName<VersionState>))] VersionState State);

/// <summary>A story as a card in the tool shows it, in whatever state.</summary>
/// <param name="Headline">Its own on fronts, as readers have it or would have it.</param>
/// <param name="When">In words: when it appeared, or will, or was saved.</param>
/// <param name="Thumb">The address of a small picture; null where it has none.</param>
/// <param name="Reads">Of today and yesterday, in words; null where nobody has read it.</param>
public sealed record CardOnTheDesk(
    int Id, string Headline, string Section, [property: JsonConverter(typeof(ByName<StoryState>))] StoryState State, string When, string? Thumb, bool HasStandfirst, string? Reads);

public sealed record PictureOnTheDesk(string Thumb, string Words);

/// <summary>What the tool shows of an arrangement: which stories its containers take now, and what there is to know of all that stand in it.</summary>
public sealed record LookOfFront(
    IReadOnlyDictionary<string, int[]> Filled, IReadOnlyDictionary<int, CardOnTheDesk> Stories, IReadOnlyDictionary<int, PictureOnTheDesk> Pictures)
{
    public static async Task<LookOfFront> OfAsync(NewsroomDb db, FrontArrangement arrangement, PaperClock clock, MostReadOnFront mostRead, DateTimeOffset now, CancellationToken ct)
    {
        var filled = await FrontFilling.DraftAsync(db, arrangement, clock, mostRead, now, ct);
        var shown = filled.All.ToDictionary(container => container.Key, container => container.Stories.Select(story => story.Id).ToArray());
        return new(
            shown,
            await StoriesAsync(db, [.. arrangement.Pins.Select(card => card.StoryId).Concat(shown.Values.SelectMany(ids => ids)).Distinct()], clock, now, ct),
            await PicturesAsync(db, [.. arrangement.Pins.Select(card => card.PictureId).OfType<int>()], ct));
    }

    public static async Task<Dictionary<int, CardOnTheDesk>> StoriesAsync(NewsroomDb db, int[] ids, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        var today = clock.Day(now);
        var found = await (
            from story in db.Stories
            where ids.Contains(story.Id)
            join revision in db.Revisions on new { story.Id, Number = story.PublishedNumber ?? story.RevisionNumber } equals new { Id = revision.StoryId, revision.Number }
            select new
            {
                story.Id,
                revision.Text.Headline,
                revision.Text.FrontHeadline,
                HasStandfirst = revision.Text.Standfirst != "",
                Section = db.Sections.Where(section => section.Id == revision.Text.SectionId).Select(section => section.Name).FirstOrDefault(),
                Picture = db.Pictures.FirstOrDefault(picture => picture.Id == revision.Text.PictureId),
                story.PublishedNumber,
                story.PublishAt,
                story.WithdrawnAt,
                story.SavedAt,
                Today = db.StoryReads.Where(read => read.StoryId == story.Id && read.Day == today).Sum(read => read.Reads),
                Yesterday = db.StoryReads.Where(read => read.StoryId == story.Id && read.Day == today.AddDays(-1)).Sum(read => read.Reads),
            }).AsNoTracking().ToListAsync(ct);
        return found.ToDictionary(s => s.Id, s => new CardOnTheDesk(
            s.Id, s.FrontHeadline.Length > 0 ? s.FrontHeadline : s.Headline.Length > 0 ? s.Headline : "Untitled", s.Section ?? "",
            StoryStates.Of(s.PublishedNumber, s.PublishAt, s.WithdrawnAt, now), When(s.PublishAt ?? s.SavedAt), ThumbOf(s.Picture), s.HasStandfirst, Reads(s.Today, s.Yesterday)));

        // Sums are kept by day.
        static string? Reads(int today, int yesterday) => (today, yesterday) switch
        {
            (0, 0) => null,
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{today:#,0} {(today == 1 ? "read" : "reads")} today"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{today:#,0} {(today == 1 ? "read" : "reads")} today, {yesterday:#,0} yesterday"),
        };

        string When(DateTimeOffset at) => $"{clock.ShortDate(at)}, {clock.Time(at)}";
    }

    private static async Task<Dictionary<int, PictureOnTheDesk>> PicturesAsync(NewsroomDb db, int[] ids, CancellationToken ct) => ids.Length == 0 ? []
        : (await db.Pictures.AsNoTracking().Where(picture => ids.Contains(picture.Id)).ToListAsync(ct))
            .ToDictionary(picture => picture.Id, picture => new PictureOnTheDesk(ThumbOf(picture)!, picture.InAFewWords()));

    private static string? ThumbOf(Picture? picture)
    {
        if (picture is null)
            return null;

        var shown = ShownPicture.OnTheDesk(picture);
        return shown.Address(PictureCrop.Classic, shown.WidthsOf(PictureCrop.Classic)[0], "webp");
    }
}
