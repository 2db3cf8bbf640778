using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Links_keep_true(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task A_block_vanishes_with_its_target_and_returns_with_it()
    {
        var target = await newsroom.PublishAsync(Edition.FerryCloses);
        var from = await newsroom.PublishAsync(Edition.Told("Bridge opens", $"One.\n\nREAD MORE: story:{target}\n\nTwo."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        var block = reader.Page.GetByRole(AriaRole.Complementary, new() { Name = "Related story" });

        await reader.OpenAsync($"/world/{from}");
        await Expect.That(block).ToContainTextAsync(Edition.FerryCloses.Headline);

        var page = await EditingPage.OpenAsync(editor, target);
        await page.Button("Withdraw…").ClickAsync();
        await Expect.That(page.Dialog).ToContainTextAsync("One story leads here");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect.That(page.Button("Bring back")).ToBeVisibleAsync();

        await reader.Page.ReloadAsync();
        await Expect.That(reader.Page.GetByText("Two.")).ToBeVisibleAsync();
        await Expect.That(block).ToHaveCountAsync(0);
        await Expect.That(reader.Page.GetByText("READ MORE")).ToHaveCountAsync(0);
        Assert.Equal(410, (await reader.OpenAsync($"/world/{target}")).Status);

        await page.Button("Bring back").ClickAsync();
        await Expect.That(page.Button("Withdraw…")).ToBeVisibleAsync();
        await reader.OpenAsync($"/world/{from}");
        await block.GetByRole(AriaRole.Link, new() { Name = Edition.FerryCloses.Headline }).ClickAsync();
        await Expect.That(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Edition.FerryCloses.Headline);

        Assert.Empty(editor.Troubles.Concat(reader.Troubles));
    }
}
