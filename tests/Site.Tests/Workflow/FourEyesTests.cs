using System.Net;
using LondonDefender.Stories;
using LondonDefender.Workflow;

namespace LondonDefender.Tests.Workflow;

public sealed class FourEyesTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await newsroom.AskForFourEyesAsync(true);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Nobody_publishes_their_own_text_but_somebody_else_does()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);

        var refused = await newsroom.Editor.PublishAsync(story, 1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("A second pair of eyes is needed", await refused.ProblemAsync(), StringComparison.Ordinal);
        Assert.NotNull((await newsroom.Editor.WorkAsync(story)).QuerySelector("#four-eyes"));
        Assert.Null((await newsroom.StoryAsync(story)).PublishedNumber);

        Assert.Null((await newsroom.Chief.WorkAsync(story)).QuerySelector("#four-eyes"));
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Chief.PublishAsync(story, 1)).StatusCode);
        Assert.Contains($"{newsroom.Chief.Name} published it", (await newsroom.Editor.WorkAsync(story)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_colleague_has_marked_ready_its_author_publishes()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);
        await newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);

        await newsroom.MoveAsync(newsroom.Chief, story, Stage.Ready);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);
    }

    [Fact]
    public async Task A_mark_is_for_the_text_that_was_seen_and_no_later_one()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);
        await newsroom.MoveAsync(newsroom.Chief, story, Stage.Ready);
        await newsroom.Editor.WriteAsync(story, 1, "One more thing that nobody has seen.");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Editor.PublishAsync(story, 2)).StatusCode);
        Assert.Contains("changed since", (await newsroom.Chief.WorkAsync(story)).TextContent, StringComparison.Ordinal);

        await newsroom.MoveAsync(newsroom.Chief, story, Stage.Ready);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.PublishAsync(story, 2)).StatusCode);
    }

    [Fact]
    public async Task A_comma_put_in_and_taken_out_again_asks_nobody()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);
        await newsroom.Editor.WriteAsync(story, 1, "As it was seen.");
        await newsroom.MoveAsync(newsroom.Chief, story, Stage.Ready);
        await newsroom.Editor.WriteAsync(story, 2, "As it was, seen.");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Editor.PublishAsync(story, 3)).StatusCode);

        await newsroom.Editor.WriteAsync(story, 3, "As it was seen.");
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.PublishAsync(story, 4)).StatusCode);
    }

    [Fact]
    public async Task A_chief_editor_lets_this_text_through_with_a_reason_that_stays()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Chief);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Chief.PublishAsync(story, 1)).StatusCode);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await WaiveAsync(newsroom.Chief, story, 1, "  ")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await WaiveAsync(newsroom.Chief, story, 7, "The bridge is burning.")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await WaiveAsync(newsroom.Chief, story, 1, "The bridge is burning, and I am alone.")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Chief.PublishAsync(story, 1)).StatusCode);
        Assert.Contains($"{newsroom.Chief.Name} let it through without a second pair of eyes: “The bridge is burning, and I am alone.”", (await newsroom.Editor.WorkAsync(story)).TextContent, StringComparison.Ordinal);

        await newsroom.Chief.WriteAsync(story, 1, "It is out now.");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Chief.PublishAsync(story, 2)).StatusCode);
    }

    [Fact]
    public async Task Only_chief_editors_let_anything_through()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);

        Assert.Equal(HttpStatusCode.Forbidden, (await WaiveAsync(newsroom.Editor, story, 1, "I am in a hurry.")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);
    }

    [Fact]
    public async Task Imports_are_not_asked_nor_anybody_where_the_paper_does_not_ask()
    {
        var own = await newsroom.DraftOfAsync(newsroom.Editor);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(own, 1));

        await newsroom.AskForFourEyesAsync(false);
        var story = await newsroom.DraftOfAsync(newsroom.Editor);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);
    }

    [Fact]
    public async Task The_setting_is_a_chief_editors()
    {
        await newsroom.AskForFourEyesAsync(false);
        var page = await newsroom.Chief.OpenAsync("/desk/settings");
        Assert.False(page.QuerySelector("[name='Form.FourEyes']")!.HasAttribute("checked"));

        (await newsroom.Chief.SendFormAsync("/desk/settings", new()
        {
            ["_handler"] = "settings",
            ["Form.Name"] = "London Defender",
            ["Form.Language"] = "en-GB",
            ["Form.TimeZone"] = "Europe/London",
            ["Form.Labels"] = "READ MORE",
            ["Form.FourEyes"] = "true",
        })).EnsureSuccessStatusCode();

        var story = await newsroom.DraftOfAsync(newsroom.Editor);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.Editor.PublishAsync(story, 1)).StatusCode);
    }

    private static Task<HttpResponseMessage> WaiveAsync(StaffMember who, int story, int basedOn, string reason) =>
        who.CallAsync(HttpMethod.Post, $"/desk/stories/{story}/second-eyes", new { basedOn, reason });
}
