using System.Globalization;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Stories_come_when_they_are_due(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private readonly PaperClock clock = new(new PaperSettings().Zone);

    [Fact]
    public async Task A_scheduled_story_comes_at_its_moment_and_one_taken_back_never_does()
    {
        var due = newsroom.Clock.GetUtcNow().AddHours(3);
        var comes = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);
        var staysAway = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var reader = await Visitor.ComeAsync(browser, newsroom);

        await ScheduleAsync(editor, comes, due);
        var page = await ScheduleAsync(editor, staysAway, due);
        await page.Button("Take the schedule back").ClickAsync();
        await Expect.That(page.Button("Spike")).ToBeVisibleAsync();
        Assert.Equal(404, (await reader.OpenAsync($"/world/{comes}")).Status);

        newsroom.Clock.MoveTo(due);
        Assert.Equal(200, (await reader.OpenAsync($"/world/{comes}")).Status);
        await Expect.That(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Edition.MarketOpens.Headline);
        await Expect.That(reader.Page.GetByText($"Published {clock.DateAndTime(due)}")).ToBeVisibleAsync();
        Assert.Equal(404, (await reader.OpenAsync($"/world/{staysAway}")).Status);

        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }

    [Fact]
    public async Task A_story_published_under_an_embargo_waits_for_it()
    {
        var until = newsroom.Clock.GetUtcNow().AddHours(2);
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.PublishAsync(async dialog =>
        {
            await dialog.GetByText("Embargo", new() { Exact = true }).ClickAsync();
            await dialog.GetByLabel("Not before").FillAsync(AsTyped(until));
        });
        await Expect.That(editor.Page.GetByText($"appears {clock.DateAndTime(until)}")).ToBeVisibleAsync();
        await Expect.That(editor.Page.GetByText($"under embargo until {clock.DateAndTime(until)}")).ToBeVisibleAsync();
        Assert.Equal(404, (await reader.OpenAsync($"/world/{story}")).Status);

        newsroom.Clock.MoveTo(until);
        Assert.Equal(200, (await reader.OpenAsync($"/world/{story}")).Status);
        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }

    [Fact]
    public async Task An_embargo_typed_by_half_publishes_nothing()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        var embargo = page.Dialog.GetByText("Embargo", new() { Exact = true });

        await page.Button("Publish… ").ClickAsync();
        await embargo.ClickAsync();
        await page.Dialog.GetByLabel("Not before").PressSequentiallyAsync("24");
        await embargo.ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();

        await Expect.That(page.Dialog.GetByLabel("Not before")).ToBeFocusedAsync();
        await using var db = await newsroom.OpenDbAsync();
        Assert.Null((await db.Stories.FindAsync(story))!.PublishedNumber);
    }

    /// <summary>The moment is told in the paper's time, wherever the editor's machine believes itself to be.</summary>
    private async Task<EditingPage> ScheduleAsync(Visitor editor, int story, DateTimeOffset due)
    {
        var page = await EditingPage.OpenAsync(editor, story);
        await page.PublishAsync(dialog => dialog.GetByLabel("Date and time").FillAsync(AsTyped(due)));
        await Expect.That(editor.Page.GetByText($"appears {clock.DateAndTime(due)}")).ToBeVisibleAsync();
        return page;
    }

    private string AsTyped(DateTimeOffset moment) => clock.Local(moment).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
