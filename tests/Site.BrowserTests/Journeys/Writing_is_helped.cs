using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>What the editing page does for whoever writes, all by keyboard.</summary>
public sealed class Writing_is_helped(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task A_sign_or_a_label_asks_for_a_story_and_Escape_leaves_what_was_typed()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Ansty quay is dredged", "Mud."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        await page.Copy.FocusAsync();

        await keys.TypeAsync("Write to a@b.example or ");
        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        await keys.TypeAsync("@");
        await Expect.That(page.Dialog).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.TypeAsync("maud.");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("RELATED:");
        await Expect.That(page.Dialog).ToBeVisibleAsync();
        await keys.TypeAsync("dredged");
        await keys.PressAsync("Enter");

        await Expect.That(page.Markdown).ToHaveValueAsync($"Write to a@b.example or @maud.\n\nRELATED: story:{target}\n\n");
        await Expect.That(page.Copy.GetByText("Ansty quay is dredged")).ToBeVisibleAsync();

        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Tab");
        await Expect.That(page.Copy.GetByLabel("Wording")).ToBeFocusedAsync();
        await keys.TypeAsync("Our own words");
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex($@"RELATED: \[Our own words\]\(story:{target}\)"));
        await page.Copy.GetByLabel("Label of this block").SelectOptionAsync("WATCH");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex(@"\n\nWATCH: \[Our own words\]"));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_slash_offers_blocks_and_stays_a_slash_where_none_is_meant()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        var blocks = editor.Page.GetByRole(AriaRole.Listbox, new() { Name = "Blocks" });
        await page.Copy.FocusAsync();

        await keys.TypeAsync("/fact");
        await Expect.That(blocks.GetByRole(AriaRole.Option, new() { Name = "Fact box", Selected = true })).ToBeVisibleAsync();
        await keys.PressAsync("Enter");
        await Expect.That(blocks).ToBeHiddenAsync();
        await keys.TypeAsync("The boat");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("It floats 9/10.");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("/");
        await Expect.That(blocks).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("/ and so on");
        await Expect.That(blocks).ToBeHiddenAsync();

        await Expect.That(page.Markdown).ToHaveValueAsync("::: facts The boat\nIt floats 9/10.\n:::\n\n/\n\n/ and so on");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Suggestions_and_house_style_are_taken_by_keys_and_the_palette_knows_the_way()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Barrier was never inspected", "Agnes Thorburn told the inquiry in Haumeford of subsidence and of the foundations."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (await EditingPage.BeginAsync(editor), editor.Page.Keyboard);
        await page.Copy.FocusAsync();

        await keys.TypeAsync("They organize talks with Agnes Thorburn about subsidence in Haumeford.");
        await Expect.That(page.Tab("Suggestions (2)")).ToBeVisibleAsync();
        await Expect.That(page.Copy).ToBeFocusedAsync();
        await keys.PressAsync("Control+.");
        await Expect.That(editor.Page.GetByRole(AriaRole.Button, new() { Name = "Barrier was never inspected" })).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync("They organise talks with Agnes Thorburn about subsidence in Haumeford.");
        await keys.PressAsync("Control+.");
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync($"They organise talks with Agnes Thorburn about subsidence in Haumeford.\n\nREAD MORE: story:{near}\n\n");

        await keys.PressAsync("Control+Shift+P");
        await keys.TypeAsync("fact");
        await keys.PressAsync("Enter");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex("::: facts\n"));
        await keys.PressAsync("Control+Shift+P");
        await keys.TypeAsync("field stand");
        await keys.PressAsync("Enter");
        await Expect.That(page.Standfirst).ToBeFocusedAsync();
        await page.SaveAsync();
        await keys.PressAsync("Control+Shift+P");
        await keys.TypeAsync("go readers");
        await keys.PressAsync("Enter");
        await Expect.That(editor.Page).ToHaveURLAsync(new Regex("/desk/readers$"));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task What_is_pasted_from_elsewhere_is_clean_and_what_was_left_out_is_said()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);
        await page.Copy.FocusAsync();
        await editor.Page.Keyboard.TypeAsync("Before. ");

        await page.Copy.EvaluateAsync("""
            copy => {
              const data = new DataTransfer();
              data.setData('text/html', '<b style="font-weight:normal" id="docs-internal-guid-1"><p style="margin:0" onclick="x()"><span style="font-weight:700">Bold</span> words.</p><p><img src="https://elsewhere.example/a.png"></p><p><b>READ MORE: A headline</b></p></b>');
              data.setData('text/plain', 'Bold words.\n\nREAD MORE: A headline');
              copy.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);

        await Expect.That(page.Markdown).ToHaveValueAsync("Before. **Bold** words.\n\nREAD MORE: A headline");
        await Expect.That(editor.Page.GetByText("Left out of what was pasted: 1 picture.")).ToBeVisibleAsync();
        Assert.Empty(editor.Troubles);
    }
}
