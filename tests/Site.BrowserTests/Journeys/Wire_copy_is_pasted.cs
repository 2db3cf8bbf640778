using System.Text.RegularExpressions;
using LondonDefender.Staff;
using LondonDefender.Tests;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Wire_copy_is_pasted(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    private const string Nearest = "Former minister lays bare ‘harbour of mirrors’ plot at last";

    [Fact]
    public async Task Copy_pasted_into_an_empty_story_fills_it_and_its_pending_line_is_tied()
    {
        var target = await newsroom.PublishAsync(Edition.Told(Nearest, "How it was found out."));
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);

        await editor.CopyAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Samples", "wire-copy-sample.txt")));
        await page.Copy.FocusAsync();
        await editor.Page.Keyboard.PressAsync("Control+V");
        await Expect.That(page.Headline).ToHaveValueAsync("Harbour towns ask who wrote the news that emptied them");
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex("^Three fishing towns .*\n\n.*\n\nREAD MORE: Former minister", RegexOptions.Singleline));
        await Expect.That(page.Preview).ToContainTextAsync("Święta Barka");
        await Expect.That(page.Preview).Not.ToContainTextAsync("READ MORE");

        await page.Tab("Links and checks").ClickAsync();
        await Expect.That(page.Checks).ToContainTextAsync("No story has this headline yet.");
        await page.Checks.GetByRole(AriaRole.Button, new() { Name = $"Tie to “{Nearest}”" }).ClickAsync();
        await Expect.That(page.Markdown).ToHaveValueAsync(new Regex($"\n\nREAD MORE: story:{target}\n\n"));
        await Expect.That(page.Checks.GetByRole(AriaRole.Link, new() { Name = Nearest })).ToBeVisibleAsync();

        await page.Tab("Preview").ClickAsync();
        await Expect.That(page.Preview.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link, new() { Name = Nearest })).ToBeVisibleAsync();
        Assert.Empty(editor.Troubles);
    }

    [Fact]
    public async Task What_is_typed_while_the_server_reads_the_pasted_copy_stays()
    {
        await using var editor = await Visitor.SignInAsync(browser, newsroom, Role.Editor);
        var page = await EditingPage.BeginAsync(editor);
        var isTyped = new TaskCompletionSource();
        await editor.Page.RouteAsync("**/read-copy", async route =>
        {
            await isTyped.Task;
            await route.ContinueAsync();
        });

        await editor.CopyAsync("A headline\n\nThe first paragraph.");
        await page.Copy.FocusAsync();
        await editor.Page.Keyboard.PressAsync("Control+V");
        await Expect.That(page.Markdown).ToHaveValueAsync("A headline\n\nThe first paragraph.");
        await page.TypeAsync(" And more.");
        var answered = editor.Page.WaitForResponseAsync("**/read-copy");
        isTyped.SetResult();
        await answered;
        await page.IsSavedByItselfAsync();

        await Expect.That(page.Markdown).ToHaveValueAsync("A headline\n\nThe first paragraph. And more.");
        Assert.Empty(editor.Troubles);
    }
}
