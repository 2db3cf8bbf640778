using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.ReadMore;

/// <summary>What an editor makes of lines that wait for their story, one key each.</summary>
public sealed class PendingListTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_line_is_tied_to_the_nearest_headline_for_readers_too_and_nothing_else_goes_out()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Lighthouse keeper retires after forty years", "One."));
        var from = await newsroom.PublishAsync(Edition.Told("Lamps go out", "Published.\n\nREAD MORE: Lighthouse keeper retires after fourty years\n\nEnd."));
        await newsroom.RewriteAsync(from, text => text with { Copy = text.Copy.Replace("End.", "Not out yet.", StringComparison.Ordinal) });

        var line = LineOf(await ListAsync(), "fourty");
        var first = line.QuerySelector(".nearest button")!;
        Assert.Contains("1 Tie to “Lighthouse keeper retires after forty years”", first.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", first.GetAttribute("aria-keyshortcuts"));
        var after = await ActAsync(newsroom.Editor, line, first.GetAttribute("value")!);

        Assert.Contains("is tied to", after.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var page = await newsroom.ReadStoryAsync(from);
        Assert.NotNull(page.QuerySelector($"aside a[href*='/{target}/']"));
        Assert.Contains("End.", page.Body!.TextContent, StringComparison.Ordinal);
        var story = await newsroom.StoryAsync(from);
        Assert.Equal($"Published.\n\nREAD MORE: story:{target}\n\nNot out yet.", story.Draft.Copy);
    }

    [Theory]
    [InlineData("One.\n\nREAD MORE: Gone for good A\n\nTwo.", "One.\n\nTwo.")]
    [InlineData("One.\n\nREAD MORE:\n- Gone for good B\n- [Out](https://paper.example/x)\n\nTwo.", "One.\n\nREAD MORE:\n- [Out](https://paper.example/x)\n\nTwo.")]
    [InlineData("One.\n\nREAD MORE:\n- Gone for good C", "One.")]
    public async Task A_line_is_taken_out_and_leaves_no_gap(string copy, string without)
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Loses a line", copy));

        await ActAsync(newsroom.Editor, LineOf(await ListAsync(), "Gone for good"), "take-out");

        Assert.Equal(without, (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task A_line_that_may_wait_stands_apart_however_often_its_story_is_saved()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Waits on purpose", "One.\n\nREAD MORE: The verdict of next week\n\nTwo."));

        await ActAsync(newsroom.Editor, LineOf(await ListAsync(), "verdict"), "wait");
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        await newsroom.RewriteAsync(id, text => text with { Copy = text.Copy + "\n\nThree." });

        Assert.DoesNotContain("verdict", (await ListAsync()).QuerySelector("[aria-labelledby=pending]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(LineOf(await ListAsync("?pending=waiting"), "verdict"));
    }

    [Fact]
    public async Task A_story_is_begun_for_a_line_under_its_headline()
    {
        await newsroom.Desk.BeginAsync(null, Edition.Told("Asks for more", "One.\n\nREAD MORE: How the tide was measured\n\nTwo.", Edition.Britain) with { TopicIds = [Edition.Floods] });

        await SendAsync(newsroom.Writer, LineOf(await ListAsync(), "tide was measured"), "begin");

        await using var db = await newsroom.OpenDbAsync();
        var draft = await db.Stories.SingleAsync(s => s.Draft.Headline == "How the tide was measured");
        Assert.Equal((await newsroom.IdOfAsync(newsroom.Writer), Edition.Britain), (draft.OwnerId, draft.Draft.SectionId));
        Assert.DoesNotContain("tide was measured", (await ListAsync()).QuerySelector("[aria-labelledby=pending]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_waited_longest_comes_first_page_by_page()
    {
        await using var own = new Newsroom();
        await own.InitializeAsync();
        using var editor = await own.SignInAsync(Role.Editor);
        for (var day = 0; day < 14; day++)
        {
            await own.Desk.BeginAsync(null, Edition.Told($"Story of day {day}", $"One.\n\nREAD MORE: Waits since day {day}\n\nTwo."));
            own.Clock.MoveBy(TimeSpan.FromMinutes(1));
        }

        await own.RewriteAsync(1, text => text with { Copy = text.Copy + "\n\nThree." });
        var first = await editor.OpenAsync("/desk/links");
        var second = await editor.OpenAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        var days = first.QuerySelectorAll(".pending-line").Concat(second.QuerySelectorAll(".pending-line")).Select(line => int.Parse(line.TextContent.Split("since day ")[1].Split('”')[0], null));
        Assert.Equal(Enumerable.Range(0, 14), days);
    }

    [Fact]
    public async Task A_writer_changes_no_line_of_a_story_that_is_out()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Out already", "One.\n\nREAD MORE: Not the writer’s to take out\n\nTwo."));

        foreach (var act in new[] { "take-out", "wait", $"tie:{id}" })
        {
            var page = await ActAsync(newsroom.Writer, LineOf(await ListAsync(), "to take out"), act);
            Assert.NotNull(page.QuerySelector("[role=alert]"));
        }

        Assert.Equal(1, (await newsroom.StoryAsync(id)).RevisionNumber);
        Assert.Equal(StoryState.Live, (await newsroom.StoryAsync(id)).StateAt(newsroom.Clock.GetUtcNow()));
    }

    private Task<IDocument> ListAsync(string query = "") => newsroom.Editor.OpenAsync("/desk/links" + query);

    private static IElement LineOf(IDocument page, string words) => page.QuerySelectorAll(".pending-line").First(line => line.QuerySelector("p")!.TextContent.Contains(words, StringComparison.Ordinal));

    private static async Task<IDocument> ActAsync(StaffMember member, IElement line, string act)
    {
        var answer = await SendAsync(member, line, act);
        Assert.True(answer.IsSuccessStatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> SendAsync(StaffMember member, IElement line, string act)
    {
        await member.OpenAsync("/desk/links");
        string Value(string name) => line.QuerySelector($"[name='{name}']")!.GetAttribute("value")!;
        return await member.SendFormAsync("/desk/links", new() { ["_handler"] = Value("_handler"), ["Act.LinkId"] = Value("Act.LinkId"), ["Act.Do"] = act });
    }
}
