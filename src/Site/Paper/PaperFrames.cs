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
    public int PageCacheMegabytes { get; set; } = 128;

    /// <summary>How long after a change readers may still be given the old page, while the new one is being made.</summary>
    public TimeSpan OldPageFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whom to tell about a security hole: mailto: or https:; shown in /.well-known/security.txt.</summary>
    public string? SecurityContact { get; set; }
}

/// <summary>Draws the frame of the page that is being asked for.</summary>
public sealed class PaperFrames(NewsroomDb db, TimeProvider clock, IHttpContextAccessor http, FindBanner findBanner, LastFrame last, IOptions<PaperOptions> options)
{
    private PaperSettings? settings;

    /// <summary>Read once a request.</summary>
    public async Task<PaperSettings> SettingsAsync(CancellationToken ct) => settings ??= await db.SettingsAsync(ct);

    public async Task<PaperFrame> DrawAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var notes = http.HttpContext!.Features.Get<PageNotes>() ?? new();
        notes.ReadsFrame(PageKey.Settings, PageKey.Sections, PageKey.Banner);
        var frame = await DrawAsync(notes, now, ct);
        // The day stands on every page, and hours without one are today's.
        notes.GoodUntil(frame.Clock.StartOf(frame.Clock.Day(now).AddDays(1)));
        return frame;
    }

    private async Task<PaperFrame> DrawAsync(PageNotes notes, DateTimeOffset now, CancellationToken ct)
    {
        var request = http.HttpContext!.Request;
        var banner = await findBanner(db, now, ct);
        if (banner?.StoryId is { } story)
            notes.ReadsFrame(PageKey.Story(story));
        var drawn = new PaperFrame
        {
            Settings = await SettingsAsync(ct),
            Notes = notes,
            Menu = await db.Sections.OrderBy(s => s.Position).ThenBy(s => s.Name).Select(s => new MenuItem(s.Name, "/" + s.Slug)).ToListAsync(ct),
            Now = now,
            Banner = banner,
            Origin = options.Value.Origin ?? $"{request.Scheme}://{request.Host}",
        };
        last.Remember(drawn);
        return drawn;
    }
}

public static class SettingsInDb
{
    /// <summary>The paper's settings, or the defaults while nobody has changed them.</summary>
    public static async Task<PaperSettings> SettingsAsync(this NewsroomDb db, CancellationToken ct) =>
        await db.PaperSettings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new PaperSettings();
}
