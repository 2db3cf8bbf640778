using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class A_reader_reads(ABrowser browser, FirstStart newsroom) : IClassFixture<FirstStart>
{
    private const string Lead = "Poland’s president urges NATO to step up as Russian troops move near Ukraine";
    private const string Next = "Former minister lays bare the ‘harbour of mirrors’ plot";
    private const string Found = "Engineers warned of Haume barrier fault three winters ago";

    [Fact]
    public async Task From_the_front_page_to_stories_search_and_topics_without_script_or_cookies()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom, window => window.JavaScriptEnabled = false);
        var page = reader.Page;

        await reader.OpenAsync("/");
        await page.GetByRole(AriaRole.Heading, new() { Name = Lead }).First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect.That(Title(page)).ToHaveTextAsync(Lead);

        await page.GetByRole(AriaRole.Complementary, new() { Name = "Related story" }).GetByRole(AriaRole.Link, new() { Name = Next }).ClickAsync();
        await Expect.That(Title(page)).ToHaveTextAsync(Next);
        await page.GoBackAsync();
        await Expect.That(Title(page)).ToHaveTextAsync(Lead);

        await page.GetByRole(AriaRole.Link, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByLabel("Search the archive").FillAsync("barrier fault");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect.That(page.Locator("mark").First).ToHaveTextAsync("barrier");

        await page.GetByRole(AriaRole.Link, new() { Name = Found }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Haume floods" }).ClickAsync();
        await Expect.That(Title(page)).ToHaveTextAsync("Haume floods");

        Assert.Equal(0, await reader.CountCookiesAsync());
        Assert.Empty(reader.Troubles);
    }

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });
}
