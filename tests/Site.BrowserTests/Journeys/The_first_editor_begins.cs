using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class The_first_editor_begins(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task From_the_one_time_link_to_a_story_that_readers_see_by_keyboard_alone()
    {
        await newsroom.PublishAsync(Edition.FerryCloses);
        await using var editor = await Visitor.ComeAsync(browser, newsroom);
        await JoinAsync(editor);
        await SignOutAndInAsync(editor);

        var page = await WriteAsync(editor);
        await Expect.That(page.Preview).ToContainTextAsync("After nine years the ferry crosses for the last time.");
        await LeadOnAsync(editor, page);
        await Expect.That(page.Preview.GetByRole(AriaRole.Link, new() { Name = Edition.FerryCloses.Headline })).ToBeVisibleAsync();
        await PublishAsync(editor, page);

        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/world");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = Edition.BridgeOpens.Headline }).ClickAsync();
        var block = reader.Page.GetByRole(AriaRole.Complementary, new() { Name = "Related story" });
        await Expect.That(block).ToContainTextAsync("READ MORE");
        await block.GetByRole(AriaRole.Link, new() { Name = Edition.FerryCloses.Headline }).ClickAsync();
        await Expect.That(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Edition.FerryCloses.Headline);

        Assert.Equal(0, await reader.CountCookiesAsync());
        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }

    private async Task JoinAsync(Visitor editor)
    {
        var key = await newsroom.Services.GetRequiredService<FirstRun>().NewLinkAsync();
        await editor.OpenAsync($"/desk/first-run?key={key}");
        await editor.Page.GetByLabel("Your name").FillAsync("Thea Longhand");
        await editor.Page.GetByLabel("Name to sign in with").FillAsync("thea");
        await editor.Page.GetByLabel("Password").FillAsync(StaffMember.Password);
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Settings", IncludeHidden = true })).ToHaveCountAsync(1);
        await Expect.That(editor.Page.GetByText("Thea Longhand").First).ToBeVisibleAsync();

        await editor.OpenAsync($"/desk/first-run?key={key}");
        await Expect.That(editor.Page.GetByRole(AriaRole.Heading, new() { Name = "This link does not work any more" })).ToBeVisibleAsync();
    }

    private static async Task SignOutAndInAsync(Visitor editor)
    {
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).PressAsync("Enter");
        await Expect.That(editor.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await editor.SignInAsync("thea");
    }

    private static async Task<EditingPage> WriteAsync(Visitor editor)
    {
        await editor.TabToAsync(editor.Page.GetByRole(AriaRole.Button, new() { Name = "New story" }));
        await editor.Page.Keyboard.PressAsync("Enter");

        var page = await EditingPage.ReadyAsync(editor.Page);
        await editor.TabToAsync(page.Headline);
        await editor.Page.Keyboard.TypeAsync(Edition.BridgeOpens.Headline);
        await editor.TabToAsync(page.Standfirst);
        await editor.Page.Keyboard.TypeAsync("What happened, in a sentence.");
        await editor.TabToAsync(page.Section);
        await editor.Page.Keyboard.TypeAsync("World");
        await editor.TabToAsync(page.Copy);
        await editor.Page.Keyboard.TypeAsync(Edition.BridgeOpens.Copy);
        await editor.Page.Keyboard.PressAsync("Enter");
        await editor.Page.Keyboard.PressAsync("Enter");
        await editor.Page.Keyboard.TypeAsync("Nobody waved.");
        return page;
    }

    /// <summary>A READ MORE block before the last paragraph, picked from the paper's own stories.</summary>
    private static async Task LeadOnAsync(Visitor editor, EditingPage page)
    {
        await editor.Page.Keyboard.PressAsync("Home");
        await editor.Page.Keyboard.PressAsync("Control+k");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Search the paper’s own stories" })).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("ansty");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Option, new() { Name = Edition.FerryCloses.Headline, Selected = true })).ToBeVisibleAsync();
        await editor.Page.Keyboard.PressAsync("Enter");

        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        await Expect.That(page.Copy).ToBeFocusedAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync($"{Edition.BridgeOpens.Copy}\n\nREAD MORE: story:1\n\nNobody waved.");
    }

    private static async Task PublishAsync(Visitor editor, EditingPage page)
    {
        await page.SaveAsync();
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeFocusedAsync();
        await editor.Page.Keyboard.PressAsync("Enter");
        await page.HasReloadedAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "See it as a reader" })).ToBeVisibleAsync();
    }
}
