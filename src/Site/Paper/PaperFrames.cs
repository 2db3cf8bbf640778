using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LondonDefender.Paper;

public sealed class PaperOptions
{
    /// <summary>Where readers find the paper, such as https://paper.example. Without it, links in feeds and metadata name the host that was asked.</summary>
    public string? Address { get; set; }

    internal string? Origin => string.IsNullOrWhiteSpace(Address) ? null : Address.Trim().TrimEnd('/');

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
        var request = http.HttpContext!.Request;
        var now = clock.GetUtcNow();
        var frame = new PaperFrame
        {
            Settings = await SettingsAsync(ct),
            Menu = await db.Sections.OrderBy(s => s.Position).ThenBy(s => s.Name).Select(s => new MenuItem(s.Name, "/" + s.Slug)).ToListAsync(ct),
            Now = now,
            Banner = await findBanner(db, now, ct),
            Origin = options.Value.Origin ?? $"{request.Scheme}://{request.Host}",
        };
        last.Remember(frame);
        return frame;
    }
}

public static class SettingsInDb
{
    /// <summary>The paper's settings, or the defaults while nobody has changed them.</summary>
    public static async Task<PaperSettings> SettingsAsync(this NewsroomDb db, CancellationToken ct) =>
        await db.PaperSettings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new PaperSettings();
}
