using Microsoft.Playwright;

namespace LondonDefender.BrowserTests;

/// <summary>The tool that arranges a front, by what an editor sees of it.</summary>
public sealed class FrontTool(IPage page)
{
    public ILocator Finder => page.GetByRole(AriaRole.Combobox, new() { Name = "Find a story" });
    public ILocator Hits => page.GetByRole(AriaRole.Listbox, new() { Name = "Stories found" }).GetByRole(AriaRole.Option);
    public ILocator SaveState => page.Locator("#save-state");
    public ILocator Standing => page.Locator("#standing");
    public ILocator Refusal => page.Locator("#refusal");

    /// <summary>What those who hear are told.</summary>
    public ILocator Said => page.Locator("#said");

    public ILocator Preview => page.FrameLocator("#view-page").Locator("main");
    public ILocator Disputes => page.GetByRole(AriaRole.Region, new() { Name = "Two editors, one place" });

    public static async Task<FrontTool> OpenAsync(Visitor editor, string front = "front")
    {
        await editor.OpenAsync($"/desk/fronts/{front}");
        await Expect.That(editor.Page.Locator("#front[data-is-ready]")).ToBeVisibleAsync();
        return new(editor.Page);
    }

    public ILocator Container(string title) => page.Locator(".container").Filter(new() { Has = page.GetByLabel($"Move the container {title}", new() { Exact = true }) });

    public ILocator Pins(string container) => Container(container).Locator(".pins .card-words");

    public ILocator Handle(string headline) => page.GetByRole(AriaRole.Button, new() { Name = $"Move “{headline}”", Exact = true });

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    public Task IsSavedAsync() => Expect.That(SaveState).ToHaveTextAsync("Saved");

    /// <summary>Until what is listed was found for these words, and for no fewer.</summary>
    public async Task FindAsync(string words)
    {
        await Finder.FillAsync(words);
        await Expect.That(page.Locator("#finder-hits")).ToHaveAttributeAsync("data-found-for", words);
    }

    /// <summary>Down on the one, by way of some places between, up on the other.</summary>
    public async Task DragAsync(ILocator what, ILocator onto, float partOfHeight)
    {
        await what.ScrollIntoViewIfNeededAsync();
        var (from, to) = ((await what.BoundingBoxAsync())!, (await onto.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(from.X + from.Width / 2, from.Y + from.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X + to.Width / 2, to.Y + to.Height * partOfHeight, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }
}
