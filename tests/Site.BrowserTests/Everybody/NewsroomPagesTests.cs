using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Everybody;

public sealed class NewsroomPagesTests(ABrowser browser, BusyNewsroom newsroom) : IClassFixture<BusyNewsroom>
{
    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk?words=zeppelin")]
    [InlineData("/desk?state=draft&topic=floods&sort=published")]
    [InlineData("/desk?topic=nowhere")]
    [InlineData("/desk/bulk")]
    [InlineData("/desk/merge/topic/1?into=2")]
    [InlineData("/desk/stories/1/figures")]
    [InlineData("/desk/links")]
    [InlineData("/desk/my-day")]
    [InlineData("/desk/board")]
    [InlineData("/desk/notices")]
    [InlineData("/desk/copy-help")]
    [InlineData("/desk/readers")]
    [InlineData("/desk/fronts")]
    [InlineData("/desk/fronts/nowhere", 404)]
    [InlineData("/desk/sections")]
    [InlineData("/desk/topics")]
    [InlineData("/desk/writers")]
    [InlineData("/desk/people")]
    [InlineData("/desk/settings")]
    [InlineData("/desk/system")]
    [InlineData("/desk/moving-in")]
    [InlineData("/desk/moving-out?busy=true")]
    [InlineData("/desk/own-sign-in")]
    [InlineData("/desk/stories/4711", 404)]
    public async Task A_page_of_the_newsroom_is_for_everybody(string address, int status = 200)
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        Assert.Equal(status, (await editor.OpenAsync(address)).Status);

