using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public class Copy_is_written_as_rich_text(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task What_is_typed_is_stored_as_Markdown()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        await page.Copy.FocusAsync();

        await keys.TypeAsync("The river rose at 5 * 3 and ");
        await keys.PressAsync("Control+b");
        await keys.TypeAsync("fell");
        await keys.PressAsync("Control+b");
        await keys.TypeAsync(" again.");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("## What was lost");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("- a piano");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("a tree");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("READ MORE:");
        await keys.PressAsync("Escape");
        await keys.TypeAsync("story:7");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("# no heading");

        const string Written = "The river rose at 5 \\* 3 and **fell** again.\n\n## What was lost\n\n- a piano\n- a tree\n\nREAD MORE: story:7\n\n# no heading";
        await Expect.That(page.Markdown).ToHaveValueAsync(Written.Replace("\n\n# no", "\n\n\\# no", StringComparison.Ordinal));
        await Expect.That(page.Copy.GetByRole(AriaRole.Heading, new() { Name = "What was lost" })).ToBeVisibleAsync();
        await Expect.That(page.Preview.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["a piano", "a tree"]);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Signs_of_Markdown_become_what_they_mean()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        await page.Copy.FocusAsync();

        await keys.TypeAsync("It **rose**, it _fell_, see [the map](https://example.org/map), 2*3*4 and 5 * 3 * 2, and **here*");
        await keys.TypeAsync("*");
        await keys.PressAsync("Backspace");
        await keys.TypeAsync(".");

        await Expect.That(page.Markdown).ToHaveValueAsync(@"It **rose**, it *fell*, see [the map](https://example.org/map), 2\*3\*4 and 5 \* 3 \* 2, and \*\*here\*\*.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Enter_parts_Backspace_joins_and_undo_takes_both_back()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        await page.Copy.FocusAsync();
        await keys.TypeAsync("One two");

        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("ArrowLeft");
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync("One\n\ntwo");
        await keys.PressAsync("Backspace");
        await Expect.That(page.Markdown).ToHaveValueAsync("One two");

        await keys.PressAsync("Control+z");
        await keys.PressAsync("Control+z");
        await Expect.That(page.Markdown).Not.ToHaveValueAsync("One\n\ntwo");
        await keys.PressAsync("Control+y");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Pasted_words_are_read_as_Markdown_and_leave_the_rest_as_it_was()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        const string Odd = "Kept  as *it* came,\nin two lines.\n\n\n* an __odd__ list\n\n```\ncode\n```\n";
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses with { Copy = Odd + "\nThe end." });
        var page = await EditingPage.OpenAsync(editor, story);

        await editor.CopyAsync("First.\n\nREAD MORE: [Their words](story:7)\n\n> Said.");
        await page.Copy.GetByText("The end.").ClickAsync();
        await editor.Page.Keyboard.PressAsync("End");
        await editor.Page.Keyboard.PressAsync("Enter");
        await editor.Page.Keyboard.PressAsync("Control+v");

        await Expect.That(page.Markdown).ToHaveValueAsync(Odd + "\nThe end.\n\nFirst.\n\nREAD MORE: [Their words](story:7)\n\n> Said.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task One_key_shows_the_Markdown_and_the_cursor_stays_where_it_was()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses with { Copy = "One **bold** word.\n\n- an item\n\nThe middle is here." });
        var (page, keys) = (await EditingPage.OpenAsync(editor, story), editor.Page.Keyboard);
        await page.Copy.GetByText("The middle is here.").ClickAsync();
        await keys.PressAsync("Home");
        await keys.TypeAsync("X");

        await keys.PressAsync("Control+m");
        await Expect.That(page.Markdown).ToBeFocusedAsync();
        await keys.TypeAsync("Y");
        await Expect.That(page.Markdown).ToHaveValueAsync("One **bold** word.\n\n- an item\n\nXYThe middle is here.");
        await keys.PressAsync("Control+m");
        await Expect.That(page.Markdown).ToBeHiddenAsync();
        await keys.TypeAsync("Z");
        await Expect.That(page.Markdown).ToHaveValueAsync("One **bold** word.\n\n- an item\n\nXYZThe middle is here.");

        await page.Button("Markdown").ClickAsync();
        await page.SaveAsync();
        await editor.Page.ReloadAsync();
        page = await EditingPage.ReadyAsync(editor.Page);
        await Expect.That(page.Markdown).ToBeVisibleAsync();
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_block_moves_by_keys_and_is_left_by_Enter()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses with { Copy = "One.\n\nREAD MORE: story:999999\n\n::: facts The boat\nIt floats.\n:::" });
        var (page, keys) = (await EditingPage.OpenAsync(editor, story), editor.Page.Keyboard);

        await page.Copy.GetByText("It floats.").ClickAsync();
        await keys.PressAsync("End");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Below.");
        await Expect.That(page.Markdown).ToHaveValueAsync("One.\n\nREAD MORE: story:999999\n\n::: facts The boat\nIt floats.\n:::\n\nBelow.");

        // On what is said of the line, which is no part of the text.
        await page.Copy.Locator(".read-more-target").ClickAsync();
        await keys.PressAsync("Alt+ArrowUp");
        await Expect.That(page.Markdown).ToHaveValueAsync("READ MORE: story:999999\n\nOne.\n\n::: facts The boat\nIt floats.\n:::\n\nBelow.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_line_shows_the_headline_it_leads_to_and_its_state()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var target = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses with { Headline = "A target with a headline" });
        var page = await EditingPage.BeginAsync(editor);

        await page.Copy.FillAsync($"One.\n\nREAD MORE: story:{target}\n\nTwo.");

        await Expect.That(page.Copy.GetByText("A target with a headline")).ToBeVisibleAsync();
        await Expect.That(page.Copy.GetByText("Draft")).ToBeVisibleAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync($"One.\n\nREAD MORE: story:{target}\n\nTwo.");

        // A wording is in the copy as it is typed, and Escape has it as it was.
        var wording = page.Copy.GetByLabel("Wording");
        await wording.PressSequentiallyAsync("Their words");
        await Expect.That(page.Markdown).ToHaveValueAsync($"One.\n\nREAD MORE: [Their words](story:{target})\n\nTwo.");
        await Expect.That(wording).ToBeFocusedAsync();
        await editor.Page.Keyboard.PressAsync("Escape");
        await Expect.That(page.Markdown).ToHaveValueAsync($"One.\n\nREAD MORE: story:{target}\n\nTwo.");
        Assert.Empty(editor.Troubles);
    }
}
