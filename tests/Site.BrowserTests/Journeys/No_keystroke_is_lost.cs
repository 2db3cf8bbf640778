using System.Net;
using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class No_keystroke_is_lost(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private const string SaveWithCapsLockOn = "Control+S";

    [Fact]
    public async Task The_second_of_two_saves_is_refused_and_shows_both_texts()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var mine = await EditingPage.OpenAsync(editor, story);
        var theirs = await EditingPage.OpenAsync(colleague, story);

        await theirs.Copy.FillAsync("What the colleague wrote.");
        await theirs.SaveAsync();
        await mine.Copy.FillAsync("What I wrote meanwhile.");
        await editor.Page.Keyboard.PressAsync(SaveWithCapsLockOn);

        await Expect.That(mine.Dialog).ToContainTextAsync("Somebody saved this story while you were writing");
        await Expect.That(mine.Dialog.GetByLabel("Your text")).ToHaveValueAsync(Containing("What I wrote meanwhile."));
        await Expect.That(mine.Dialog.GetByLabel("Their text")).ToHaveValueAsync(Containing("What the colleague wrote."));
        await Expect.That(mine.SaveState).ToHaveTextAsync("Not saved");

        await mine.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save mine over theirs" }).ClickAsync();
        await Expect.That(mine.SaveState).ToHaveTextAsync("Saved");
        await editor.Page.ReloadAsync();
        await Expect.That((await EditingPage.ReadyAsync(editor.Page)).Markdown).ToHaveValueAsync("What I wrote meanwhile.");

        Assert.Empty(editor.Troubles.Concat(colleague.Troubles));
    }

    [Fact]
    public async Task Leaving_asks_first_and_what_a_closed_tab_held_is_offered_again()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await page.Copy.PressSequentiallyAsync("A sentence nobody has saved. ");

        var asked = await editor.AnswerAsync(stays: true, () => editor.Page.GetByRole(AriaRole.Link, new() { Name = "Stories", Exact = true }).ClickAsync());
        Assert.Equal(DialogType.BeforeUnload, asked);
        await Expect.That(page.Markdown).ToHaveValueAsync(Containing("A sentence nobody has saved."));

        await page.Copy.PressSequentiallyAsync("Another, typed as the tab was closed. ");
        Assert.Equal(DialogType.BeforeUnload, await editor.AnswerAsync(stays: false, editor.CloseTabAsync));
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);

        await Expect.That(page.Kept).ToBeVisibleAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync(Edition.FerryCloses.Copy);
        await page.Button("Put it back").ClickAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync(Containing("A sentence nobody has saved. Another, typed as the tab was closed."));
        await page.SaveAsync();
        await editor.Page.ReloadAsync();
        page = await EditingPage.ReadyAsync(editor.Page);
        await Expect.That(page.Markdown).ToHaveValueAsync(Containing("Another, typed as the tab was closed."));
        await Expect.That(page.Kept).ToBeHiddenAsync();

        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Text_kept_in_the_browser_does_not_overwrite_what_a_colleague_saved_since()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await page.Copy.FillAsync("What I had not saved.");
        await editor.AnswerAsync(stays: false, editor.CloseTabAsync);

        await newsroom.RewriteAsync(story, text => text with { Copy = "What the colleague saved since." });
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);
        await page.Button("Put it back").ClickAsync();
        await editor.Page.Keyboard.PressAsync("Control+s");

        await Expect.That(page.Dialog.GetByLabel("Your text")).ToHaveValueAsync(Containing("What I had not saved."));
        await Expect.That(page.Dialog.GetByLabel("Their text")).ToHaveValueAsync(Containing("What the colleague saved since."));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_draft_a_colleague_has_worked_on_since_is_shown_instead_of_spiked()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await newsroom.RewriteAsync(story, text => text with { Copy = "What the colleague wrote." });

        await page.Button("Spike").ClickAsync();
        await page.Button("Spike it for good").ClickAsync();
        await Expect.That(page.Dialog.GetByLabel("Their text")).ToHaveValueAsync(Containing("What the colleague wrote."));
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Show me theirs" }).ClickAsync();
        await page.HasReloadedAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync("What the colleague wrote.");

        await page.Button("Spike").ClickAsync();
        await page.Button("Spike it for good").ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Button, new() { Name = "New story" })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{story}"));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Half_of_a_pasted_character_does_not_keep_the_rest_from_being_saved()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.Markdown.EvaluateAsync("copy => { copy.value = 'Half \\ud83d of a face, and \\ud83d\\ude00.'; copy.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.SaveAsync();

        await editor.Page.ReloadAsync();
        page = await EditingPage.ReadyAsync(editor.Page);
        await Expect.That(page.Markdown).ToHaveValueAsync("Half \ufffd of a face, and 😀.");
        await Expect.That(page.Kept).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles);
    }

    private static Regex Containing(string words) => new(Regex.Escape(words));
}
