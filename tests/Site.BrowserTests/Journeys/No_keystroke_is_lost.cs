using System.Net;
using System.Text.RegularExpressions;
using LondonDefender.FaultTests;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class No_keystroke_is_lost(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task What_is_typed_is_saved_by_itself_and_at_once_on_request()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.TypeAsync(" Nobody pressed a key to save this.");
        await page.IsSavedByItselfAsync();
        Assert.Equal(Edition.BridgeOpens.Copy + " Nobody pressed a key to save this.", await CopyOfAsync(story));

        await page.TypeAsync(" With caps lock on.");
        await editor.Page.Keyboard.PressAsync("Control+S");
        await page.IsSavedByItselfAsync();
        Assert.EndsWith("With caps lock on.", await CopyOfAsync(story), StringComparison.Ordinal);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Leaving_asks_first_and_what_a_closed_tab_held_is_offered_again()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await editor.CutLineAsync();
        await page.TypeAsync(" A sentence nobody has saved.");
        await page.IsKeptHereAsync();

        var asked = await editor.AnswerAsync(stays: true, () => editor.Page.GetByRole(AriaRole.Link, new() { Name = "Stories", Exact = true }).ClickAsync());
        Assert.Equal(DialogType.BeforeUnload, asked);
        await page.TypeAsync(" Another, typed as the tab was clo");
        Assert.Equal(DialogType.BeforeUnload, await editor.AnswerAsync(stays: false, editor.CloseTabAsync));
        await editor.CutLineAsync(false);
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);

        await Expect.That(page.Kept).ToBeVisibleAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync(Edition.FerryCloses.Copy);
        await page.Button("Put it back").ClickAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex("clo$"));
        await page.TypeAsync("sed.");
        await page.IsSavedByItselfAsync();
        await NothingIsLostAsync(story, Edition.FerryCloses.Copy + " A sentence nobody has saved. Another, typed as the tab was closed.");

        await editor.Page.ReloadAsync();
        page = await EditingPage.ReadyAsync(editor.Page);
        await Expect.That(page.Kept).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Text_kept_in_the_browser_is_merged_with_what_a_colleague_saved_since()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens with { Copy = "First.\n\nSecond." });
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await editor.CutLineAsync();
        await page.TypeAsync(" What I had not saved.");
        await page.IsKeptHereAsync();
        await editor.AnswerAsync(stays: false, editor.CloseTabAsync);

        await newsroom.RewriteAsync(story, text => text with { Copy = "First, by the colleague.\n\nSecond." });
        await editor.CutLineAsync(false);
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);
        await page.Button("Put it back").ClickAsync();

        await page.IsSavedByItselfAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync("First, by the colleague.\n\nSecond. What I had not saved.");
        await NothingIsLostAsync(story, "First, by the colleague.\n\nSecond. What I had not saved.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_draft_a_colleague_has_worked_on_since_is_shown_instead_of_spiked()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await page.Button("Spike").ClickAsync();
        // While the dialog stands open the page does not ask what colleagues do.
        await editor.SlowDownAsync("**/presence", TimeSpan.FromMinutes(1));
        await newsroom.RewriteAsync(story, text => text with { Copy = "What the colleague wrote." });

        await page.Button("Spike it for good").ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody saved this story");
        await Expect.That(page.Markdown).ToHaveValueAsync("What the colleague wrote.");

        await page.Button("Spike").ClickAsync();
        await page.Button("Spike it for good").ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Button, new() { Name = "New story" })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{story}"));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_server_that_is_killed_while_somebody_types_costs_no_letter()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var node = await PaperNode.StartAsync(newsroom.ConnectionString);
        await using var editor = await Visitor.ComeAsync(browser, newsroom, options => options.BaseURL = node.Address.ToString());
        await editor.SignInAsync(await newsroom.HireAsync(Role.Editor));
        var page = await EditingPage.OpenAsync(editor, story);
        const string typed = " The water rose all night, and at four in the morning the keeper of the lock rang the bell that nobody had rung since the war.";

        var typing = page.TypeAsync(typed, pause: 40);
        await Until.Async("the first words are saved", async () => (await CopyOfAsync(story)).Length > Edition.BridgeOpens.Copy.Length);
        await node.KillAsync();
        await page.IsKeptHereAsync();
        await typing;
        await node.StartAgainAsync();

        await page.IsSavedByItselfAsync();
        await NothingIsLostAsync(story, Edition.BridgeOpens.Copy + typed);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_line_that_is_cut_for_a_while_costs_no_letter()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.TypeAsync(" Before the cut,");
        await editor.CutLineAsync();
        await page.TypeAsync(" while it was cut,");
        await page.IsKeptHereAsync();
        await page.TypeAsync(" and still while it was cut;");
        await editor.CutLineAsync(false);
        await page.TypeAsync(" and after it.");

        await page.IsSavedByItselfAsync();
        await NothingIsLostAsync(story, Edition.BridgeOpens.Copy + " Before the cut, while it was cut, and still while it was cut; and after it.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_save_whose_answer_is_lost_is_no_conflict_with_oneself()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await editor.LoseAnswersAsync($"**/desk/stories/{story}", many: 2);
        await page.TypeAsync(" Saved, but the page was not told.");
        await page.IsKeptHereAsync();
        await page.TypeAsync(" And more of the same paragraph.");

        await page.IsSavedByItselfAsync();
        await Expect.That(page.Disputes).ToBeHiddenAsync();
        await NothingIsLostAsync(story, Edition.BridgeOpens.Copy + " Saved, but the page was not told. And more of the same paragraph.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_tab_that_is_closed_before_its_answers_came_is_no_conflict_with_oneself()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.BridgeOpens);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await editor.LoseAnswersAsync($"**/desk/stories/{story}", many: 1000);
        await page.TypeAsync(" Saved, but the page was not told.");
        await page.IsKeptHereAsync();
        await page.TypeAsync(" And more of the same par");
        await editor.AnswerAsync(stays: false, editor.CloseTabAsync);

        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);
        await page.Button("Put it back").ClickAsync();
        await page.TypeAsync("agraph.");

        await page.IsSavedByItselfAsync();
        await Expect.That(page.Disputes).ToBeHiddenAsync();
        await NothingIsLostAsync(story, Edition.BridgeOpens.Copy + " Saved, but the page was not told. And more of the same paragraph.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task A_sign_in_that_runs_out_is_renewed_in_another_tab_while_the_text_stays()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        var name = await newsroom.HireAsync(Role.Editor);
        await using var editor = await Visitor.ComeAsync(browser, newsroom);
        await editor.SignInAsync(name);
        var page = await EditingPage.OpenAsync(editor, story);
        await page.TypeAsync(" While signed in,");
        await page.IsSavedByItselfAsync();

        await editor.ForgetSignInAsync();
        await page.TypeAsync(" when it had run out,");
        await Expect.That(page.SaveState).ToHaveTextAsync("Kept here, will be saved when you have signed in");
        await page.TypeAsync(" and while signing in again.");
        var writing = editor.Page;
        var elsewhere = await writing.RunAndWaitForPopupAsync(() => writing.GetByRole(AriaRole.Link, new() { Name = "Sign in again in a new tab" }).ClickAsync());
        await elsewhere.GetByLabel("Name you sign in with").FillAsync(name);
        await elsewhere.GetByLabel("Password").FillAsync(StaffMember.Password);
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect.That(elsewhere.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();

        await page.IsSavedByItselfAsync();
        await Expect.That(writing.GetByRole(AriaRole.Link, new() { Name = "Sign in again in a new tab" })).ToBeHiddenAsync();
        await NothingIsLostAsync(story, Edition.FerryCloses.Copy + " While signed in, when it had run out, and while signing in again.");
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Whoever_signs_in_at_a_colleagues_browser_does_not_save_the_colleagues_text()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        var writing = editor.Page;

        await editor.ForgetSignInAsync();
        await editor.OpenTabAsync();
        await editor.SignInAsync(await newsroom.HireAsync(Role.Editor));
        await page.TypeAsync(" Written by the one, not the other.");

        await Expect.That(page.SaveState).ToHaveTextAsync("Kept here, will be saved when you have signed in");
        await Expect.That(writing.GetByText("has signed in in this browser")).ToBeVisibleAsync();
        Assert.Equal(Edition.FerryCloses.Copy, await CopyOfAsync(story));
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Ten_editors_in_ten_stories_at_once_lose_no_letter()
    {
        var at = Enumerable.Range(1, 10).ToList();
        var lost = await Task.WhenAll(at.Select(async number =>
        {
            var story = await newsroom.Desk.BeginAsync(null, Edition.Told($"Story {number} of ten", $"Begun by editor {number}."));
            await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
            var page = await EditingPage.OpenAsync(editor, story);
            var typed = $" Editor {number} writes on, and on, while nine others do the same; and nobody's words are mixed up with anybody else's.";
            await page.TypeAsync(typed, pause: 20);
            await page.IsSavedByItselfAsync();
            Assert.Empty(editor.Troubles);
            return Lost($"Begun by editor {number}.{typed}", await CopyOfAsync(story));
        }));

        Assert.Equal(0, lost.Sum());
    }

    [Fact]
    public async Task Half_of_a_pasted_character_does_not_keep_the_rest_from_being_saved()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.FerryCloses);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);

        await page.Markdown.EvaluateAsync("copy => { copy.value = 'Half \\ud83d of a face, and \\ud83d\\ude00.'; copy.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.SaveAsync();

        await editor.Page.ReloadAsync();
        page = await EditingPage.ReadyAsync(editor.Page);
        await Expect.That(page.Markdown).ToHaveValueAsync("Half \ufffd of a face, and 😀.");
        await Expect.That(page.Kept).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles);
    }

    private async Task<string> CopyOfAsync(int story) => (await newsroom.StoryAsync(story)).Draft.Copy;

    /// <summary>Counts the letters that were typed and are not in the database.</summary>
    private async Task NothingIsLostAsync(int story, string typed)
    {
        var saved = await CopyOfAsync(story);
        Assert.Equal(0, Lost(typed, saved));
        Assert.Equal(typed, saved);
    }

    private static int Lost(string typed, string saved)
    {
        var found = 0;
        foreach (var letter in saved)
            found += found < typed.Length && typed[found] == letter ? 1 : 0;
        return typed.Length - found;
    }
}
