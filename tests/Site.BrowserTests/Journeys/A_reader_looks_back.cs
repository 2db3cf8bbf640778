using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>By keyboard alone, and without script: days gone by, and a search made narrower step by step.</summary>
public sealed class A_reader_looks_back(ABrowser browser, FirstStart newsroom) : IClassFixture<FirstStart>
{
    [Fact]
    public async Task From_the_archive_to_a_month_to_a_day()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom, window => window.JavaScriptEnabled = false);
        var page = reader.Page;
        await reader.OpenAsync("/archive");

        await reader.TabToAsync(page.Locator(".months a").First);
        await page.Keyboard.PressAsync("Enter");
        var calendar = page.GetByRole(AriaRole.Table);
        await Expect.That(calendar).ToBeVisibleAsync();
        var month = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync();
        await Expect.That(calendar.Locator("caption")).ToHaveTextAsync(month);

        await reader.TabToAsync(calendar.GetByRole(AriaRole.Link).Last);
        await page.Keyboard.PressAsync("Enter");
        await Expect.That(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(month);
        await Expect.That(page.Locator(".calendar [aria-current=page]")).ToBeVisibleAsync();
        await Expect.That(page.Locator("main article").First).ToBeVisibleAsync();
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task A_slip_is_forgiven_and_the_results_are_narrowed_and_widened_again()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom, window => window.JavaScriptEnabled = false);
        var page = reader.Page;
        await reader.OpenAsync("/search");

        await reader.TabToAsync(page.GetByLabel("Search the archive"));
        await page.Keyboard.TypeAsync("huame");
        await page.Keyboard.PressAsync("Enter");
        await Expect.That(page.GetByText("Showing results for")).ToBeVisibleAsync();
        await Expect.That(page.Locator("mark").First).ToContainTextAsync("Haume");

        await reader.TabToAsync(page.Locator("summary"));
        await page.Keyboard.PressAsync("Enter");
        await reader.TabToAsync(page.GetByLabel("Topic"));
        await page.Keyboard.TypeAsync("Haume floods");
        await page.Keyboard.PressAsync("Enter");
        var chosen = page.GetByRole(AriaRole.Navigation, new() { Name = "Chosen filters" });
        await Expect.That(chosen).ToContainTextAsync("Topic: Haume floods");
        await Expect.That(page.GetByLabel("Topic")).ToHaveValueAsync("Haume floods");

        await reader.TabToAsync(chosen.GetByRole(AriaRole.Link, new() { Name = "Remove Topic: Haume floods" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect.That(chosen).ToHaveCountAsync(0);
        await Expect.That(page.Locator("mark").First).ToBeVisibleAsync();
        Assert.Empty(reader.Troubles);
    }
}
