using LondonDefender.Fronts;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class A_front_is_arranged(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private const string Bridge = "Bridge over the Wend opens at last", Ferry = "Last ferry leaves Ansty quay", Market = "Night market opens under the arches";

    [Fact]
    public async Task By_keyboard_alone()
    {
        await PublishAllAsync();
        await newsroom.ArrangeAsync(Arrangement(("Top", []), ("Below", [])));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var tool = await FrontTool.OpenAsync(editor);
        var keys = editor.Page.Keyboard;

        await keys.PressAsync("Control+k");
        await keys.TypeAsync("ansty");
        await keys.PressAsync("Enter");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Ferry]);
        await keys.PressAsync("Control+k");
        await keys.TypeAsync("arches");
        await keys.PressAsync("Enter");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Ferry, Market]);

        await editor.TabToAsync(tool.Handle(Market));
        await keys.PressAsync("Space");
        await Expect.That(tool.Said).ToHaveTextAsync($"Taken up: “{Market}”, place 2 of 2 in Top.");
        await keys.PressAsync("ArrowUp");
        await Expect.That(tool.Said).ToHaveTextAsync("place 1 of 2 in Top");
        await keys.PressAsync("Space");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, Ferry]);
        await Expect.That(tool.Handle(Market)).ToBeFocusedAsync();

        await keys.PressAsync("ArrowDown");
        await Expect.That(tool.Handle(Ferry)).ToBeFocusedAsync();
        await keys.PressAsync("Space");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("Escape");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, Ferry]);

        await editor.TabToAsync(tool.Button($"Change “{Ferry}”"));
        await keys.PressAsync("Enter");
        await keys.TypeAsync("The boat is gone");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, "The boat is gone"]);
        await Expect.That(tool.Preview).ToContainTextAsync("The boat is gone");

        await keys.PressAsync("Control+z");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, Ferry]);
        await keys.PressAsync("Control+Shift+z");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, "The boat is gone"]);
        await tool.IsSavedAsync();
        Assert.DoesNotContain("The boat is gone", await newsroom.Reader.GetStringAsync("/"), StringComparison.Ordinal);

        await keys.PressAsync("Control+Enter");
        await keys.PressAsync("Enter");
        await Expect.That(tool.Standing).ToHaveTextAsync("Readers have this.");
        Assert.Equal([Market, "The boat is gone", Bridge], (await newsroom.ReadAsync("/")).QuerySelectorAll("main .card-headline").Select(h => h.TextContent).Take(3));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task By_drag_and_nothing_twice()
    {
        var (_, ferry, _) = await PublishAllAsync();
        await newsroom.ArrangeAsync(Arrangement(("Top", [ferry]), ("Below", [])));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var tool = await FrontTool.OpenAsync(editor);

        await tool.FindAsync("arches");
        var hit = tool.Hits.Filter(new() { HasText = Market });
        await Expect.That(hit).ToBeVisibleAsync();
        await tool.DragAsync(hit, tool.Pins("Top").First, .1f);
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, Ferry]);

        await tool.DragAsync(hit, tool.Container("Below"), .5f);
        await Expect.That(tool.Refusal).ToContainTextAsync($"“{Market}” is pinned already, in “Top”. A story stands on a front once.");
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Market, Ferry]);
        await tool.Button("Move it here").ClickAsync();
        await Expect.That(tool.Pins("Top")).ToHaveTextAsync([Ferry]);
        await Expect.That(tool.Pins("Below")).ToHaveTextAsync([Market]);

        await tool.DragAsync(tool.Handle(Ferry), tool.Pins("Below").First, .9f);
        await Expect.That(tool.Pins("Below")).ToHaveTextAsync([Market, Ferry]);
        await tool.DragAsync(editor.Page.GetByLabel("Move the container Below"), tool.Container("Top"), .1f);
        await Expect.That(editor.Page.GetByLabel("Title of the container").First).ToHaveValueAsync("Below");

        await tool.IsSavedAsync();
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal("Below", (await db.Fronts.FindAsync(0))!.Draft.Containers[0].Title);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task By_two_editors_at_once_and_nothing_is_silent()
    {
        var (_, ferry, _) = await PublishAllAsync();
        await newsroom.ArrangeAsync(Arrangement(("Top", [ferry]), ("Below", [])));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (mine, theirs) = (await FrontTool.OpenAsync(editor), await FrontTool.OpenAsync(colleague));
        await Expect.That(editor.Page.Locator("#present")).ToContainTextAsync("has it open");

        // Different containers: both, with no word of a conflict.
        await theirs.Finder.FillAsync("arches");
        await colleague.Page.GetByLabel("Enter pins it in").SelectOptionAsync("Below");
        await theirs.Hits.Filter(new() { HasText = Market }).ClickAsync();
        await theirs.IsSavedAsync();
        await Expect.That(mine.Pins("Below")).ToHaveTextAsync([Market]);
        await mine.Finder.FillAsync("wend");
        await mine.Hits.Filter(new() { HasText = Bridge }).ClickAsync();
        await Expect.That(theirs.Pins("Top")).ToHaveTextAsync([Ferry, Bridge]);

        // The same title: both forms are shown, until one is chosen.
        await editor.SlowDownAsync("**/presence", TimeSpan.FromMinutes(1));
        await colleague.Page.GetByLabel("Title of the container").First.FillAsync("Theirs");
        await Expect.That(colleague.Page.Locator("#save-state")).ToHaveTextAsync("Saved");
        await SavedTitleAsync("Theirs");
        await editor.Page.GetByLabel("Title of the container").First.FillAsync("Mine");
        await Expect.That(mine.Disputes).ToContainTextAsync("Theirs");
        await mine.Disputes.GetByRole(AriaRole.Button, new() { Name = "Keep yours" }).ClickAsync();
        await Expect.That(mine.Disputes).ToBeHiddenAsync();
        await Expect.That(colleague.Page.GetByLabel("Title of the container").First).ToHaveValueAsync("Mine");
        Assert.Empty(editor.Troubles.Concat(colleague.Troubles));
    }

    private async Task SavedTitleAsync(string title)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            await using var db = await newsroom.OpenDbAsync();
            if ((await db.Fronts.FindAsync(0))!.Draft.Containers[0].Title == title)
                return;
        }

        Assert.Fail($"“{title}” was not saved.");
    }

    /// <summary>The class has one paper, and its stories are in it once.</summary>
    private async Task<(int Bridge, int Ferry, int Market)> PublishAllAsync() =>
        (await OnceAsync(Edition.BridgeOpens), await OnceAsync(Edition.FerryCloses), await OnceAsync(Edition.MarketOpens));

    private async Task<int> OnceAsync(StoryText text)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.Where(s => s.Draft.Headline == text.Headline).Select(s => (int?)s.Id).SingleOrDefaultAsync() ?? await newsroom.PublishAsync(text);
    }

    private static FrontArrangement Arrangement(params (string Title, int[] Pins)[] containers) => new()
    {
        Containers = [.. containers.Select(container => new Container { Key = container.Title, Title = container.Title, Pins = [.. container.Pins.Select(id => new PinnedCard { StoryId = id })] })],
    };
}
