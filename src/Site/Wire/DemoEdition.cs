using LondonDefender.Bylines;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LondonDefender.Wire;

/// <summary>
/// The finished newspaper an empty database begins with, through the same importer that users have. Its moments are told relative to
/// one, which becomes the moment it is loaded.
/// </summary>
public sealed class DemoEdition(IDbContextFactory<NewsroomDb> newsroom, Importer importer, TimeProvider clock, IConfiguration settings, ILogger<DemoEdition> log)
{
    internal static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Wire", "DemoEdition");

    public static Task LoadIntoEmptyAsync(IServiceProvider services) => services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();

    public async Task LoadIntoEmptyAsync(CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        // The settings are written last: a first start that was killed half way begins again, and what is there is not doubled.
        if (await db.PaperSettings.AnyAsync(ct))
            return;

        await using var turn = await OneNodeAtATime.TakeTurnAsync(db, ct);
        if (await db.PaperSettings.AnyAsync(ct))
            return;

        var written = settings.GetValue("Wire:DemoEdition", true) ? (await LoadAsync(db, ct)).Paper : new();
        var kept = await db.PaperSettings.FirstOrDefaultAsync(ct);
        if (kept is null)
            db.Add(kept = new PaperSettings());
        written.TellOf(kept);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Edition> LoadAsync(NewsroomDb db, CancellationToken ct)
    {
        var edition = await ReadAsync(ct);
        await AddMissingAsync(db, edition, ct);

        var now = clock.GetUtcNow();
        var shift = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero) - edition.Moment;
        await using var report = new StringWriter();
        if (await importer.TakeInAsync(new() { Paths = [Folder], Shift = shift }, report, ct) != 0)
            log.LogWarning("The demo edition was not taken in whole: {Report}", report.ToString());

        await new DemoHistory(newsroom, shift).LiveThroughAsync(edition.Changes, edition.Corrections, ct);
        await ArrangeFrontsAsync(db, edition, now, ct);
        log.LogInformation("The demo edition was loaded");
        return edition;
    }

    private static async Task<Edition> ReadAsync(CancellationToken ct)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(Folder, "edition.yaml"), ct);
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<Edition>(yaml);
    }

    private static async Task AddMissingAsync(NewsroomDb db, Edition edition, CancellationToken ct)
    {
        var sections = await db.Sections.Select(s => s.Slug).ToListAsync(ct);
        var topics = await db.Topics.Select(t => t.Slug).ToListAsync(ct);
        var writers = await db.Writers.Select(w => w.Slug).ToListAsync(ct);
        db.AddRange(edition.Sections.Where(s => !sections.Contains(s.Slug))
            .Select((s, position) => new Section { Name = s.Name, Slug = s.Slug, About = s.About, Position = position + 1 }));
        db.AddRange(edition.Topics.Where(t => !topics.Contains(t.Slug)).Select(t => new Topic { Name = t.Name, Slug = t.Slug, About = t.About }));
        db.AddRange(edition.Writers.Where(w => !writers.Contains(w.Slug))
            .Select(w => new Writer { Name = w.Name, Slug = w.Slug, Role = w.Role, About = w.About, Email = w.Email, Links = [.. w.Links] }));
        await db.SaveChangesAsync(ct);
    }

    private static async Task ArrangeFrontsAsync(NewsroomDb db, Edition edition, DateTimeOffset now, CancellationToken ct)
    {
        var sections = await db.Sections.ToDictionaryAsync(s => s.Slug, s => s.Id, ct);
        var topics = await db.Topics.ToDictionaryAsync(t => t.Slug, t => t.Id, ct);
        await db.Fronts.ExecuteDeleteAsync(ct);
        await ArrangeAsync(Front.OfThePaper, edition.Front);
        foreach (var (slug, slices) in edition.SectionFronts)
            await ArrangeAsync(sections[slug], slices);
        await db.SaveChangesAsync(ct);

        async Task ArrangeAsync(int id, List<Slice> slices)
        {
            List<Container> containers = [];
            foreach (var slice in slices)
            {
                containers.Add(new()
                {
                    Key = $"container-{containers.Count + 1}",
                    Title = slice.Title,
                    Layout = slice.Layout,
                    Size = slice.Size,
                    Pins = await PinsAsync(db, slice, ct),
                    Fill = new() { SectionId = slice.Section is null ? null : sections[slice.Section], TopicId = slice.Topic is null ? null : topics[slice.Topic], Kind = slice.Kind },
                });
            }

            var front = new Front { Id = id };
            front.Rearrange(new() { Containers = containers }, null, now);
            db.Add(front);
            db.Add(front.Publish(now, null, now));
        }
    }

    private static async Task<IReadOnlyList<PinnedCard>> PinsAsync(NewsroomDb db, Slice slice, CancellationToken ct)
    {
        List<PinnedCard> pins = [];
        foreach (var key in slice.Pinned.Select(ReadMoreLinks.Key))
            pins.AddRange((await db.KnownHeadlines.Where(h => h.Headline == key).Select(h => h.StoryId).ToListAsync(ct)).Select(id => new PinnedCard { StoryId = id }));
        return pins;
    }

    private sealed class Edition
    {
        public DateTimeOffset Moment { get; set; }
        public AboutPaper Paper { get; set; } = new();
        public List<Entry> Sections { get; set; } = [];
        public List<Entry> Topics { get; set; } = [];
        public List<Entry> Writers { get; set; } = [];
        public List<Slice> Front { get; set; } = [];
        public Dictionary<string, List<Slice>> SectionFronts { get; set; } = [];
        public List<DemoChange> Changes { get; set; } = [];
        public List<DemoCorrection> Corrections { get; set; } = [];
    }

    private sealed class AboutPaper
    {
        public string Mission { get; set; } = "";
        public string Ownership { get; set; } = "";
        public string Ethics { get; set; } = "";
        public string Corrections { get; set; } = "";
        public string Contact { get; set; } = "";

        public void TellOf(PaperSettings settings)
        {
            settings.Mission = Mission.Trim();
            settings.Ownership = Ownership.Trim();
            settings.Ethics = Ethics.Trim();
            settings.CorrectionsPolicy = Corrections.Trim();
            settings.Contact = Contact.Trim();
        }
    }

    private sealed class Entry
    {
        public string Name { get; set; } = "";
        public string Slug { get; set; } = "";
        public string Role { get; set; } = "";
        public string About { get; set; } = "";
        public string Email { get; set; } = "";
        public List<string> Links { get; set; } = [];
    }

    private sealed class Slice
    {
        public string Title { get; set; } = "";
        public ContainerLayout Layout { get; set; }
        public int Size { get; set; } = 4;
        public string? Section { get; set; }
        public string? Topic { get; set; }
        public StoryKind? Kind { get; set; }
        public List<string> Pinned { get; set; } = [];
    }
}

public static class WireSetup
{
    public static void AddWire(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Importer>();
        builder.Services.AddSingleton<DemoEdition>();
        builder.Services.AddSingleton<DemoPictures>();
        builder.AddMovingOut();
    }
}
