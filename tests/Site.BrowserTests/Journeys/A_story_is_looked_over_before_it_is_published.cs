using LondonDefender.BrowserTests.Everybody;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>The publish dialog by keyboard alone: what stops a story, what mends it, and the receipt; then the kill.</summary>
public sealed class A_story_is_looked_over_before_it_is_published(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task Remarks_are_mended_by_a_key_each_and_the_receipt_says_what_was_seen()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Ferry strike ends after nine weeks", "It ended."));
        var drifted = await newsroom.PublishAsync(Edition.Told("Nine hurt in fire", "Nine."));
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("What it cost",
            $"It cost £TK million.\n\nREAD MORE: Ferry strike ends after eight weeks\n\nTwo.\n\nREAD MORE: [Nine people hurt](story:{drifted})\n\nREAD MORE: story:999999\n\nThree.") with
        { CreditLine = "Wire" });
        await newsroom.RepublishAsync(drifted, old => old with { Headline = "Eleven hurt in fire" });
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        var (page, keys) = (await EditingPage.OpenAsync(editor, story), editor.Page.Keyboard);

        await keys.PressAsync("Control+Enter");
        await Expect.That(page.Mend("Something is still to come")).ToBeFocusedAsync();
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })).ToBeDisabledAsync();
        await Inspection.PassesAsync(editor, "publish dialog with remarks");
        await editor.Page.SetViewportSizeAsync(1280, 900);

        // The place is selected, so what is typed takes its place.
        await keys.PressAsync("Enter");
        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        await Expect.That(page.Copy).ToBeFocusedAsync();
        await keys.TypeAsync("40");
        await Expect.That(page.Markdown).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^It cost £40 million"));

        await keys.PressAsync("Control+Enter");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })).ToBeFocusedAsync();
        await keys.PressAsync("1");
        await Expect.That(page.Remark("waits for its story")).ToHaveCountAsync(0);
        await Expect.That(page.Mend("Nine people hurt", "Use the present headline")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect.That(page.Remark("was pinned")).ToHaveCountAsync(0);
        await Expect.That(page.Mend("There is no story 999999", "Take the line out")).ToBeFocusedAsync();
        await keys.PressAsync("1");
        await Expect.That(page.Dialog.GetByText("Nothing stands in the way.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync($"It cost £40 million.\n\nREAD MORE: story:{near}\n\nTwo.\n\nREAD MORE: story:{drifted}\n\nThree.");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true })).ToBeFocusedAsync();

        await keys.PressAsync("Enter");
        await page.HasReloadedAsync();
        var receipt = editor.Page.GetByRole(AriaRole.Region, new() { Name = "What was done to it" });
        await Expect.That(receipt).ToContainTextAsync("Went live: seen on 1 of 1 node");
        await editor.TabToAsync(receipt.Locator("summary"));
        await keys.PressAsync("Enter");
        await Expect.That(receipt.GetByRole(AriaRole.Link, new() { Name = "Front of World" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "editor with a receipt");
        await editor.Page.SetViewportSizeAsync(1280, 900);
        Assert.Equal(200, (await reader.OpenAsync($"/world/{story}")).Status);

        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        await editor.TabToAsync(page.Button("Kill…"));
        await keys.PressAsync("Enter");
        await keys.TypeAsync("By order of the court");
        await keys.PressAsync("Enter");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Keep it after all" })).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await page.HasReloadedAsync();
        await Expect.That(receipt).ToContainTextAsync("Killed: seen on 1 of 1 node");
        Assert.Equal(410, (await reader.OpenAsync($"/world/{story}")).Status);

        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }

    [Fact]
    public async Task In_the_night_when_an_hour_comes_twice_the_editor_says_which()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens with { CreditLine = "Wire" });
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        var night = TwiceNight(newsroom.Clock.GetUtcNow());

        await page.PublishAsync(async dialog =>
        {
            await dialog.GetByLabel("Date and time").FillAsync($"{night:yyyy-MM-dd}T01:30");
            await dialog.GetByRole(AriaRole.Radio, new() { Name = "GMT (01:30 UTC)" }).CheckAsync();
        });

        Assert.Equal(new DateTimeOffset(night, new TimeOnly(1, 30), TimeSpan.Zero), (await newsroom.StoryAsync(story)).PublishAt);
        Assert.Empty(editor.Troubles);
    }

    /// <summary>The last Sunday of the next October.</summary>
    private static DateOnly TwiceNight(DateTimeOffset now)
    {
        var last = new DateOnly(now.Month >= 10 ? now.Year + 1 : now.Year, 10, 31);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
