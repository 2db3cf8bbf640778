using LondonDefender.Tests.Pictures;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Everybody;

public sealed class PicturePagesTests(ABrowser browser, BusyNewsroom newsroom) : IClassFixture<BusyNewsroom>
{
    [Fact]
    public async Task The_library_is_for_everybody()
    {
        await TakeInAsync();
        await using var editor = await newsroom.ComeInAsync(browser);
        await editor.OpenAsync("/desk/pictures");
        await editor.Page.GetByLabel("Add pictures…").SetInputFilesAsync([
            PictureFiles.File("weir.jpg", await Vips.PhotoAsync("weir.jpg", 640, 480)), PictureFiles.File("words.jpg", "No picture."u8.ToArray()),
        ]);
        await Expect.That(editor.Page.GetByText("1 picture is in, 1 could not be taken.")).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "picture library");
    }

    [Fact]
    public async Task One_picture_is_for_everybody()
    {
        var picture = await TakeInAsync();
        await using var editor = await newsroom.ComeInAsync(browser);
        await editor.OpenAsync($"/desk/pictures/{picture}");
        await Inspection.PassesAsync(editor, "picture");

        await editor.OpenAsync("/desk/pictures?words=zeppelin&show=unused");
        await Inspection.PassesAsync(editor, "picture library, nothing found");

        await editor.OpenAsync("/desk/pictures/4711");
        await Inspection.PassesAsync(editor, "no such picture");
    }

    [Fact]
    public async Task Choosing_a_picture_is_for_everybody()
    {
        await TakeInAsync();
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.BeginAsync(editor);
        await page.Button("Choose a picture…").ClickAsync();
        await Expect.That(page.Dialog.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "picture picker");

        await editor.Page.SetViewportSizeAsync(1280, 900);
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Crops, credit and rights" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "editor with a main picture");
    }

    [Fact]
    public async Task Portraits_are_for_everybody()
    {
        var picture = await TakeInAsync();
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.Writers.First().PortraitId = picture;
            await db.SaveChangesAsync();
        }

        await using var editor = await newsroom.ComeInAsync(browser);
        await editor.OpenAsync("/desk/writers");
        await Inspection.PassesAsync(editor, "writers with portraits");
    }

    private async Task<int> TakeInAsync()
    {
        Vips.IsNeeded();
        return (await newsroom.TakeInAsync(await Vips.PhotoAsync("quay.jpg", 1300, 800), "quay.jpg")).Id;
    }
}
