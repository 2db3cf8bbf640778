using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Sections;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Stories.Listing;
using LondonDefender.Stories.Publishing;
using LondonDefender.Tests.Workflow;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Stories.Listing;

/// <summary>One order for many stories: said first, done once it is confirmed, answered for each.</summary>
public sealed class BulkTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task Nothing_is_done_before_it_is_confirmed_and_then_each_story_has_its_answer()
    {
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Bulk draft", "One."));
        var live = await newsroom.PublishAsync(Edition.Told("Bulk live", "One."));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Bulk gone", "One."));
        await newsroom.Desk.WithdrawAsync(withdrawn);

        var plan = await AskAsync(newsroom.Editor, "Withdraw", [draft, live, withdrawn]);
        Assert.Equal(StoryState.Live, await StateAsync(live));
        Assert.Contains("Will be refused: Readers do not have it", RowOf(plan, draft), StringComparison.Ordinal);
        Assert.Contains("vanishes from every list", RowOf(plan, live), StringComparison.Ordinal);
        Assert.Contains("Withdraw: 1 story", plan.QuerySelector(".bulk-sure button")!.TextContent, StringComparison.Ordinal);

        var done = await ConfirmAsync(newsroom.Editor, plan);
        Assert.Equal("1 story done, 2 refused: Readers do not have it, so there is nothing to withdraw.", done.QuerySelector("[role=status]")!.TextContent);
        Assert.Equal(StoryState.Withdrawn, await StateAsync(live));
        Assert.Equal(StoryState.Draft, await StateAsync(draft));
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(newsroom.Editor.Name, (await Receipt.OfStoryAsync(db, live, CancellationToken.None)).Single(receipt => receipt.Deed == Deed.Withdrawn).By);
    }

    [Fact]
    public async Task A_live_story_moves_to_another_section_as_a_minor_change_and_its_unpublished_text_stays_unpublished()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Moves across", "As readers have it.") with { TopicIds = [Edition.Harbour] });
        await newsroom.RewriteAsync(live, text => text with { Copy = "Not for readers yet." });
        await newsroom.MoveAsync(newsroom.Editor, live, Stage.InReview);

        var plan = await AskAsync(newsroom.Editor, "ChangeSection", [live], new() { ["section"] = $"{Edition.Britain}" });
        Assert.Contains("Its address begins with /britain then; the old one leads on. What a colleague has changed and not published stays unpublished.", RowOf(plan, live), StringComparison.Ordinal);
        await ConfirmAsync(newsroom.Editor, plan, new() { ["reason"] = "It was never foreign news" });

        var page = await newsroom.ReadAsync($"/world/{live}");
        Assert.Contains("As readers have it.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MovedPermanently, await newsroom.StatusOf($"/world/{live}/moves-across"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/britain/{live}/moves-across"));
        var story = await newsroom.StoryAsync(live);
        Assert.Equal("Not for readers yet.", story.Draft.Copy);
        Assert.Equal((Edition.Britain, Edition.Britain), (story.Draft.SectionId, story.SectionId));
        Assert.True(story.HasUnpublishedChanges);
        Assert.Equal(Stage.InReview, await newsroom.StageAsync(live));
        Assert.Null(story.UpdatedAt);
        var published = story.Revisions.Single(r => r.Number == story.PublishedNumber);
        Assert.Equal(("It was never foreign news", false), (published.Reason, published.IsSubstantive));
        await using var db = await newsroom.OpenDbAsync();
        Assert.True(await db.StorySteps.AnyAsync(step => step.StoryId == live && step.Kind == StepKind.Published && step.RevisionNumber == story.PublishedNumber));
    }

    [Fact]
    public async Task Topics_come_and_go_by_any_of_their_words_and_what_is_so_already_is_left_alone()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.Add(new TopicSynonym { Slug = "quayside", TopicId = Edition.Harbour, Name = "Quayside" });
            await db.SaveChangesAsync();
        }

        var filed = await newsroom.PublishAsync(Edition.Told("Filed before", "One.") with { TopicIds = [Edition.Harbour] });
        var due = await newsroom.Desk.BeginAsync(null, Edition.Told("Due with a topic", "One."));
        await newsroom.Desk.PublishAsync(due, 1, Edition.Morning.AddHours(3));

        var added = await ConfirmAsync(newsroom.Editor, await AskAsync(newsroom.Editor, "AddTopic", [filed, due], new() { ["topic"] = "quayside" }));
        Assert.Equal("1 story done, 1 needed no change.", added.QuerySelector("[role=status]")!.TextContent);
        Assert.Equal(1, (await newsroom.StoryAsync(filed)).RevisionNumber);
        var story = await newsroom.StoryAsync(due);
        Assert.Equal([Edition.Harbour], story.Draft.TopicIds);
        Assert.Equal((2, Edition.Morning.AddHours(3)), (story.PublishedNumber, story.PublishAt));

        await ConfirmAsync(newsroom.Editor, await AskAsync(newsroom.Editor, "RemoveTopic", [filed], new() { ["topic"] = "Harbour" }));
        Assert.Empty((await newsroom.StoryAsync(filed)).Draft.TopicIds);
        Assert.DoesNotContain("Filed before", (await newsroom.ReadAsync("/topics/harbour")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_files_own_drafts_only_and_withdraws_nothing()
    {
        var own = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told("Own draft", "One."));
        var live = await newsroom.PublishAsync(Edition.Told("Not the writer’s", "One."));

        var filed = await ConfirmAsync(newsroom.Writer, await AskAsync(newsroom.Writer, "ChangeSection", [own, live], new() { ["section"] = $"{Edition.Britain}" }));
        Assert.Equal("1 story done, 1 refused: It is not yours to change; an editor can.", filed.QuerySelector("[role=status]")!.TextContent);
        Assert.Equal(Edition.Britain, (await newsroom.StoryAsync(own)).Draft.SectionId);
        Assert.Equal(1, (await newsroom.StoryAsync(live)).RevisionNumber);

        foreach (var act in new[] { "Withdraw", "TakeScheduleBack", "GiveTo" })
        {
            var plan = await AskAsync(newsroom.Writer, act, [live], new() { ["owner"] = "me" });
            Assert.Null(plan.QuerySelector(".bulk-sure button"));
            await newsroom.Writer.SendFormAsync("/desk/bulk", new() { ["_handler"] = "bulk", ["sure"] = "yes", ["act"] = act, ["story"] = $"{live}", ["owner"] = "me" });
        }

        var after = await newsroom.StoryAsync(live);
        Assert.Equal((StoryState.Live, null), (after.StateAt(newsroom.Clock.GetUtcNow()), after.OwnerId));
    }

    [Fact]
    public async Task Stories_change_hands_and_schedules_are_taken_back()
    {
        var due = await newsroom.Desk.BeginAsync(null, Edition.Told("Comes too early", "One."));
        await newsroom.Desk.PublishAsync(due, 1, Edition.Morning.AddHours(5));

        await ConfirmAsync(newsroom.Editor, await AskAsync(newsroom.Editor, "TakeScheduleBack", [due]));
        await ConfirmAsync(newsroom.Editor, await AskAsync(newsroom.Editor, "GiveTo", [due], new() { ["owner"] = $"{await newsroom.IdOfAsync(newsroom.Writer)}" }));

        var story = await newsroom.StoryAsync(due);
        Assert.Equal((null, await newsroom.IdOfAsync(newsroom.Writer), 1), (story.PublishedNumber, story.OwnerId, story.RevisionNumber));
    }

    [Fact]
    public async Task A_set_is_put_together_looked_at_and_emptied()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var one = await newsroom.Desk.BeginAsync(null, Edition.Told("Set one", "One."));
        var two = await newsroom.Desk.BeginAsync(null, Edition.Told("Set two", "One."));

        await ConfirmAsync(editor, await AskAsync(editor, "PutIntoSet", [one, two], new() { ["set"] = "", ["setname"] = "For Sunday" }));
        await using var db = await newsroom.OpenDbAsync();
        var set = await db.SavedSearches.AsNoTracking().SingleAsync(s => s.Name == "For Sunday");
        Assert.Equal(2, (await editor.OpenAsync(ListAddress.ToSet(set.Id))).QuerySelectorAll(".story-list tbody tr").Length);
        Assert.NotNull((await newsroom.Chief.OpenAsync(ListAddress.ToSet(set.Id))).QuerySelector("[role=alert]"));

        await ConfirmAsync(editor, await AskAsync(editor, "TakeOutOfSet", [one], new() { ["set"] = $"{set.Id}" }));
        Assert.Equal("Set two", (await editor.OpenAsync(ListAddress.ToSet(set.Id))).QuerySelector(".story-list tbody th")!.TextContent.Trim());
    }

    [Theory]
    [InlineData("Withdraw", "")]
    [InlineData("", "1")]
    [InlineData("Explode", "1")]
    [InlineData("7", "1")]
    [InlineData("AddTopic", "1")]
    [InlineData("ChangeSection", "1")]
    [InlineData("GiveTo", "1")]
    [InlineData("PutIntoSet", "1")]
    public async Task An_order_that_lacks_something_is_answered_in_words(string act, string story)
    {
        await newsroom.Editor.OpenAsync("/desk");
        var answer = await newsroom.Editor.SendFormAsync("/desk/bulk", new() { ["_handler"] = "bulk", ["act"] = act, ["story"] = story, ["sure"] = "yes" });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty((await ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent);
    }

    private async Task<IDocument> AskAsync(StaffMember member, string act, int[] stories, Dictionary<string, string>? more = null)
    {
        await member.OpenAsync("/desk");
        return await SendAsync(member, [.. stories.Select(id => KeyValuePair.Create("story", $"{id}")), new("_handler", "bulk"), new("act", act), new("back", "state=live"), .. more ?? []]);
    }

    /// <summary>Sends the page's own form, as the button does.</summary>
    private static Task<IDocument> ConfirmAsync(StaffMember member, IDocument plan, Dictionary<string, string>? more = null)
    {
        Assert.NotNull(plan.QuerySelector(".bulk-sure button"));
        Assert.Equal("/desk?state=live", plan.QuerySelector(".bulk-sure a")!.GetAttribute("href"));
        return SendAsync(member, [.. plan.QuerySelectorAll(".bulk-sure input").Where(input => !(more?.ContainsKey(input.GetAttribute("name")!) ?? false) && input.GetAttribute("name") != "__RequestVerificationToken")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")), .. more ?? []]);
    }

    private static async Task<IDocument> SendAsync(StaffMember member, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var answer = await member.SendFieldsAsync("/desk/bulk", fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) => await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    private static string RowOf(IDocument page, int story) => page.QuerySelectorAll(".story-list tbody tr").Single(row => row.QuerySelector($"a[href='/desk/stories/{story}']") is not null).TextContent;

    private async Task<StoryState> StateAsync(int id) => (await newsroom.StoryAsync(id)).StateAt(newsroom.Clock.GetUtcNow());
}