        await Inspection.PassesAsync(editor, address);
    }

    [Fact]
    public async Task Figures_are_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        await editor.OpenAsync($"/desk/stories/{newsroom.StoryThatIs(StoryState.Live)}/figures");
        await editor.Page.GetByText("The days as a table").ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Img)).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "figures of a story");
    }

    [Fact]
    public async Task The_door_is_for_everybody()
    {
        await using var stranger = await Visitor.ComeAsync(browser, newsroom);
        await stranger.OpenAsync("/desk");
        await Inspection.PassesAsync(stranger, "sign-in");

        await stranger.Page.GetByLabel("Name you sign in with").FillAsync("nobody");
        await stranger.Page.GetByLabel("Password").FillAsync("wrong, and long");
        await stranger.Page.Keyboard.PressAsync("Enter");
        await Expect.That(stranger.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Inspection.PassesAsync(stranger, "sign-in, refused");

        await stranger.OpenAsync($"/desk/invitation?key={await newsroom.InviteAsync()}");
        await Expect.That(stranger.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(stranger, "an invitation");

        await stranger.OpenAsync("/desk/invitation?key=used");
        await Inspection.PassesAsync(stranger, "a dead invitation");
    }

    [Fact]
    public async Task Being_refused_is_for_everybody()
    {
        await using var writer = await Visitor.SignInAsync(browser, newsroom, Role.Writer);
        await writer.OpenAsync("/desk/settings");
        await Expect.That(writer.Page.GetByRole(AriaRole.Heading, new() { Name = "That is not yours to open" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(writer, "not allowed");

        Assert.Equal(403, (await writer.OpenAsync($"/desk/stories/{newsroom.Draft}")).Status);
        await Inspection.PassesAsync(writer, "a story of somebody else");
    }

    [Fact]
    public async Task Setting_up_a_second_step_is_for_everybody()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Writer);
        await editor.OpenAsync("/desk/own-sign-in");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Set up an app on my telephone…" }).ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Img, new() { Name = "Picture of the key" })).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "a second step, half set up");
    }

    [Fact]
    public async Task Inviting_somebody_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        await editor.OpenAsync("/desk/people");
        await editor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Wenda Sluys");
        await editor.Page.GetByRole(AriaRole.Button, new() { Name = "Make a one-time link" }).ClickAsync();
        await Expect.That(editor.Page.GetByLabel("Link for Wenda Sluys")).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "people, with a link to send");
    }

    [Fact]
    public async Task Writing_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.Draft);
        await Inspection.PassesAsync(editor, "editor, preview");

        await editor.Page.SetViewportSizeAsync(1280, 900);
        await page.Tab("Links and checks").ClickAsync();
        await Expect.That(page.Checks).ToContainTextAsync("Pending");
        await Inspection.PassesAsync(editor, "editor, links and checks");
    }

    [Theory]
    [InlineData(StoryState.Due)]
    [InlineData(StoryState.Live)]
    [InlineData(StoryState.Withdrawn)]
    public async Task Writing_in_a_story_that_is_out_is_for_everybody(StoryState state)
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.StoryThatIs(state));
        await page.Standfirst.FillAsync("Not saved yet.");

        await Inspection.PassesAsync(editor, $"editor of a {state} story");
    }

    [Fact]
    public async Task Picking_a_story_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.Draft);
        await page.Button("READ MORE…").ClickAsync();
        await Expect.That(page.Dialog.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "picker");

        await page.Dialog.GetByRole(AriaRole.Combobox, new() { Name = "Search the paper’s own stories" }).FillAsync("zeppelin");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Write it as a pending line" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "picker, nothing found");
    }

    [Theory]
    [InlineData(StoryState.Draft)]
    [InlineData(StoryState.Due)]
    [InlineData(StoryState.Live)]
    public async Task Publishing_is_for_everybody(StoryState state)
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.StoryThatIs(state));
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(page.Dialog.GetByText("Nothing stands in the way").First).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, $"publish dialog of a {state} story");
    }

    [Fact]
    public async Task Hearing_what_is_missing_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.BeginAsync(editor);
        await editor.Page.Keyboard.PressAsync("Control+Enter");
        await Expect.That(page.Mend("It has no headline yet")).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "publish dialog, something missing");
    }

    [Fact]
    public async Task Withdrawing_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.StoryThatIs(StoryState.Live));
        await page.Button("Withdraw…").ClickAsync();
        await Expect.That(page.Dialog).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "withdraw dialog");

        await editor.Page.SetViewportSizeAsync(1280, 900);
        await editor.Page.Keyboard.PressAsync("Escape");
        await page.Button("Kill…").ClickAsync();
        await page.Dialog.GetByLabel("Reason").FillAsync("By order of the court");
        await editor.Page.Keyboard.PressAsync("Enter");
        await Expect.That(page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Keep it after all" })).ToBeFocusedAsync();

        await Inspection.PassesAsync(editor, "kill dialog, asked twice");
    }

    [Fact]
    public async Task Looking_back_at_revisions_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var story = newsroom.StoryThatIs(StoryState.Live);
        await editor.OpenAsync($"/desk/stories/{story}/revisions");
        await Inspection.PassesAsync(editor, "revisions");

        await editor.OpenAsync($"/desk/stories/{story}/revisions?show=3&with=1");
        await editor.Page.GetByRole(AriaRole.Region, new() { Name = "Headline", Exact = true }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect.That(editor.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex(@"Revision \d+ was made, restored from revision 1"));
        await Inspection.PassesAsync(editor, "revisions, one restored");
    }

    [Fact]
    public async Task A_draft_shown_outside_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.Draft);
        await page.Button("Show outside…").ClickAsync();
        await page.Dialog.GetByLabel("For whom").FillAsync("Wenda Sluys, of Sluys & Daughters");
        await page.Button("Make the link").ClickAsync();
        await Expect.That(page.Dialog.GetByText("never opened")).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "link to a draft");

        await using var lawyer = await Visitor.ComeAsync(browser, newsroom);
        await lawyer.OpenAsync(await page.Dialog.GetByLabel("The link").InputValueAsync());
        await Inspection.PassesAsync(lawyer, "a draft, shown outside");
    }

    [Fact]
    public async Task Spiking_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, newsroom.Draft);
        await page.Button("Spike").ClickAsync();
        await Expect.That(page.Dialog).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "spike dialog");
    }

    [Fact]
    public async Task Two_people_in_one_story_is_for_everybody()
    {
        var story = await newsroom.Desk.BeginAsync(null, Edition.Told("Both write this", "One."));
        await using var editor = await newsroom.ComeInAsync(browser);
        var page = await EditingPage.OpenAsync(editor, story);
        await newsroom.RewriteAsync(story, text => text with { Copy = "Theirs.", Standfirst = "Theirs, too." });
        await page.Standfirst.FillAsync("Mine, too.");
        await page.Copy.FillAsync("Mine.");
        await Expect.That(page.Disputes.GetByRole(AriaRole.Button, new() { Name = "Keep both" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "editor, two texts for one place");

        await editor.Page.SetViewportSizeAsync(1280, 900);
        await editor.AnswerAsync(stays: false, editor.CloseTabAsync);
        await editor.OpenTabAsync();
        page = await EditingPage.OpenAsync(editor, story);
        await Expect.That(page.Kept).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "editor, with kept text");
    }

    [Fact]
    public async Task Arranging_a_front_is_for_everybody()
    {
        await using var editor = await newsroom.ComeInAsync(browser);
        var tool = await FrontTool.OpenAsync(editor);
        await tool.FindAsync("ferry");
        await tool.Hits.First.ClickAsync();
        await tool.Hits.First.ClickAsync();
        await Expect.That(tool.Refusal).ToContainTextAsync("is pinned already");
        await tool.Button("Settings of Top stories").ClickAsync();
        await editor.Page.Locator("[data-act=change]").First.ClickAsync();
        await Inspection.PassesAsync(editor, "a front, with a card and a container open");

        await editor.Page.SetViewportSizeAsync(1280, 900);
        await tool.Button("Publish…").ClickAsync();
        await Inspection.PassesAsync(editor, "publishing a front");
        await editor.Page.Keyboard.PressAsync("Escape");
        await editor.Page.SetViewportSizeAsync(1280, 900);
        await tool.Button("Versions…").ClickAsync();
        await Expect.That(tool.Button("Restore").First).ToBeVisibleAsync();
        await Inspection.PassesAsync(editor, "versions of a front");
    }

    [Fact]
    public async Task Being_signed_out_while_writing_is_for_everybody()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.OpenAsync(editor, newsroom.Draft);
        await editor.ForgetSignInAsync();
        await page.Standfirst.FillAsync("Typed when nobody was signed in any more.");
        await Expect.That(editor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in again in a new tab" })).ToBeVisibleAsync();

        await Inspection.PassesAsync(editor, "editor, signed out");
    }
}

public sealed class FirstRunPageTests(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task The_first_run_is_for_everybody()
    {
        var key = await newsroom.Services.GetRequiredService<FirstRun>().NewLinkAsync();
        await using var first = await Visitor.ComeAsync(browser, newsroom);
        await first.OpenAsync($"/desk/first-run?key={key}");
        await Expect.That(first.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" })).ToBeVisibleAsync();

        await Inspection.PassesAsync(first, "first run");
    }

    [Fact]
    public async Task An_empty_paper_is_for_everybody()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/");
        await Inspection.PassesAsync(reader, "front page without a story");
    }
}
