using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Revisions_are_put_back(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task A_paragraph_is_put_back_by_keyboard_while_a_colleague_types_on()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "The first paragraph.\n\nThe second paragraph.\n\nThe third paragraph."));
        await newsroom.RewriteAsync(story, text => text with { Copy = text.Copy.Replace("The second paragraph.", "The second paragraph, spoilt.", StringComparison.Ordinal) });
        await using var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var theirs = await EditingPage.OpenAsync(colleague, story);
        await theirs.TypeAsync(" Typed before.");
        await theirs.IsSavedByItselfAsync();

        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await EditingPage.OpenAsync(editor, story);
        await editor.TabToAsync(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Revisions", Exact = true }));
        await editor.Page.Keyboard.PressAsync("Enter");
        await editor.TabToAsync(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Revision 2", Exact = true }));
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByRole(AriaRole.Heading, new() { Name = "From revision 1 to revision 2" })).ToBeVisibleAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Insertion)).ToContainTextAsync("spoilt");
        // The colleague is at it while the button is pressed.
        var typing = theirs.TypeAsync(" Typed meanwhile.", pause: 30);
        await editor.TabToAsync(editor.Page.GetByRole(AriaRole.Button, new() { Name = "Put this paragraph back as in revision 1" }));
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("restored from revision 1");
        await typing;

        const string both = "The first paragraph.\n\nThe second paragraph.\n\nThe third paragraph. Typed before. Typed meanwhile.";
        await Expect.That(theirs.Markdown).ToHaveValueAsync(both);
        await theirs.IsSavedByItselfAsync();
        Assert.Equal(both, (await newsroom.StoryAsync(story)).Draft.Copy);
        Assert.Empty(editor.Troubles.Concat(colleague.Troubles));
    }

    [Fact]
    public async Task A_lawyer_reads_a_draft_until_the_link_is_revoked()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", "The first paragraph."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await editor.TabToAsync(page.Button("Show outside…"));
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(page.Dialog.GetByLabel("For whom")).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("Wenda Sluys");
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(page.Dialog.GetByText("never opened")).ToBeVisibleAsync();
        var address = await page.Dialog.GetByLabel("The link").InputValueAsync();

        await using var lawyer = await Visitor.ComeAsync(browser, newsroom, window => window.JavaScriptEnabled = false);
        await lawyer.OpenAsync(address);
        await Expect.That(lawyer.Page.GetByText("For Wenda Sluys.")).ToBeVisibleAsync();
        await Expect.That(lawyer.Page.GetByRole(AriaRole.Article)).ToContainTextAsync("The first paragraph.");
        Assert.Equal(0, await lawyer.CountCookiesAsync());

        await editor.TabToAsync(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke the link for Wenda Sluys" }));
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(page.Dialog.GetByText("revoked")).ToBeVisibleAsync();
        Assert.Equal(404, (await lawyer.OpenAsync(address)).Status);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Beside_the_text_stands_the_readers_page_as_wide_as_is_wished()
    {
        var live = await newsroom.PublishAsync(Edition.FerryCloses);
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Fares rise", $"The first paragraph.\n\nREAD MORE: story:{live}"));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await Expect.That(page.Preview).ToContainTextAsync("The first paragraph.");
        Assert.Equal(360, await WidthAsync());

        await page.Headline.FocusAsync();
        await editor.Page.Keyboard.PressAsync("F8");
        Assert.Equal(1280, await WidthAsync());
        await page.Headline.FillAsync("Fares rise again");
        await Expect.That(page.Preview.GetByRole(AriaRole.Heading, new() { Name = "Fares rise again" })).ToBeVisibleAsync();
        await page.IsSavedByItselfAsync();

        // What it leads to opens beside it; the newsroom's keys work in it, too.
        var opened = await editor.Page.RunAndWaitForPopupAsync(() => page.Preview.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link).ClickAsync());
        Assert.Contains($"/{live}/", opened.Url, StringComparison.Ordinal);
        await opened.CloseAsync();
        await page.Preview.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link).FocusAsync();
        await editor.Page.Keyboard.PressAsync("F8");
        Assert.Equal(360, await WidthAsync());
        await editor.Page.Keyboard.PressAsync("F8");

        page = await EditingPage.OpenAsync(editor, story);
        await Expect.That(page.Preview).ToContainTextAsync("The first paragraph.");
        Assert.Equal(1280, await WidthAsync());
        await Expect.That(page.Button("Desk")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Empty(editor.Troubles);

        async Task<int> WidthAsync() => await editor.Page.Locator("#preview-page").EvaluateAsync<int>("frame => frame.contentWindow.innerWidth");
    }
}
