using System.Net;
using LondonDefender.Stories;
using LondonDefender.Workflow;

namespace LondonDefender.Tests.Workflow;

public sealed class HandingOnTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_writer_sends_a_draft_to_review_and_an_editor_marks_it_ready()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);

        Assert.Equal(HttpStatusCode.OK, (await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview)).StatusCode);
        Assert.Equal([NoticeKind.SentToReview], await newsroom.NoticesAsync(newsroom.Editor, story));
        Assert.Equal([NoticeKind.SentToReview], await newsroom.NoticesAsync(newsroom.Chief, story));
        Assert.Empty(await newsroom.NoticesAsync(newsroom.Writer, story));

        Assert.Equal(HttpStatusCode.OK, (await newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready)).StatusCode);
        Assert.Equal(Stage.Ready, await newsroom.StageAsync(story));
        Assert.Equal([NoticeKind.MarkedReady], await newsroom.NoticesAsync(newsroom.Writer, story));
        Assert.Contains($"{newsroom.Editor.Name} marked it ready", (await newsroom.Writer.WorkAsync(story)).TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Stage.Ready)]
    [InlineData(Stage.Legal)]
    public async Task The_rest_of_the_way_is_the_editors(Stage to)
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview);

        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.MoveAsync(newsroom.Writer, story, to)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.AssignAsync(newsroom.Writer, story, await newsroom.IdOfAsync(newsroom.Editor))).StatusCode);
        Assert.Equal(Stage.InReview, await newsroom.StageAsync(story));
    }

    [Fact]
    public async Task A_writer_hands_on_nobody_elses_draft()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Editor);

        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.Writer.CommentAsync(story, "What is this?")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await newsroom.Writer.GetAsync($"/desk/stories/{story}/work")).StatusCode);
    }

    [Fact]
    public async Task What_is_sent_back_says_why()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview);

        var wordless = await newsroom.MoveAsync(newsroom.Editor, story, Stage.Draft);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.StatusCode);
        Assert.Contains("Say what is to be done", await wordless.ProblemAsync(), StringComparison.Ordinal);

        await newsroom.MoveAsync(newsroom.Editor, story, Stage.Draft, "Who paid for the bridge?");
        Assert.Contains("Who paid for the bridge?", (await newsroom.Writer.WorkAsync(story)).QuerySelector(".sent-back")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([NoticeKind.SentBack], await newsroom.NoticesAsync(newsroom.Writer, story));
    }

    [Fact]
    public async Task Of_two_who_move_it_at_once_the_second_is_told_in_words()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview);
        var seen = (await newsroom.ProgressAsync(story))!.Version;

        var answers = await Task.WhenAll(
            newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready, version: seen),
            newsroom.MoveAsync(newsroom.Chief, story, Stage.Legal, version: seen));

        var late = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Matches($"^({newsroom.Editor.Name}|{newsroom.Chief.Name}) was quicker, at .*: the story is at “(Ready|Legal)” now", await late.ProblemAsync());
        Assert.Equal(seen + 1, (await newsroom.ProgressAsync(story))!.Version);
    }

    [Fact]
    public async Task A_move_whose_answer_was_lost_may_be_repeated()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);

        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview, version: 0);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview, version: 0)).StatusCode);

        Assert.Single(await newsroom.NoticesAsync(newsroom.Editor, story));
    }

    [Fact]
    public async Task Nobody_calls_a_text_ready_that_they_have_not_seen()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.Writer.WriteAsync(story, 1, "A text the editor has not seen.");

        var answer = await newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready, basedOn: 1);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("has been saved since you looked at it", await answer.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(Stage.Draft, await newsroom.StageAsync(story));
    }

    [Fact]
    public async Task What_is_published_begins_its_way_anew_when_it_is_changed()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.MoveAsync(newsroom.Editor, story, Stage.Ready);
        (await newsroom.Editor.PublishAsync(story, 1)).EnsureSuccessStatusCode();
        Assert.Equal(Stage.Draft, await newsroom.StageAsync(story));
        Assert.Contains("nothing to hand on", await (await newsroom.MoveAsync(newsroom.Editor, story, Stage.InReview)).ProblemAsync(), StringComparison.Ordinal);

        await newsroom.RewriteAsync(story, text => text with { Copy = "Something new." });
        Assert.Equal(HttpStatusCode.OK, (await newsroom.MoveAsync(newsroom.Editor, story, Stage.InReview)).StatusCode);
        Assert.Equal(Stage.InReview, await newsroom.StageAsync(story));
    }

    [Fact]
    public async Task Who_has_it_and_until_when_is_in_the_papers_zone()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);

        (await newsroom.AssignAsync(newsroom.Editor, story, await newsroom.IdOfAsync(newsroom.Chief), "2026-07-01T17:00")).EnsureSuccessStatusCode();

        Assert.Equal(new DateTimeOffset(2026, 7, 1, 16, 0, 0, TimeSpan.Zero), (await newsroom.ProgressAsync(story))!.DueAt);
        var shown = (await newsroom.Chief.WorkAsync(story)).QuerySelector(".stage-line")!.TextContent;
        Assert.Contains("You have it", shown, StringComparison.Ordinal);
        Assert.Contains("due 1 July 2026, 17:00 BST", shown, StringComparison.Ordinal);
        Assert.Equal([NoticeKind.Assigned], await newsroom.NoticesAsync(newsroom.Chief, story));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.AssignAsync(newsroom.Editor, story, null, "at five")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await newsroom.AssignAsync(newsroom.Editor, story, 9999)).StatusCode);
    }

    [Fact]
    public async Task A_text_for_review_waits_for_the_editor_who_has_it_alone()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer);
        await newsroom.AssignAsync(newsroom.Chief, story, await newsroom.IdOfAsync(newsroom.Editor));

        await newsroom.MoveAsync(newsroom.Writer, story, Stage.InReview);

        Assert.Equal([NoticeKind.Assigned, NoticeKind.SentToReview], await newsroom.NoticesAsync(newsroom.Editor, story));
        Assert.Empty(await newsroom.NoticesAsync(newsroom.Chief, story));
    }

    [Fact]
    public async Task The_board_shows_what_is_coming_what_is_late_and_moves_it()
    {
        var story = await newsroom.DraftOfAsync(newsroom.Writer, "Coming to the board");
        await newsroom.AssignAsync(newsroom.Editor, story, await newsroom.IdOfAsync(newsroom.Chief), "2026-03-10T08:00");
        var waits = await newsroom.DraftOfAsync(newsroom.Editor, "Waits for its time");
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(waits, 1, newsroom.Clock.GetUtcNow().AddHours(3)));
        var out_ = await newsroom.PublishAsync(Edition.Told("Out already", "Read all about it."));

        var board = await newsroom.Editor.OpenAsync("/desk/board");
        var card = board.QuerySelector($"#story-{story}")!;
        Assert.Contains("Late: was due 08:00", card.TextContent, StringComparison.Ordinal);
        Assert.Contains(newsroom.Chief.Name, card.TextContent, StringComparison.Ordinal);
        Assert.Equal("column-draft", card.Closest("section")!.GetAttribute("aria-labelledby"));
        Assert.Equal("column-scheduled", board.QuerySelector($"#story-{waits}")!.Closest("section")!.GetAttribute("aria-labelledby"));
        Assert.Null(board.QuerySelector($"#story-{out_}"));

        Dictionary<string, string> move = new() { ["_handler"] = $"move-{story}", ["Order.Story"] = $"{story}", ["Order.Version"] = "1", ["Order.BasedOn"] = "1", ["Order.To"] = "InReview" };
        (await newsroom.Editor.SendFormAsync("/desk/board", move)).EnsureSuccessStatusCode();
        Assert.Equal(Stage.InReview, await newsroom.StageAsync(story));

        await newsroom.Chief.OpenAsync("/desk/board");
        move["Order.To"] = "Legal";
        var overtaken = await (await newsroom.Chief.SendFormAsync("/desk/board", move)).Content.ReadAsStringAsync();
        Assert.Contains($"{newsroom.Editor.Name} was quicker", overtaken, StringComparison.Ordinal);
        Assert.Equal(Stage.InReview, await newsroom.StageAsync(story));
    }

    [Fact]
    public async Task My_day_holds_what_waits_for_me()
    {
        var mine = await newsroom.DraftOfAsync(newsroom.Writer, "A draft of my own day", "One.\n\nREAD MORE: Never written anywhere\n\nTwo.");
        var gone = await newsroom.PublishAsync(Edition.Told("Taken back at noon", "It was not so."));
        await newsroom.Writer.WriteAsync(mine, 1, $"One.\n\nREAD MORE: Never written anywhere\n\nREAD MORE: story:{gone}\n\nTwo.", "A draft of my own day");
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(gone));
        await newsroom.AssignAsync(newsroom.Editor, mine, await newsroom.IdOfAsync(newsroom.Writer), "2026-03-10T17:00");
        await newsroom.Editor.CommentAsync(mine, "Is that so?");
        await newsroom.MoveAsync(newsroom.Writer, mine, Stage.InReview);

        var day = await newsroom.Writer.OpenAsync("/desk/my-day");
        Assert.Null(day.QuerySelector("#to-review"));
        Assert.Contains("A draft of my own day", day.QuerySelector("section[aria-labelledby=drafts]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("17:00", day.QuerySelector("section[aria-labelledby=due]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Is that so?", day.QuerySelector("section[aria-labelledby=comments]")!.TextContent, StringComparison.Ordinal);
        var task = Assert.Single(day.QuerySelectorAll("section[aria-labelledby=lines]"));
        Assert.Contains("“Taken back at noon” was withdrawn", task.TextContent, StringComparison.Ordinal);
        Assert.Contains("“Never written anywhere” is not written yet", task.TextContent, StringComparison.Ordinal);

        var theirs = await newsroom.Chief.OpenAsync("/desk/my-day");
        Assert.Contains("A draft of my own day", theirs.QuerySelector("section[aria-labelledby=to-review]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(theirs.QuerySelector("section[aria-labelledby=lines]"));
    }

    [Fact]
    public async Task A_writer_is_not_sent_to_mend_a_story_that_is_out_and_only_editors_may_open()
    {
        var mine = await newsroom.DraftOfAsync(newsroom.Writer, "Out with a loose end", "One.\n\nREAD MORE: Never written at all\n\nTwo.");
        await newsroom.Editor.OpenAsync("/desk");
        (await newsroom.Editor.PublishAsync(mine, 1)).EnsureSuccessStatusCode();

        var task = (await newsroom.Writer.OpenAsync("/desk/my-day")).QuerySelector("section[aria-labelledby=lines]")!;

        Assert.Contains("Out with a loose end", task.TextContent, StringComparison.Ordinal);
        Assert.Contains("tell an editor", task.TextContent, StringComparison.Ordinal);
        Assert.Null(task.QuerySelector($"a[href='/desk/stories/{mine}']"));
    }
}
