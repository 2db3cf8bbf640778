using LondonDefender.Data;
using LondonDefender.Paper.PaperCache;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Paper;

public sealed class PaperOptions
{
    /// <summary>Where readers find the paper, such as https://paper.example. Without it, links in feeds and metadata name the host that was asked.</summary>
    public string? Address { get; set; }

    internal string? Origin => string.IsNullOrWhiteSpace(Address) ? null : Address.Trim().TrimEnd('/');

    /// <summary>Whether finished pages are kept in memory, ready to be sent.</summary>
    public bool PageCache { get; set; } = true;

    /// <summary>The most memory they may take, in megabytes.</summary>
    public int PageCacheMegabytes { get; set; } = 64;

    /// <summary>The most room on the disk that the last good pages may take, in megabytes.</summary>
    public int PagesOnDiskMegabytes { get; set; } = 256;

    internal string PagesFolder { get; set; } = "";

    /// <summary>How long after a change readers may still be given the old page, while the new one is being made; without it they wait for that.</summary>
    public TimeSpan OldPageFor { get; set; } = TimeSpan.Zero;

    /// <summary>Whether a page names what it read in the header Surrogate-Key, for a CDN that can throw copies away by such keys.</summary>
    public bool SurrogateKeys { get; set; }

    /// <summary>Whom to tell about a security hole: mailto: or https:; shown in /.well-known/security.txt.</summary>
    public string? SecurityContact { get; set; }
}

/// <summary>Draws the frame of the page that is being asked for.</summary>
public sealed class PaperFrames(NewsroomDb db, TimeProvider clock, IHttpContextAccessor http, FindBanner findBanner, LastFrame last, IOptions<PaperOptions> options)
{
    private static readonly Question MenuAsked = new("SELECT name, '/' || slug FROM sections WHERE retired_at IS NULL ORDER BY position, name");

    private PaperFrame? frame;

    public async Task<PaperSettings> SettingsAsync(CancellationToken ct) => (await DrawAsync(ct)).Settings;

    /// <summary>Once a request.</summary>
    public async Task<PaperFrame> DrawAsync(CancellationToken ct) => frame ??= await FindAsync(ct);

    private async Task<PaperFrame> FindAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var drawn = await AskAsync(now, ct);
        last.Remember(drawn);
        Note(drawn);
        return drawn;
    }

    private async Task<PaperFrame> AskAsync(DateTimeOffset now, CancellationToken ct)
    {
        var request = http.HttpContext!.Request;
        await using var answers = await db.AskAsync(ct, SettingsInDb.Asked, MenuAsked, findBanner.At(now));
        return new()
        {
            Settings = await answers.FirstAsync(SettingsInDb.Read) ?? new(),
            Menu = await answers.AllAsync(row => new MenuItem(row.Text(), row.Text())),
            Banner = await answers.FirstAsync(findBanner.Read),
            Now = now,
            Notes = http.HttpContext.Features.Get<PageNotes>() ?? new(),
            Origin = options.Value.Origin ?? $"{request.Scheme}://{request.Host}",
        };
    }

    private static void Note(PaperFrame drawn)
    {
        drawn.Notes.ReadsFrame(PageKey.Settings, PageKey.Sections, PageKey.Banner);
        if (drawn.Banner?.StoryId is { } story)
            drawn.Notes.ReadsFrame(PageKey.Story(story));
        // The day stands on every page, and hours without one are today's.
        drawn.Notes.GoodUntil(drawn.Clock.StartOf(drawn.Clock.Day(drawn.Now).AddDays(1)));
    }
}

public static class SettingsInDb
{
    public static readonly Question Asked = new("""
        SELECT name, tagline, about, language, time_zone, mission, ownership, ethics, corrections_policy, contact, labels, social_accounts FROM paper_settings LIMIT 1
        """);

    public static PaperSettings Read(Row row) => new()
    {
        Name = row.Text(),
        Tagline = row.Text(),
        About = row.Text(),
        Language = row.Text(),
        TimeZone = row.Text(),
        Mission = row.Text(),
        Ownership = row.Text(),
        Ethics = row.Text(),
        CorrectionsPolicy = row.Text(),
        Contact = row.Text(),
        Labels = row.List<string>(),
        SocialAccounts = row.List<string>(),
    };

    /// <summary>The paper's settings, or the defaults while nobody has changed them.</summary>
    public static async Task<PaperSettings> SettingsAsync(this NewsroomDb db, CancellationToken ct) =>
        await db.PaperSettings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new PaperSettings();
}
