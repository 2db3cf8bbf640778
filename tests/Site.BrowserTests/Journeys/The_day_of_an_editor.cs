using System.Globalization;
using System.Text.RegularExpressions;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Tests;
using LondonDefender.Tests.Pictures;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>From the passkey in the morning to the withdrawal at night, without a mouse.</summary>
public sealed class The_day_of_an_editor(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private const string Related = "Former minister lays bare ‘harbour of mirrors’ plot at last";
    private const string Headline = "Harbour towns ask who wrote the news that emptied them";

    [Fact]
    public async Task By_keyboard_alone()
    {
        Vips.IsNeeded();
        var target = await newsroom.PublishAsync(Edition.Told(Related, "How it was found out."));
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("harbour.jpg", 1300, 800), "harbour.jpg");
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await using var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        // A passkey belongs to a name; an address of numbers can have none.
        await using var editor = await Visitor.ComeAsync(browser, newsroom, options => options.BaseURL = $"http://localhost:{newsroom.Address.Port}");
        var (screen, keys) = (editor.Page, editor.Page.Keyboard);
        await editor.BringFingerAsync();
        await HasPasskeyAsync(editor);

        // In the morning: the finger instead of the password.
        await PressAsync(editor, screen.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }));
        await PressAsync(editor, screen.GetByRole(AriaRole.Button, new() { Name = "New story" }));
        var page = await EditingPage.ReadyAsync(screen);
        var story = int.Parse(new Uri(screen.Url).Segments[^1], CultureInfo.InvariantCulture);

        // Wire copy makes a draft; its READ MORE line waits for a story, and is tied.
        await editor.CopyAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Samples", "wire-copy-sample.txt")));
        await editor.TabToAsync(page.Copy);
        await keys.PressAsync("Control+V");
        await Expect.That(page.Headline).ToHaveValueAsync(Headline);
        await editor.TabToAsync(page.Tab("Preview"));
        await keys.PressAsync("ArrowRight");
        await PressAsync(editor, page.Checks.GetByRole(AriaRole.Button, new() { Name = $"Tie to “{Related}”" }));
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex($"\n\nREAD MORE: story:{target}\n\n"));

        // Where it is filed, and a picture.
        await editor.TabToAsync(page.Section);
        await keys.TypeAsync("World");
        await editor.TabToAsync(page.Copy);
        await keys.PressAsync("Control+End");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Control+j");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex($@"picture:{picture.Id}\b"));
        await page.IsSavedByItselfAsync();

        // A colleague looks at it and calls it ready.
        await keys.PressAsync("Control+Alt+n");
        await Expect.That(Stage(editor)).ToContainTextAsync("In review");
        await EditingPage.OpenAsync(colleague, story);
        await colleague.Page.Keyboard.PressAsync("Control+Alt+n");
        await Expect.That(Stage(colleague)).ToContainTextAsync("Ready");
        await Expect.That(Stage(editor)).ToContainTextAsync("Ready");

        // What the picture shows is asked for before publishing, said, and then the story is scheduled for ten.
        await keys.PressAsync("Control+Enter");
        await Expect.That(page.Mend("is not described yet")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        await DescribeAsync(page, keys, picture.Id);
        await keys.PressAsync("Control+Enter");
        await editor.TabToAsync(page.Dialog.GetByLabel("Date and time"));
        var due = newsroom.Clock.GetUtcNow().AddHours(1);
        await page.Dialog.GetByLabel("Date and time").FillAsync(new PaperClock(new PaperSettings().Zone).Field(due));
        await PressAsync(editor, page.Dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish") }));
        await page.HasReloadedAsync();
        Assert.Equal(404, (await reader.OpenAsync($"/world/{story}")).Status);

        // At ten readers have it, and the page says by itself what was seen.
        newsroom.Clock.MoveTo(due);
        Assert.Equal(200, (await reader.OpenAsync($"/world/{story}")).Status);
        await screen.ReloadAsync();
        page = await EditingPage.ReadyAsync(screen);
        await Expect.That(screen.GetByRole(AriaRole.Region, new() { Name = "What was done to it" })).ToContainTextAsync("Went live");

        // Something in it was wrong.
        await PressAsync(editor, screen.GetByRole(AriaRole.Link, new() { Name = "Corrections…" }));
        await editor.TabToAsync(screen.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Correction") }).First);
        await keys.PressAsync("Space");
        await editor.TabToAsync(screen.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Under the headline") }).First);
        await keys.PressAsync("Space");
        await editor.TabToAsync(screen.GetByLabel("Words").First);
        await keys.TypeAsync("There are four towns, not three.");
        await PressAsync(editor, screen.GetByRole(AriaRole.Button, new() { Name = "Publish it" }));
        await Expect.That(screen.GetByText("Readers see it from their next page on.")).ToBeVisibleAsync();
        await reader.Page.ReloadAsync();
        await Expect.That(reader.Page.GetByText("There are four towns, not three.")).ToBeVisibleAsync();

        // And in the evening it has to go.
        newsroom.Clock.MoveBy(TimeSpan.FromHours(8));
        await PressAsync(editor, screen.GetByRole(AriaRole.Link, new() { Name = Headline }));
        page = await EditingPage.ReadyAsync(screen);
        await PressAsync(editor, page.Button("Withdraw…"));
        await PressAsync(editor, page.Dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Withdraw") }));
        await page.HasReloadedAsync();
        await Expect.That(screen.GetByRole(AriaRole.Region, new() { Name = "What was done to it" })).ToContainTextAsync("Withdrawn");
        Assert.Equal(410, (await reader.OpenAsync($"/world/{story}")).Status);
        Assert.Empty(editor.Troubles.Concat(colleague.Troubles).Concat(reader.Troubles));
    }

    private async Task HasPasskeyAsync(Visitor editor)
    {
        await editor.SignInAsync(await newsroom.HireAsync(Role.Editor));
        await editor.OpenAsync("/desk/own-sign-in");
        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }));
        await Expect.That(editor.Page.GetByText("This computer, since")).ToBeVisibleAsync();
        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }));
    }

    /// <summary>In Markdown, where the last line but an empty one is the picture's: its description is typed between the brackets.</summary>
    private static async Task DescribeAsync(EditingPage page, IKeyboard keys, int picture)
    {
        await keys.PressAsync("Control+m");
        await Expect.That(page.Markdown).ToBeFocusedAsync();
        await keys.PressAsync("Control+End");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Home");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await keys.TypeAsync("Boats in the harbour");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex($@"!\[Boats in the harbour\]\(picture:{picture}\b[^)]*\)\s*$"));
    }

    private static async Task PressAsync(Visitor who, ILocator part)
    {
        await who.TabToAsync(part);
        await who.Page.Keyboard.PressAsync("Enter");
    }

    private static ILocator Stage(Visitor who) => who.Page.GetByRole(AriaRole.Region, new() { Name = "Where the work stands" });
}
