using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Picking_follows_the_words(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task Enter_at_once_takes_what_the_words_mean_however_slow_the_line_is()
    {
        var meant = await newsroom.PublishAsync(Edition.FerryCloses);
        await newsroom.PublishAsync(Edition.MarketOpens);
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Bridge opens", ""));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await editor.SlowDownAsync("**/desk/find-story*", TimeSpan.FromMilliseconds(300));

        await page.Copy.FocusAsync();
        await editor.Page.Keyboard.PressAsync("Control+k");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Search the paper’s own stories" })).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("ansty");
        await editor.Page.Keyboard.PressAsync("Enter");

        await Expect.That(page.Markdown).ToHaveValueAsync($"READ MORE: story:{meant}\n\n");
        Assert.Empty(editor.Troubles);
    }
}
