using LondonDefender.BrowserTests.Everybody;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

/// <summary>The day's housekeeping, by keyboard alone: a search is kept, stories are chosen, filed elsewhere, and each is answered for.</summary>
public sealed class Many_stories_at_once(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task An_editor_files_what_was_found_under_another_section()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Canal freezes over", "One."));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Canal thaws", "One."));
        await newsroom.Desk.BeginAsync(null, Edition.Told("Canal is elsewhere", "One."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (page, keys) = (editor.Page, editor.Page.Keyboard);

        await editor.OpenAsync("/desk");
        await editor.TabToAsync(page.GetByLabel("Words", new() { Exact = true }));
        await keys.TypeAsync("canal");
        await keys.PressAsync("Enter");
        await Expect.That(page.Locator(".story-list tbody tr")).ToHaveCountAsync(3);

        await editor.TabToAsync(page.GetByText("Keep this search…"));
        await keys.PressAsync("Enter");
        await editor.TabToAsync(page.GetByLabel("Name", new() { Exact = true }));
        await keys.TypeAsync("The canal");
        await keys.PressAsync("Enter");
        await Expect.That(page.GetByRole(AriaRole.Link, new() { Name = "The canal" })).ToHaveAttributeAsync("aria-current", "page");

        // All of the page, but for the first, which is elsewhere.
        await editor.TabToAsync(page.GetByLabel("Choose all on this page"));
        await keys.PressAsync("Space");
        await Expect.That(page.Locator("#bulk-count")).ToHaveTextAsync("(3 stories)");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Shift+ArrowDown");
        await Expect.That(page.Locator("#bulk-count")).ToHaveTextAsync("(2 stories)");

        await editor.TabToAsync(page.GetByLabel("Do what"));
        await keys.TypeAsync("file under");
        await editor.TabToAsync(page.Locator("#bulk-section"));
        await keys.TypeAsync("Britain");
        await Inspection.PassesAsync(editor, "the list, something chosen");
        await page.SetViewportSizeAsync(1280, 900);
        await editor.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Go on…" }));
        await keys.PressAsync("Enter");

        await Expect.That(page.GetByRole(AriaRole.Heading, new() { Name = "File under Britain" })).ToBeVisibleAsync();
        await Expect.That(page.GetByText("Published at once as a minor change.")).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "what will happen to several stories");
        await page.SetViewportSizeAsync(1280, 900);
        // The button that confirms has the focus.
        await Expect.That(page.GetByRole(AriaRole.Button, new() { Name = "File under Britain: 2 stories" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");

        await Expect.That(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("2 stories done.");
        Assert.Equal(Edition.Britain, (await newsroom.StoryAsync(live)).SectionId);
        Assert.Equal(Edition.Britain, (await newsroom.StoryAsync(draft)).Draft.SectionId);
        await editor.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Back to the list" }));
        await keys.PressAsync("Enter");
        await Expect.That(page.GetByRole(AriaRole.Link, new() { Name = "The canal" })).ToHaveAttributeAsync("aria-current", "page");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_figure_ties_a_line_that_waits()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Bell foundry rings its last bell", "One."));
        var from = await newsroom.Desk.BeginAsync(null, Edition.Told("Silence in the steeple", "One.\n\nREAD MORE: Bell foundry rings its last bells\n\nTwo."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await editor.OpenAsync("/desk/links");
        await Inspection.PassesAsync(editor, "links to look at, one waits");
        await editor.Page.SetViewportSizeAsync(1280, 900);

        await editor.TabToAsync(editor.Page.GetByRole(AriaRole.Button, new() { Name = "Tie to “Bell foundry" }));
        await editor.Page.Keyboard.PressAsync("ArrowDown");
        await editor.Page.Keyboard.PressAsync("1");

        await Expect.That(editor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("is tied to “Bell foundry rings its last bell”");
        Assert.Equal($"One.\n\nREAD MORE: story:{target}\n\nTwo.", (await newsroom.StoryAsync(from)).Draft.Copy);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_topic_is_taken_by_another_word_for_it()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.Add(new Sections.TopicSynonym { Slug = "high-water", TopicId = Edition.Floods, Name = "High water" });
            await db.SaveChangesAsync();
        }

        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("The river came", "At high water the quays were empty."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await EditingPage.OpenAsync(editor, story);

        await editor.Page.GetByLabel("Find a topic").FillAsync("high");
        await Expect.That(editor.Page.GetByLabel("Harbour", new() { Exact = true })).ToBeHiddenAsync();
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(editor.Page.GetByLabel("Floods", new() { Exact = true })).ToBeCheckedAsync();
        await editor.Page.Keyboard.PressAsync("Control+S");

        await Expect.That(editor.Page.Locator("#save-state")).ToHaveTextAsync("Saved");
        Assert.Equal(Edition.Floods, Assert.Single((await newsroom.StoryAsync(story)).Draft.TopicIds));
        Assert.Empty(editor.Troubles);
    }
}
