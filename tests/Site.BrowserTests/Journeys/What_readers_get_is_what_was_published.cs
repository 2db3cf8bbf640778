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

        foreach (var (missing, field) in new[] { ("headline", page.Headline), ("section", page.Section), ("copy", page.Copy) })
        {
            await page.Button("Publish… ").ClickAsync();
            await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeDisabledAsync();
            await page.Dialog.GetByRole(AriaRole.Link, new() { Name = missing }).ClickAsync();
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
        var body = reader.Page.GetByRole(AriaRole.Article);
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
}
