using Microsoft.Playwright;

namespace LondonDefender.BrowserTests;

/// <summary>What a visitor waits to see; Playwright looks again until it is so.</summary>
public static class Expect
{
    private const float Patience = 20_000;

    static Expect() => Assertions.SetDefaultExpectTimeout(Patience);

    public static ILocatorAssertions That(ILocator part) => Assertions.Expect(part);

    public static IPageAssertions That(IPage page) => Assertions.Expect(page);
}
