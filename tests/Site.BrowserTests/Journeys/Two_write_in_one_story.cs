using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Two_write_in_one_story(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private static readonly StoryText ThreeParagraphs = Edition.BridgeOpens with { Copy = "The first paragraph.\n\nThe second paragraph.\n\nThe third paragraph." };

    [Fact]
    public async Task Different_paragraphs_are_merged_while_both_type_and_no_cursor_moves()
    {
        var story = await newsroom.Desk.BeginAsync(null, ThreeParagraphs);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        await using var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var (mine, theirs) = (await EditingPage.OpenAsync(editor, story), await EditingPage.OpenAsync(colleague, story));

        await mine.CursorBehindAsync("The first paragraph.");
        await theirs.CursorBehindAsync("The third paragraph.");
        await Task.WhenAll(TypeAsync(mine, " One editor writes here."), TypeAsync(theirs, " The other writes here, and a little longer."));
        await TypeAsync(mine, " And goes on.");

        const string both = "The first paragraph. One editor writes here. And goes on.\n\nThe second paragraph.\n\nThe third paragraph. The other writes here, and a little longer.";
        await Expect.That(mine.Markdown).ToHaveValueAsync(both);
        await Expect.That(theirs.Markdown).ToHaveValueAsync(both);
        await mine.IsSavedByItselfAsync();
        Assert.Equal(both, (await newsroom.StoryAsync(story)).Draft.Copy);
        Assert.Equal("The first paragraph. One editor writes here. And goes on.", await mine.WordsBeforeCursorAsync());
        await Expect.That(mine.Disputes).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles.Concat(colleague.Troubles));
    }

    [Theory]
    [InlineData("Keep yours", "What I wrote meanwhile.")]
    [InlineData("Take theirs", "What the colleague wrote.")]
    [InlineData("Keep both", "What I wrote meanwhile.\n\nWhat the colleague wrote.")]
    public async Task The_same_paragraph_is_kept_in_both_forms_until_the_editor_has_chosen(string choice, string kept)
    {
        var story = await newsroom.Desk.BeginAsync(null, ThreeParagraphs);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        // Else the colleague's words may come in before mine are typed, and there is nothing to choose.
        await editor.SlowDownAsync("**/presence", TimeSpan.FromMinutes(1));
        var page = await EditingPage.OpenAsync(editor, story);
        await newsroom.RewriteAsync(story, text => text with { Copy = text.Copy.Replace("The second paragraph.", "What the colleague wrote.", StringComparison.Ordinal) });
        await page.Copy.FillAsync(ThreeParagraphs.Copy.Replace("The second paragraph.", "What I wrote meanwhile.", StringComparison.Ordinal));

        await Expect.That(page.Disputes).ToContainTextAsync("What I wrote meanwhile.");
        await Expect.That(page.Disputes).ToContainTextAsync("What the colleague wrote.");
        await Expect.That(page.SaveState).ToHaveTextAsync("Kept here until you have chosen");
        await Expect.That(page.Dialog).ToHaveCountAsync(0);
        // Nobody is locked out: writing goes on beside it.
        await page.TypeAsync(" Written on.");
        Assert.Contains("What the colleague wrote.", (await newsroom.StoryAsync(story)).Draft.Copy, StringComparison.Ordinal);

        await page.Disputes.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
        await page.IsSavedByItselfAsync();
        await Expect.That(page.Disputes).ToBeHiddenAsync();
        var expected = $"The first paragraph.\n\n{kept}\n\nThe third paragraph. Written on.";
        await Expect.That(page.Markdown).ToHaveValueAsync(expected);
        Assert.Equal(expected, (await newsroom.StoryAsync(story)).Draft.Copy);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Fields_are_merged_one_by_one_and_lists_by_what_is_in_them()
    {
        var story = await newsroom.Desk.BeginAsync(null, ThreeParagraphs with { TopicIds = [1] });
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        // Else the colleague's words may come in before mine are typed, and there is nothing to choose.
        await editor.SlowDownAsync("**/presence", TimeSpan.FromMinutes(1));
        var page = await EditingPage.OpenAsync(editor, story);
        await newsroom.RewriteAsync(story, text => text with { Standfirst = "By the colleague.", TopicIds = [1, 2], Headline = "Their headline" });

        await page.Headline.FillAsync("My headline");
        await Expect.That(page.Disputes).ToContainTextAsync("Their headline");
        await page.Disputes.GetByRole(AriaRole.Button, new() { Name = "Take theirs" }).ClickAsync();

        await Expect.That(page.Standfirst).ToHaveValueAsync("By the colleague.");
        await Expect.That(page.Headline).ToHaveValueAsync("Their headline");
        await page.IsSavedByItselfAsync();
        Assert.True((await newsroom.StoryAsync(story)).Draft.TopicIds is [1, 2]);
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task They_see_each_other_and_each_others_words()
    {
        var story = await newsroom.Desk.BeginAsync(null, ThreeParagraphs);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await Expect.That(page.Present).ToBeHiddenAsync();

        var colleague = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var theirs = await EditingPage.OpenAsync(colleague, story);
        await Expect.That(page.Present).ToContainTextAsync("has it open");
        await theirs.TypeAsync(" A word from the colleague.");
        await Expect.That(page.Present).ToContainTextAsync("is typing");
        await Expect.That(page.Markdown).ToHaveValueAsync(ThreeParagraphs.Copy + " A word from the colleague.");
        await page.IsSavedByItselfAsync();

        Assert.Empty(colleague.Troubles);
        await colleague.DisposeAsync();
        await Expect.That(page.Present).ToBeHiddenAsync();
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task Undo_takes_back_ones_own_words_and_never_a_colleagues()
    {
        var story = await newsroom.Desk.BeginAsync(null, ThreeParagraphs);
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, story);
        await page.CursorBehindAsync("The first paragraph.");
        await TypeAsync(page, " Mine.");
        await page.IsSavedByItselfAsync();
        await newsroom.RewriteAsync(story, text => text with { Copy = text.Copy.Replace("The third paragraph.", "What the colleague wrote.", StringComparison.Ordinal) });
        await Expect.That(page.Copy).ToContainTextAsync("What the colleague wrote.");

        await page.Copy.PressAsync("Control+z");

        const string left = "The first paragraph.\n\nThe second paragraph.\n\nWhat the colleague wrote.";
        await Expect.That(page.Markdown).ToHaveValueAsync(left);
        await page.IsSavedByItselfAsync();
        Assert.Equal(left, (await newsroom.StoryAsync(story)).Draft.Copy);
        Assert.Empty(editor.Troubles);
    }

    private static Task TypeAsync(EditingPage page, string words) => page.Copy.PressSequentiallyAsync(words, new() { Delay = 40 });
}
