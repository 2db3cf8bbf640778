using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Tests;
using LondonDefender.Tests.Pictures;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Pictures_reach_readers(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private const string Caption = "The weir above Ansty, on Tuesday.";

    [Fact]
    public async Task Several_files_come_in_at_once_and_one_that_is_no_picture_keeps_none_of_the_others_back()
    {
        Vips.IsNeeded();
        await using var writer = await Visitor.SignInAsync(browser, newsroom, Role.Writer);
        await writer.OpenAsync("/desk/pictures");

        await writer.Page.GetByLabel("Add pictures…").SetInputFilesAsync([
            PictureFiles.File("weir-one.jpg", await Vips.PhotoAsync("one.jpg", 640, 480)),
            PictureFiles.File("words.jpg", "No picture at all."u8.ToArray()),
            PictureFiles.File("weir-two.jpg", await Vips.PhotoAsync("two.jpg", 641, 480)),
        ]);

        await Expect.That(Uploads(writer).GetByRole(AriaRole.Status).First).ToHaveTextAsync("2 pictures are in, 1 could not be taken.");
        await Expect.That(Line(writer, "words.jpg")).ToContainTextAsync("not a picture");

        await Line(writer, "weir-one.jpg").GetByLabel("What it shows").FillAsync("Water over stones.");
        await Line(writer, "weir-one.jpg").GetByLabel("Credit").FocusAsync();
        await Expect.That(Line(writer, "weir-one.jpg")).ToContainTextAsync("Saved");

        await Line(writer, "weir-one.jpg").GetByRole(AriaRole.Link).ClickAsync();
        await Expect.That(writer.Page.GetByLabel("What it shows, for someone who cannot see it")).ToHaveValueAsync("Water over stones.");
        Assert.Empty(writer.Troubles);
    }

    [Fact]
    public async Task Files_are_dropped_and_pasted_and_one_on_its_way_is_stopped()
    {
        Vips.IsNeeded();
        var photo = PictureFiles.File("dropped.jpg", await Vips.PhotoAsync("dropped.jpg", 642, 480));
        await using var writer = await Visitor.SignInAsync(browser, newsroom, Role.Writer);
        await writer.OpenAsync("/desk/pictures");

        await writer.Page.Locator("h1").DropAsync(photo);
        await Expect.That(Line(writer, "dropped.jpg")).ToContainTextAsync("In");
        await writer.Page.Locator("body").PasteAsync(PictureFiles.File("image.png", await Vips.PhotoAsync("pasted.png", 643, 480)));
        await Expect.That(Uploads(writer)).ToContainTextAsync("2 pictures are in.");

        await writer.SlowDownAsync("**/desk/pictures/files*", TimeSpan.FromSeconds(4));
        await writer.Page.Locator("h1").DropAsync(PictureFiles.File("again.jpg", photo.Buffer), PictureFiles.File("unwanted.jpg", photo.Buffer));
        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Stop unwanted.jpg" }).ClickAsync();
        await Expect.That(Line(writer, "unwanted.jpg")).ToContainTextAsync("Stopped.");
        await Expect.That(Line(writer, "again.jpg")).ToContainTextAsync("Was here already");
        await Expect.That(Uploads(writer).GetByRole(AriaRole.Status).First).ToHaveTextAsync("3 pictures are in, 1 stopped.");
        Assert.Empty(writer.Troubles);
    }

    [Fact]
    public async Task The_focal_point_is_set_by_a_click_and_by_keys_and_every_cut_follows()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("focus.jpg", 1300, 800), "focus.jpg");
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await editor.OpenAsync($"/desk/pictures/{picture.Id}");
        var (place, fromLeft, fromTop) = (editor.Page.GetByRole(AriaRole.Application, new() { Name = "Focal point" }), editor.Page.GetByLabel("From the left"), editor.Page.GetByLabel("From the top"));
        var square = editor.Page.Locator("[data-crop='1x1'] img");

        var size = (await place.BoundingBoxAsync())!;
        await place.ClickAsync(new() { Position = new() { X = size.Width * .9f, Y = size.Height * .5f } });
        await Expect.That(fromLeft).ToHaveValueAsync(new Regex(@"^(89\.\d+|90(\.\d+)?)$"));
        // The point lies nearer to the edge than half a square: the cut stands at the edge.
        await Expect.That(square).ToHaveCSSAsync("object-position", new Regex("^100% "));

        await place.FocusAsync();
        for (var press = 0; press < 8; press++)
            await editor.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await editor.Page.Keyboard.PressAsync("ArrowUp");
        await Expect.That(fromLeft).ToHaveValueAsync(new Regex(@"^(49\.\d+|50(\.\d+)?)$"));
        await Expect.That(fromTop).ToHaveValueAsync(new Regex(@"^(48\.\d+|49(\.\d+)?)$"));

        await fromLeft.FillAsync("10");
        await Expect.That(square).ToHaveCSSAsync("object-position", new Regex("^0% "));
        // Saving gives the picture another address: one that is still on its way would not be found any more.
        foreach (var cut in await editor.Page.Locator("#crops img").AllAsync())
        {
            await cut.ScrollIntoViewIfNeededAsync();
            await Expect.That(cut).ToHaveJSPropertyAsync("complete", true);
        }
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect.That(editor.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await Expect.That(fromLeft).ToHaveValueAsync("10");
        Assert.DoesNotContain(picture.AddressHash, await square.GetAttributeAsync("src") ?? "", StringComparison.Ordinal);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_picture_is_chosen_described_and_published_and_readers_see_it_with_its_words()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("chosen.jpg", 1400, 900), "chosen-weir.jpg");
        await DescribeAsync(picture.Id, Caption, "Idris Quill");
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);
        await page.WriteAsync("The weir has held", "It held all night.");

        await page.Button("Choose a picture…").ClickAsync();
        await editor.Page.Keyboard.TypeAsync("weir ansty");
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByLabel("Caption", new() { Exact = true })).ToHaveValueAsync(Caption);
        await Expect.That(page.Preview.GetByText(Caption)).ToBeVisibleAsync();

        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeDisabledAsync();
        await page.Mend("The main picture is not described").ClickAsync();
        await Expect.That(Described(editor)).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("Brown water over a weir.");
        await page.PublishAsync();

        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/world");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "The weir has held" }).First.ClickAsync();
        await Expect.That(reader.Page.GetByText(Caption)).ToBeVisibleAsync();
        await Expect.That(reader.Page.GetByText("Idris Quill")).ToBeVisibleAsync();
        var image = reader.Page.GetByRole(AriaRole.Img, new() { Name = "Brown water over a weir." });
        await Expect.That(image).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await image.EvaluateAsync<int>("image => image.naturalWidth") > 0);
        Assert.Empty(editor.Troubles);
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_file_dropped_on_the_copy_stands_behind_the_paragraph_it_was_dropped_on_while_the_writing_goes_on()
    {
        Vips.IsNeeded();
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);
        await page.WriteAsync("Dropped into the copy", "The first paragraph.\n\nThe last.");
        await page.Standfirst.FocusAsync();

        await page.Copy.GetByText("The first paragraph.").DropAsync(PictureFiles.File("in-copy.jpg", await Vips.PhotoAsync("in-copy.jpg", 1250, 700)));

        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex(@"^The first paragraph\.\n\n!\[\]\(picture:\d+\)\n\nThe last\.$"));
        await Expect.That(page.Standfirst).ToBeFocusedAsync();
        await page.Tab("Links and checks").ClickAsync();
        await Expect.That(page.Checks).ToContainTextAsync("A picture in the copy is not described yet");

        await page.Copy.FocusAsync();
        await editor.Page.Keyboard.PressAsync("Control+End");
        await editor.Page.Keyboard.PressAsync("Control+j");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await editor.Page.Keyboard.PressAsync("Enter");
        // Between the brackets, where what it shows is asked for.
        await editor.Page.Keyboard.TypeAsync("A quay");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex(@"The last\.\n\n!\[A quay\]\(picture:\d+\)\s*$"));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_main_picture_is_dropped_in_place_and_comes_back_with_kept_text()
    {
        Vips.IsNeeded();
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        var page = await EditingPage.OpenAsync(editor, story);
        var box = editor.Page.GetByRole(AriaRole.Group, new() { Name = "Main picture" });

        await box.DropAsync(PictureFiles.File("main.jpg", await Vips.PhotoAsync("main.jpg", 1251, 700)));
        await Expect.That(box.GetByRole(AriaRole.Link, new() { Name = "Crops, credit and rights" })).ToBeVisibleAsync();
        await page.IsSavedByItselfAsync();
        await editor.CutLineAsync();
        await Described(editor).FillAsync("A quay at dusk.");
        await page.IsKeptHereAsync();

        await editor.AnswerAsync(stays: false, editor.CloseTabAsync);
        await editor.CutLineAsync(false);
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);
        box = editor.Page.GetByRole(AriaRole.Group, new() { Name = "Main picture" });
        await Expect.That(page.Kept).ToBeVisibleAsync();
        await Expect.That(Described(editor)).ToHaveValueAsync("");
        await page.Button("Put it back").ClickAsync();
        await Expect.That(box.GetByRole(AriaRole.Link, new() { Name = "Crops, credit and rights" })).ToBeVisibleAsync();
        await Expect.That(Described(editor)).ToHaveValueAsync("A quay at dusk.");

        await page.Button("Remove").First.ClickAsync();
        await Expect.That(Described(editor)).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles);
    }

    private async Task DescribeAsync(int picture, string caption, string credit)
    {
        await using var db = await newsroom.OpenDbAsync();
        var found = (await db.Pictures.FindAsync(picture))!;
        (found.Caption, found.Credit) = (caption, credit);
        await db.SaveChangesAsync();
    }

    private static ILocator Uploads(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Files on their way" });

    private static ILocator Line(Visitor visitor, string file) => Uploads(visitor).GetByRole(AriaRole.Listitem).Filter(new() { HasText = file });

    private static ILocator Described(Visitor visitor) => visitor.Page.GetByLabel("What it shows, for someone who cannot see it");
}
