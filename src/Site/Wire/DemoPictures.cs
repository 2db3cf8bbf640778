using System.Globalization;
using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LondonDefender.Wire;

/// <summary>
/// The pictures of the demo edition: drawings of our own, printed and taken in like a photographer's files once the paper is up, one
/// after the other. What a killed process left undone is done at the next start.
/// </summary>
public sealed partial class DemoPictures(
    IDbContextFactory<NewsroomDb> newsroom, StoryDesk desk, PictureTools tools, PicturesFolder folder, PictureIntake intake, PictureStore store,
    IHostApplicationLifetime life, IConfiguration settings, ILogger<DemoPictures> log)
{
    // Drawn in one piece: larger ones are drawn in strips, and each strip draws all its filters anew.
    private const int LongestSide = 1920, LongestSideOfPortrait = 960;

    private static readonly string Drawings = Path.Combine(DemoEdition.Folder, "pictures");

    /// <summary>Returns at once; readers need not wait for it.</summary>
    public void BeginToArrive() => _ = Task.Run(async () =>
    {
        try
        {
            await ArriveAsync(life.ApplicationStopping);
        }
        catch (Exception problem)
        {
            if (!life.ApplicationStopping.IsCancellationRequested)
                log.LogWarning(problem, "The demo edition’s pictures have not all arrived; the next start goes on with them");
        }
    });

    /// <param name="most">For whoever need not have all of them, or not so large.</param>
    public async Task ArriveAsync(CancellationToken ct, int most = int.MaxValue, int longestSide = LongestSide)
    {
        if (!settings.GetValue("Wire:DemoEdition", true) || !tools.IsInstalled || !File.Exists(Path.Combine(DemoEdition.Folder, "pictures.yaml")))
            return;

        var idByFile = await StoriesOfTheEditionAsync(ct);
        if (idByFile.Count == 0)
            return;

        var edition = await MarkOfTheEditionAsync(idByFile.Values, ct);
        foreach (var entry in (await ReadAsync(ct)).Take(most))
        {
            var mark = $"arrived/{edition}/{entry.File}";
            if (!await store.HasAsync(mark, ct) && await ArriveAsync(entry, idByFile, longestSide, ct))
                await KeepAsync(mark, ct);
        }
    }

    /// <summary>Which pictures have arrived, as the store remembers it: what goes along when the paper moves out.</summary>
    public async Task<IReadOnlyList<string>> MarksAsync(CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(DemoEdition.Folder, "pictures.yaml")) || await StoriesOfTheEditionAsync(ct) is not { Count: > 0 } idByFile)
            return [];

        var edition = await MarkOfTheEditionAsync(idByFile.Values, ct);
        List<string> marks = [];
        foreach (var entry in await ReadAsync(ct))
        {
            if (await store.HasAsync($"arrived/{edition}/{entry.File}", ct))
                marks.Add($"arrived/{edition}/{entry.File}");
        }

        return marks;
    }

    public static bool IsMark(string key) => WrittenMark().IsMatch(key);

    [GeneratedRegex(@"^arrived/[0-9]{1,20}/[a-z0-9-]{1,100}\.svg$")]
    private static partial Regex WrittenMark();

    /// <summary>A paper begun anew over the same pictures gets them once more.</summary>
    private async Task<string> MarkOfTheEditionAsync(IReadOnlyCollection<int> stories, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var begun = await db.Stories.Where(s => stories.Contains(s.Id)).MinAsync(s => s.CreatedAt, ct);
        return begun.UtcTicks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What came once comes not again: an editor may have taken it out of its story, or deleted it.</summary>
    private async Task KeepAsync(string mark, CancellationToken ct)
    {
        using var tray = folder.NewWorkplace();
        await File.WriteAllTextAsync(tray.File("mark"), mark, ct);
        await store.KeepAsync(mark, tray.File("mark"), ct);
    }

    private async Task<bool> ArriveAsync(Entry entry, Dictionary<string, int> idByFile, int longestSide, CancellationToken ct)
    {
        if (await PictureAsync(entry, longestSide, ct) is not { } picture)
            return false;

        await CaptionAsync(picture.Id, entry, ct);
        foreach (var id in entry.Stories.Where(idByFile.ContainsKey).Select(file => idByFile[file]))
            await desk.IllustrateAsync(id, text => text.PictureId is null ? text with { PictureId = picture.Id, PictureAlt = entry.Alt, PictureCaption = entry.Caption } : text, ct);

        if (entry.Inside is { } file && idByFile.TryGetValue(file, out var story))
            await desk.IllustrateAsync(story, text => text with { Copy = InsideCopy.Place(text.Copy, picture.Id, entry.Alt, entry.Caption) }, ct);
        return true;
    }

    /// <summary>The entry's picture, printed now unless it is here already.</summary>
    private async Task<Picture?> PictureAsync(Entry entry, int longestSide, CancellationToken ct)
    {
        var name = Path.ChangeExtension(entry.File, "jpg");
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.FileName == name && p.UploadedById == null, ct) is { } here)
            return here;

        using var tray = folder.NewWorkplace();
        File.Copy(Path.Combine(Drawings, Path.GetFileName(entry.File)), tray.File("drawing.svg"));
        var side = $"{(entry.Writer is null ? longestSide : Math.Min(longestSide, LongestSideOfPortrait))}";
        await using (var darkroom = await tools.EnterAsync(tray, ct))
        {
            var answer = await darkroom.DrawAsync(["thumbnail", "drawing.svg", "drawing.jpg[Q=95,subsample-mode=off,background=255,strip]", side, "--height", side], ct);
            if (!answer.Succeeded)
            {
                log.LogWarning("The demo edition’s {File} could not be printed: {Problem}", entry.File, answer.LastWords);
                return null;
            }
        }

        await using var print = File.OpenRead(tray.File("drawing.jpg"));
        return await intake.TakeInAsync(print, name, null, ct) is Intake.Taken taken ? taken.Picture : null;
    }

    /// <summary>Once: what an editor makes of them later stays.</summary>
    private async Task CaptionAsync(int id, Entry entry, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var picture = await db.Pictures.SingleAsync(p => p.Id == id, ct);
        if (picture.Alt.Length > 0)
            return;

        (picture.Alt, picture.Caption, picture.Credit) = (entry.Alt, entry.Caption, entry.Credit);
        if (entry.Focus is [var x, var y])
            picture.FocusOn(x, y);
        if (entry.Writer is { } slug && await db.Writers.SingleOrDefaultAsync(w => w.Slug == slug && w.PortraitId == null, ct) is { } writer)
            writer.PortraitId = id;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The stories of the edition that are here, by their files.</summary>
    private async Task<Dictionary<string, int>> StoriesOfTheEditionAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var paper = await db.SettingsAsync(ct);
        Dictionary<string, string> fileByKey = [];
        foreach (var path in Directory.EnumerateFiles(DemoEdition.Folder, "*.md"))
        {
            var story = await IncomingStory.ReadAsync(path, paper, ct);
            fileByKey[story.SourceKey] = story.FileName;
        }

        var here = await db.Stories.Where(s => s.SourceKey != null && fileByKey.Keys.Contains(s.SourceKey)).Select(s => new { s.Id, s.SourceKey }).ToListAsync(ct);
        return here.ToDictionary(story => fileByKey[story.SourceKey!], story => story.Id);
    }

    private static async Task<List<Entry>> ReadAsync(CancellationToken ct)
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(DemoEdition.Folder, "pictures.yaml"), ct);
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build().Deserialize<List<Entry>>(yaml);
    }

    /// <summary>A drawing and what is said about it: the stories it leads, the one it stands within, or the writer it portrays.</summary>
    private sealed class Entry
    {
        public string File { get; set; } = "";
        public string Caption { get; set; } = "";
        public string Alt { get; set; } = "";
        public string Credit { get; set; } = "";
        public List<float> Focus { get; set; } = [];
        public List<string> Stories { get; set; } = [];
        public string? Inside { get; set; }
        public string? Writer { get; set; }
    }
}
