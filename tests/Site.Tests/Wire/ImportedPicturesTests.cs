using LondonDefender.Tests.Pictures;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire;

/// <summary>Stories that bring their picture along, and the drawings of the demo edition.</summary>
public sealed class ImportedPicturesTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_picture_beside_its_story_is_taken_in_with_what_is_said_about_it()
    {
        Vips.IsNeeded();
        await File.WriteAllBytesAsync(Path.Combine(folder, "quay.jpg"), await Vips.PhotoAsync("photo.jpg", 640, 400));
        await WriteAsync("ferry.md", "headline: The ferry’s last morning\npicture: quay.jpg\npicture_alt: A white boat at a quay\npicture_caption: Ansty, on Monday\npicture_credit: Ada Quay");

        var (code, report) = await ImportAsync();

        Assert.True(code == 0, report);
        await using var db = await newsroom.OpenDbAsync();
        var story = await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline == "The ferry’s last morning");
        var picture = await db.Pictures.AsNoTracking().SingleAsync(p => p.Id == story.Draft.PictureId);
        Assert.Equal(("A white boat at a quay", "Ansty, on Monday"), (story.Draft.PictureAlt, story.Draft.PictureCaption));
        Assert.Equal(("quay.jpg", "Ada Quay"), (picture.FileName, picture.Credit));
        Assert.True(await db.PictureUses.AnyAsync(u => u.StoryId == story.Id && u.PictureId == picture.Id));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_taken_costs_its_story_nothing_and_is_reported()
    {
        Vips.IsNeeded();
        await File.WriteAllTextAsync(Path.Combine(folder, "drawing.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await WriteAsync("drawn.md", "headline: Drawn, not photographed\npicture: drawing.svg");
        await WriteAsync("lost.md", "headline: Without its picture\npicture: nowhere.jpg");

        var (code, report) = await ImportAsync();

        Assert.Equal(1, code);
        Assert.Contains("Its picture drawing.svg was left out: That is an SVG drawing", report, StringComparison.Ordinal);
        Assert.Contains("Its picture nowhere.jpg was left out: There is no such file", report, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(2, await db.Stories.CountAsync(s => s.Draft.PictureId == null && (s.Draft.Headline == "Drawn, not photographed" || s.Draft.Headline == "Without its picture")));
    }

    private Task WriteAsync(string name, string front) => File.WriteAllTextAsync(Path.Combine(folder, name), $"---\n{front}\n---\nCopy of {name}.\n");

    private async Task<(int Code, string Report)> ImportAsync()
    {
        await using var report = new StringWriter();
        var code = await newsroom.Services.GetRequiredService<Importer>().RunAsync(new() { Paths = [folder], Publish = true }, report);
        return (code, report.ToString());
    }
}
