using LondonDefender.Pictures;
using LondonDefender.Stories;
using LondonDefender.Tests.Pictures;
using LondonDefender.Wire.MovingIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire.MovingIn;

/// <summary>The cast's paper, into which another paper has moved from WordPress.</summary>
public sealed class HeraldMovedIn : Newsroom
{
    private readonly string pictures = Directory.CreateTempSubdirectory("defender-herald-").FullName;

    public static string Sample(string name) => Path.Combine(SourceTree.Tests, "Wire", "MovingIn", "Samples", name);

    public MoveReport Report { get; private set; } = null!;

    /// <summary>Stories of the cast come first, so that small numbers in old addresses are numbers of stories.</summary>
    public int BridgeOpens { get; private set; }

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        for (var i = 0; i < 5; i++)
            BridgeOpens = await PublishAsync(Edition.BridgeOpens);
        using var tools = new PictureTools();
        if (tools.IsInstalled)
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(pictures, "2019", "05")).FullName, "bridge.jpg"), await Vips.PhotoAsync("photo.jpg", 640, 400));
        Report = await MoveAsync(Sample("herald.xml"), options => options with { Pictures = pictures });
    }

    public Task<MoveReport> MoveAsync(string path, Func<MoveRequest, MoveRequest>? how = null) => MoveAsync(this, path, how);

    public static Task<MoveReport> MoveAsync(Newsroom paper, string path, Func<MoveRequest, MoveRequest>? how = null, Action<MoveProgress>? tell = null, CancellationToken ct = default)
    {
        var options = new MoveRequest { Path = path, FetchPictures = false };
        return paper.Services.GetRequiredService<Mover>().MoveAsync(how?.Invoke(options) ?? options, tell, ct);
    }

    public async Task<Story> StoryAsync(string headline)
    {
        await using var db = await OpenDbAsync();
        return await db.Stories.AsNoTracking().Include(s => s.Revisions).SingleAsync(s => s.Draft.Headline == headline);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(pictures, recursive: true);
    }
}
