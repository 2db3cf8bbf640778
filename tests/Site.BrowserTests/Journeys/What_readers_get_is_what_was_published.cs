using System.Net;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class What_readers_get_is_what_was_published(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task While_something_is_missing_the_dialog_says_what_and_leads_there()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);

        foreach (var (missing, field) in new[] { ("no headline", page.Headline), ("under a section", page.Section), ("no copy", page.Copy) })
        {
            await page.Button("Publish… ").ClickAsync();
            await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeDisabledAsync();
            await page.Mend(missing).ClickAsync();
            await Expect.That(field).ToBeFocusedAsync();
        }

        await page.WriteAsync("Everything is here now", "All of it.");
        await page.PublishAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "See it as a reader" })).ToBeVisibleAsync();
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Readers_keep_the_old_text_until_the_change_is_published_and_are_told_of_a_substantive_one()
    {
        var story = await newsroom.PublishAsync(Edition.Told("Bridge opens", "The bride is open."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        var body = reader.Page.GetByRole(AriaRole.Article).First;
        var page = await EditingPage.OpenAsync(editor, story);

        await page.Copy.FillAsync("The bridge is open.");
        await page.SaveAsync();
        await reader.OpenAsync($"/world/{story}");
        await Expect.That(body).ToContainTextAsync("The bride is open.");

        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        await page.PublishAsync();
        await reader.Page.ReloadAsync();
        await Expect.That(body).ToContainTextAsync("The bridge is open.");
        await Expect.That(body).Not.ToContainTextAsync("Updated");

        await page.Copy.FillAsync("The bridge is shut again.");
        await page.PublishAsync(dialog => dialog.GetByRole(AriaRole.Radio, new() { Name = "Substantive" }).CheckAsync());
        await reader.Page.ReloadAsync();
        await Expect.That(body).ToContainTextAsync("The bridge is shut again.");
        await Expect.That(body).ToContainTextAsync($"Updated {new PaperClock(new PaperSettings().Zone).DateAndTime(newsroom.Clock.GetUtcNow())}");

        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }
    [Fact]
    public async Task A_withdrawn_story_is_mended_brought_back_and_only_then_published()
    {
        var story = await newsroom.PublishAsync(Edition.Told("Quay sold", "It was sold twice."));
        await newsroom.Desk.WithdrawAsync(story);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.Copy.FillAsync("It was sold once.");
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await page.SaveAsync();
        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        await Expect.That(editor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Publish") })).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Gone, await newsroom.StatusOf($"/world/{story}/quay-sold"));

        await page.Button("Bring back").ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "See it as a reader" })).ToBeVisibleAsync();
        await Expect.That(editor.Page.GetByText("Saved changes readers do not see yet")).ToBeVisibleAsync();
        await page.HasReloadedAsync();
        await page.PublishAsync();
        Assert.Contains("It was sold once.", (await newsroom.ReadStoryAsync(story)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(editor.Troubles);
    }
}
