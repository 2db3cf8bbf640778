using LondonDefender.BrowserTests.Everybody;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>From the writer's draft to the editor's mark, and talked about on its way: without a mouse.</summary>
public sealed class A_story_is_reviewed(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task By_keyboard_with_a_comment_and_once_back()
    {
        var name = await newsroom.HireAsync(Role.Writer);
        var story = await newsroom.Desk.BeginAsync(await IdOfAsync(name), Edition.BridgeOpens with { Copy = "After nine years the ferry crosses for the last time.\n\nThe bridge is open." });
        await using var writer = await Visitor.ComeAsync(browser, newsroom);
        await writer.SignInAsync(name);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);

        var draft = await EditingPage.OpenAsync(writer, story);
        await draft.TypeAsync(" Who paid?");
        await writer.Page.Keyboard.PressAsync("Control+Alt+n");
        await Expect.That(Stage(writer)).ToContainTextAsync("In review");
        await draft.IsSavedByItselfAsync();

        // The editor comes by way of the day, says something about two words, and sends it back.
        await editor.OpenAsync("/desk/my-day");
        var waits = editor.Page.GetByRole(AriaRole.Region, new() { Name = "Waits for my review" }).GetByRole(AriaRole.Link, new() { Name = Edition.BridgeOpens.Headline });
        await editor.TabToAsync(waits);
        await editor.Page.Keyboard.PressAsync("Enter");
        var review = await EditingPage.ReadyAsync(editor.Page);
        await review.CursorBehindAsync("After nine years the ferry");
        foreach (var _ in "the ferry")
            await editor.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        await editor.Page.Keyboard.PressAsync("Control+Alt+m");
        await Expect.That(editor.Page.GetByLabel("Comment", new() { Exact = true })).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("Which ferry? There are two.");
        await Inspection.PassesAsync(editor, "editor, a comment being written");
        await editor.Page.SetViewportSizeAsync(1280, 900);
        await editor.Page.GetByLabel("Comment", new() { Exact = true }).FocusAsync();
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(Comment(editor)).ToContainTextAsync("Which ferry?");
        await Inspection.PassesAsync(editor, "editor, comments");
        await editor.Page.SetViewportSizeAsync(1280, 900);
        await editor.Page.Keyboard.PressAsync("Control+Alt+b");
        await Expect.That(editor.Page.GetByLabel("What is to be done?")).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("Name the ferry.");
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(Stage(editor)).ToContainTextAsync("Draft");

        // The writer, who has the page open, hears of it, goes to the words, and writes others.
        await Expect.That(Stage(writer)).ToContainTextAsync("Name the ferry.");
        await writer.TabToAsync(draft.Tab("Preview"));
        await writer.Page.Keyboard.PressAsync("ArrowLeft");
        await writer.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect.That(draft.Tab("Comments")).ToBeFocusedAsync();
        await writer.TabToAsync(Comment(writer).GetByRole(AriaRole.Button).First);
        await writer.Page.Keyboard.PressAsync("Enter");
        await Expect.That(draft.Copy).ToBeFocusedAsync();
        Assert.Equal("the ferry", await writer.Page.EvaluateAsync<string>("() => getSelection().toString()"));
        await writer.Page.Keyboard.TypeAsync("the Ansty ferry");
        await Expect.That(Comment(writer)).ToContainTextAsync("the ferry");
        await writer.TabToAsync(Comment(writer).GetByRole(AriaRole.Button, new() { Name = "Answer" }));
        await writer.Page.Keyboard.PressAsync("Enter");
        await writer.Page.Keyboard.TypeAsync("The one from Ansty.");
        await writer.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(Comment(writer)).ToContainTextAsync("The one from Ansty.");
        await writer.Page.Keyboard.PressAsync("Control+Alt+n");
        await Expect.That(Stage(writer)).ToContainTextAsync("In review");

        await Expect.That(Comment(editor)).ToContainTextAsync("The one from Ansty.");
        await editor.TabToAsync(Comment(editor).GetByRole(AriaRole.Button, new() { Name = "Resolve" }));
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(Comment(editor)).ToHaveCountAsync(0);
        await Expect.That(Stage(editor)).ToContainTextAsync("In review");
        await editor.Page.Keyboard.PressAsync("Control+Alt+n");
        await Expect.That(Stage(editor)).ToContainTextAsync("Ready");
        Assert.Contains("the Ansty ferry crosses", (await newsroom.StoryAsync(story)).Draft.Copy, StringComparison.Ordinal);
        Assert.Empty(writer.Troubles.Concat(editor.Troubles));
    }

    [Fact]
    public async Task Words_that_are_commented_on_are_marked_and_lead_to_what_is_said()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens with { Copy = "After nine years the ferry crosses.\n\nThe bridge is open." });
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.OpenAsync(editor, story), editor.Page.Keyboard);
        await page.CursorBehindAsync("the ferry");
        foreach (var _ in "the ferry")
            await keys.PressAsync("Shift+ArrowLeft");
        await keys.PressAsync("Control+Alt+m");
        await keys.TypeAsync("Which?");
        await keys.PressAsync("Control+Enter");
        var marked = page.Copy.Locator(".commented");
        await Expect.That(marked).ToHaveTextAsync("the ferry");

        // It goes along with what is typed before it.
        await page.CursorBehindAsync("After nine");
        await keys.TypeAsync(" long");
        await Expect.That(marked).ToHaveTextAsync("the ferry");

        await page.Tab("Preview").ClickAsync();
        await marked.ClickAsync();
        await Expect.That(Comment(editor)).ToBeVisibleAsync();
        await Expect.That(page.Copy).ToBeFocusedAsync();
        await Inspection.PassesAsync(editor, "editor, commented words");
        await editor.Page.SetViewportSizeAsync(1280, 900);

        await Comment(editor).GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect.That(marked).ToHaveCountAsync(0);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task The_board_goes_by_arrows_and_moves_by_m()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var first = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        var second = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);
        await editor.OpenAsync("/desk/board");
        var (one, other) = (editor.Page.Locator($"#story-{second}"), editor.Page.Locator($"#story-{first}"));
        await editor.TabToAsync(one);
        await editor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect.That(other).ToBeFocusedAsync();
        await editor.Page.Keyboard.PressAsync("m");
        await Expect.That(other.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("Legal");
        await editor.Page.Keyboard.PressAsync("Tab");
        await editor.Page.Keyboard.PressAsync("Enter");

        await Expect.That(editor.Page.GetByRole(AriaRole.Region, new() { Name = "Legal" }).GetByRole(AriaRole.Heading, new() { Name = Edition.FerryCloses.Headline })).ToBeVisibleAsync();
        await Expect.That(other).ToBeFocusedAsync();
        await Inspection.PassesAsync(editor, "board, a story moved");
        Assert.Empty(editor.Troubles);
    }

    private static ILocator Stage(Visitor who) => who.Page.GetByRole(AriaRole.Region, new() { Name = "Where the work stands" });

    private static ILocator Comment(Visitor who) => who.Page.Locator("#comments .comments > .comment:visible");

    private async Task<int> IdOfAsync(string name)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync();
    }
}
