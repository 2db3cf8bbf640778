using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Stories;

/// <summary>The calls of the editing page, as its script makes them.</summary>
public sealed class StoryDeskCallsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_new_story_is_begun_and_is_its_makers_own()
    {
        await newsroom.Writer.OpenAsync("/desk");

        var answer = await newsroom.Writer.SendFormAsync("/desk/stories", []);

        var id = int.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], null);
        Assert.Equal(await newsroom.IdOfAsync(newsroom.Writer), (await newsroom.StoryAsync(id)).OwnerId);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.GetAsync($"/desk/stories/{id}")).StatusCode);
    }

    [Fact]
    public async Task A_save_keeps_every_field_and_tells_the_new_revision()
    {
        var id = await BeginAsync();
        var other = await BeginAsync();

        var answer = await SaveAsync(id, 1, new
        {
            basedOn = 1,
            headline = "  Two\nlines ",
            standfirst = "S",
            kicker = "K",
            slug = "My Slug",
            dateline = "Ansty",
            creditLine = "Wire",
            copy = "One.\r\n\r\nTwo.",
            sectionId = Edition.Britain,
            topicIds = new[] { 2, 1 },
            writerIds = new[] { 2 },
            relatedIds = new[] { other },
        });

        Assert.Equal(2, answer.Json.GetProperty("revision").GetInt32());
        var draft = (await newsroom.StoryAsync(id)).Draft;
        Assert.True(draft.SaysTheSameAs(new StoryText
        {
            Headline = "Two lines",
            Standfirst = "S",
            Kicker = "K",
            Slug = "my-slug",
            Dateline = "Ansty",
            CreditLine = "Wire",
            Copy = "One.\n\nTwo.",
            SectionId = Edition.Britain,
            TopicIds = [2, 1],
            WriterIds = [2],
            RelatedIds = [other],
        }), draft.ToString());
    }

    [Fact]
    public async Task Saving_what_is_there_already_makes_no_revision()
    {
        var id = await BeginAsync();
        var same = Form(1, "As it was", "Copy.");
        await SaveAsync(id, 1, same);

        var answer = await SaveAsync(id, 1, Form(2, "As it was", "Copy."));

        Assert.Equal(2, answer.Json.GetProperty("revision").GetInt32());
        Assert.Equal(2, (await newsroom.StoryAsync(id)).Revisions.Count);
    }

    [Fact]
    public async Task A_save_on_a_stale_base_writes_nothing_and_brings_the_other_text()
    {
        var id = await BeginAsync();
        await SaveAsync(id, 1, Form(1, "Theirs", "Their copy."));

        var answer = await SaveAsync(id, 1, Form(1, "Mine", "My copy."));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(2, answer.Json.GetProperty("revision").GetInt32());
        Assert.Equal("Theirs", answer.Json.GetProperty("theirs").GetProperty("headline").GetString());
        Assert.Equal("Their copy.", answer.Json.GetProperty("theirs").GetProperty("copy").GetString());
        Assert.Contains("Nothing of either text is lost", answer.Json.GetProperty("problem").GetString(), StringComparison.Ordinal);
        var story = await newsroom.StoryAsync(id);
        Assert.Equal("Theirs", story.Draft.Headline);
        Assert.Equal(2, story.Revisions.Count);
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_may_be_repeated()
    {
        var id = await BeginAsync();
        await SaveAsync(id, 1, Form(1, "Mine", "My copy."));

        var answer = await SaveAsync(id, 1, Form(1, "Mine", "My copy."));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, answer.Json.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task Of_ten_saves_at_one_moment_one_is_taken_and_nine_are_told()
    {
        var id = await BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SaveAsync(id, 1, Form(1, $"Version {i}", "Copy."))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.Conflict));
        Assert.Equal(2, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task Ids_that_mean_nothing_are_left_out()
    {
        var id = await BeginAsync();

        await SaveAsync(id, 1, new { basedOn = 1, headline = "H", copy = "C", sectionId = 999, topicIds = new[] { 999, 1, 1, -3 }, writerIds = new[] { 999, 2 }, relatedIds = new[] { 999999, id } });

        var draft = (await newsroom.StoryAsync(id)).Draft;
        Assert.Null(draft.SectionId);
        Assert.Equal([1], draft.TopicIds);
        Assert.Equal([2], draft.WriterIds);
        Assert.DoesNotContain(999999, draft.RelatedIds);
    }

    [Theory]
    [InlineData("headline", 301, "300")]
    [InlineData("standfirst", 1_001, "1000")]
    [InlineData("kicker", 121, "120")]
    [InlineData("dateline", 121, "120")]
    [InlineData("creditLine", 121, "120")]
    [InlineData("copy", 500_001, "500000")]
    public async Task What_is_too_long_is_refused_in_a_sentence_and_not_cut(string field, int length, string most)
    {
        var id = await BeginAsync();

        var answer = await SaveAsync(id, 1, new Dictionary<string, object> { ["basedOn"] = 1, [field] = new string('x', length) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(most, answer.Json.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task What_no_database_can_hold_is_taken_out()
    {
        var id = await BeginAsync();
        const string json = """{"basedOn":1,"headline":"A\u0000 bell\u0007 rings \ud83d\ude00\uffff","copy":"One\u0000.\n\nTwo\u001b[31m."}""";

        var answer = await SendAsync(HttpMethod.Put, $"/desk/stories/{id}", json);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var draft = (await newsroom.StoryAsync(id)).Draft;
        Assert.Equal("A bell rings 😀", draft.Headline);
        Assert.Equal("One.\n\nTwo[31m.", draft.Copy);
    }

    [Theory]
    [InlineData("""{"basedOn":1,"headline":"half \ud83d of a face","copy":"C"}""")]
    [InlineData("""{"basedOn":1,"copy":"\udc00 tail first"}""")]
    [InlineData("""{"basedOn":"one"}""")]
    [InlineData("""{"basedOn":1,"topicIds":[1e99]}""")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_call_that_makes_no_sense_is_told_so_and_changes_nothing_else(string json)
    {
        var id = await BeginAsync();

        var answer = await SendAsync(HttpMethod.Put, $"/desk/stories/{id}", json);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        var story = await newsroom.StoryAsync(id);
        Assert.DoesNotContain(story.Draft.Headline + story.Draft.Copy, char.IsSurrogate);
        if (!answer.IsSuccessStatusCode)
            Assert.Equal(1, story.RevisionNumber);
    }

    [Fact]
    public async Task A_call_that_cannot_be_read_is_not_called_out_of_date_as_a_form_is()
    {
        var id = await BeginAsync();

        var call = await AnswerAsync(SendAsync(HttpMethod.Put, $"/desk/stories/{id}", """{"basedOn":1,"copy":"half \ud83d of a face"}"""));
        using var stranger = StaffMember.Stranger(newsroom.Address);
        var form = await stranger.SendFormAsync("/desk/sign-in", new() { ["_handler"] = "sign-in", ["Form.Name"] = "n", ["Form.Password"] = "p" });

        Assert.Equal(HttpStatusCode.BadRequest, call.Status);
        Assert.Contains("cannot be read", Problem(call), StringComparison.Ordinal);
        Assert.DoesNotContain("stood open", Problem(call), StringComparison.Ordinal);
        Assert.Contains("stood open", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-07-01T12:30", "2026-07-01T11:30Z")]
    [InlineData("2026-12-01T12:30", "2026-12-01T12:30Z")]
    [InlineData("2026-10-25T01:30:00", "2026-10-25T00:30Z")]
    public async Task A_moment_is_told_in_the_papers_zone(string wallClock, string moment)
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var answer = await OrderAsync(id, "publish", new { basedOn = 1, at = wallClock });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(DateTimeOffset.Parse(moment, null), (await newsroom.StoryAsync(id)).PublishAt);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01T10:00")]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("2026-02-30T10:00")]
    public async Task A_moment_nobody_understands_publishes_nothing(string at)
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var publish = await OrderAsync(id, "publish", new { basedOn = 1, at });
        var embargo = await OrderAsync(id, "embargo", new { basedOn = 1, at });
        var both = await OrderAsync(id, "publish", new { basedOn = 1, embargo = at });

        Assert.All(new[] { publish, embargo, both }, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.Status));
        Assert.All(new[] { publish, embargo, both }, answer => Assert.Contains("not understood", Problem(answer), StringComparison.Ordinal));
        Assert.Null((await newsroom.StoryAsync(id)).PublishedNumber);
    }

    [Fact]
    public async Task A_year_mistyped_is_noticed()
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var publish = await OrderAsync(id, "publish", new { basedOn = 1, at = "2062-03-11T09:00" });
        var embargo = await OrderAsync(id, "embargo", new { basedOn = 1, at = "2062-03-11T09:00" });

        Assert.All(new[] { publish, embargo }, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.All(new[] { publish, embargo }, answer => Assert.Contains("check the year", Problem(answer), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_published_with_an_embargo_waits_for_it()
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var answer = await OrderAsync(id, "publish", new { basedOn = 1, embargo = "2026-12-24T18:00" });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{id}"));
        var story = await newsroom.StoryAsync(id);
        Assert.Equal(DateTimeOffset.Parse("2026-12-24T18:00Z", null), story.EmbargoUntil);
        Assert.Equal(story.EmbargoUntil, story.PublishAt);
    }

    [Fact]
    public async Task Publishing_keeps_an_embargo_it_does_not_speak_of_and_lifts_one_it_empties()
    {
        var id = await BeginAsync(Edition.MarketOpens);
        await OrderAsync(id, "embargo", new { at = "2026-12-24T18:00" });
        await OrderAsync(id, "publish", new { basedOn = 1 });
        var kept = await newsroom.StoryAsync(id);

        await OrderAsync(id, "publish", new { basedOn = 1, embargo = "" });
        var lifted = await newsroom.StoryAsync(id);

        Assert.Equal(StoryState.Due, kept.StateAt(newsroom.Clock.GetUtcNow()));
        Assert.Equal(StoryState.Live, lifted.StateAt(newsroom.Clock.GetUtcNow()));
        Assert.Null(lifted.EmbargoUntil);
    }

    [Fact]
    public async Task An_embargo_is_set_and_lifted_without_publishing()
    {
        var id = await BeginAsync(Edition.MarketOpens);

        await OrderAsync(id, "embargo", new { at = "2026-12-24T18:00" });
        var set = await newsroom.StoryAsync(id);
        await OrderAsync(id, "embargo", new { });
        var lifted = await newsroom.StoryAsync(id);

        Assert.Equal(DateTimeOffset.Parse("2026-12-24T18:00Z", null), set.EmbargoUntil);
        Assert.Null(lifted.EmbargoUntil);
        Assert.All(new[] { set, lifted }, story => Assert.Null(story.PublishedNumber));
    }

    [Fact]
    public async Task An_embargo_that_has_passed_already_is_refused_in_words_and_publishes_nothing()
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var embargo = await OrderAsync(id, "embargo", new { at = "2020-01-01T09:00" });
        var publish = await OrderAsync(id, "publish", new { basedOn = 1, embargo = "2020-01-01T09:00" });

        Assert.All(new[] { publish, embargo }, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.All(new[] { publish, embargo }, answer => Assert.Contains("passed already", Problem(answer), StringComparison.Ordinal));
        var story = await newsroom.StoryAsync(id);
        Assert.Null(story.PublishedNumber);
        Assert.Null(story.EmbargoUntil);
    }

    [Fact]
    public async Task An_embargo_is_not_left_behind_by_a_publishing_that_was_refused()
    {
        var id = await BeginAsync();

        var answer = await OrderAsync(id, "publish", new { basedOn = 1, embargo = "2026-12-24T18:00" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Null((await newsroom.StoryAsync(id)).EmbargoUntil);
    }

    [Fact]
    public async Task A_withdrawn_story_is_brought_back_before_its_change_is_published()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Withdrawn and mended", "Worng."));
        var published = (await newsroom.StoryAsync(id)).PublishAt;
        await OrderAsync(id, "withdraw", new { });
        await SaveAsync(id, 1, Form(1, "Withdrawn and mended", "Right.", Edition.World));

        var refused = await OrderAsync(id, "publish", new { basedOn = 2 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Bring the story back first; then publish the change.", Problem(refused));
        Assert.Equal(HttpStatusCode.Gone, (await newsroom.Reader.GetAsync($"/world/{id}/withdrawn-and-mended")).StatusCode);

        await OrderAsync(id, "bring-back", new { });
        await OrderAsync(id, "publish", new { basedOn = 2 });
        var story = await newsroom.StoryAsync(id);
        Assert.Equal(StoryState.Live, story.StateAt(newsroom.Clock.GetUtcNow()));
        Assert.Equal(2, story.PublishedNumber);
        Assert.Equal(published, story.PublishAt);
    }

    [Fact]
    public async Task The_page_of_a_withdrawn_story_offers_to_bring_it_back_and_to_save_but_not_to_publish()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Out of sight", "O."));
        await OrderAsync(id, "withdraw", new { });

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{id}");

        Assert.Equal(["Save Ctrl-S", "Bring back", "⋯", "Kill…"], page.QuerySelectorAll(".editor-actions button").Select(button => button.TextContent.Trim()));
        Assert.Null(page.QuerySelector("#publish"));
        Assert.Contains("Bring the story back first", page.QuerySelector(".missing")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_change_of_a_story_readers_have_is_not_put_off()
    {
        var id = await newsroom.PublishAsync(Edition.Told("With readers already", "Once."));
        await SaveAsync(id, 1, Form(1, "With readers already", "Twice.", Edition.World));

        var answer = await OrderAsync(id, "publish", new { basedOn = 2, at = "2026-12-24T18:00" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("Readers have this story already; its change is published now.", Problem(answer));
        Assert.Equal(1, (await newsroom.StoryAsync(id)).PublishedNumber);
    }

    [Fact]
    public async Task An_unfinished_story_is_refused_with_the_fields_that_mend_it()
    {
        var id = await BeginAsync();

        var answer = await OrderAsync(id, "publish", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["headline", "section", "copy"], answer.Json.GetProperty("missing").EnumerateArray().Select(m => m.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task What_publishing_refuses_in_the_copy_stands_in_the_panel_too()
    {
        var copy = string.Concat(Enumerable.Repeat("> ", 500)) + "Deep down.";
        var id = await BeginAsync(Edition.Told("Quoted from a quote", copy));

        var refused = await OrderAsync(id, "publish", new { basedOn = 1 });
        var panel = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", Form(1, "Quoted from a quote", copy, Edition.World));

        var report = new HtmlParser().ParseDocument(await panel.Content.ReadAsStringAsync()).QuerySelector("[data-part=report]")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("too deep", Problem(refused), StringComparison.Ordinal);
        Assert.Equal([Problem(refused)], report.QuerySelectorAll(".missing a[href='#copy']").Select(missing => missing.TextContent));
        Assert.DoesNotContain("Nothing is missing", report.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("too deep", report.QuerySelector(".advice")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_copy_is_said_once()
    {
        var id = await BeginAsync();

        var panel = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", Form(1, "Long", new string('x', 500_001), Edition.World));

        var missing = new HtmlParser().ParseDocument(await panel.Content.ReadAsStringAsync()).QuerySelectorAll(".missing li");
        Assert.Contains("500000", Assert.Single(missing).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_publishes_a_text_they_have_not_seen()
    {
        var id = await BeginAsync(Edition.MarketOpens);
        await SaveAsync(id, 1, Form(1, "Changed by a colleague", "Changed.", Edition.World));

        var answer = await OrderAsync(id, "publish", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Null((await newsroom.StoryAsync(id)).PublishedNumber);
    }

    [Fact]
    public async Task A_story_goes_through_its_life_by_calls_alone()
    {
        var id = await BeginAsync(Edition.Told("A life in calls", "Born."));
        var successor = await newsroom.PublishAsync(Edition.Told("The next life", "Reborn."));
        async Task<StoryState> StateAsync() => (await newsroom.StoryAsync(id)).StateAt(newsroom.Clock.GetUtcNow());

        await OrderAsync(id, "publish", new { basedOn = 1, at = "2026-12-24T18:00" });
        Assert.Equal(StoryState.Due, await StateAsync());
        await OrderAsync(id, "take-back", new { });
        Assert.Equal(StoryState.Draft, await StateAsync());
        await OrderAsync(id, "publish", new { basedOn = 1 });
        Assert.Equal(StoryState.Live, await StateAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await OrderAsync(id, "withdraw", new { successorId = id })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await OrderAsync(id, "withdraw", new { successorId = 999999 })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await OrderAsync(id, "spike", new { basedOn = 1 })).Status);
        Assert.Equal(StoryState.Live, await StateAsync());
        await OrderAsync(id, "withdraw", new { successorId = successor });
        Assert.Equal(StoryState.Withdrawn, await StateAsync());
        await OrderAsync(id, "bring-back", new { });
        Assert.Equal(StoryState.Live, await StateAsync());
    }

    [Fact]
    public async Task A_spiked_draft_is_gone_and_says_so_to_who_still_has_it_open()
    {
        var id = await BeginAsync();
        await OrderAsync(id, "spike", new { basedOn = 1 });

        var page = await newsroom.Editor.GetAsync($"/desk/stories/{id}");
        var publish = await OrderAsync(id, "publish", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, publish.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Typed on" })).StatusCode);
        Assert.Contains("does not exist any more", publish.Json.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_spikes_a_text_they_have_not_seen()
    {
        var id = await BeginAsync();
        await SaveAsync(id, 1, Form(1, "Worked on by a colleague", "For hours."));

        var answer = await OrderAsync(id, "spike", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("Worked on by a colleague", answer.Json.GetProperty("theirs").GetProperty("headline").GetString());
        Assert.Equal(2, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("POST", "/publish")]
    [InlineData("POST", "/spike")]
    [InlineData("POST", "/preview")]
    [InlineData("POST", "/embargo")]
    [InlineData("POST", "/read-copy")]
    public async Task A_call_without_the_form_token_is_refused_and_changes_nothing(string method, string order)
    {
        var id = await BeginAsync(Edition.MarketOpens);

        var answer = await newsroom.Editor.CallAsync(new(method), $"/desk/stories/{id}{order}", Form(1, "Forged", "Forged.", Edition.World), withToken: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("reload", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var story = await newsroom.StoryAsync(id);
        Assert.Equal(1, story.RevisionNumber);
        Assert.Null(story.PublishedNumber);
    }

    [Fact]
    public async Task The_preview_shows_the_unsaved_text_with_its_blocks_as_readers_would_see_them()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Seen in the preview", "Yes."));
        var id = await BeginAsync();

        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview",
            Form(1, "Unsaved headline", $"Unsaved *words*.\n\nREAD MORE: story:{target}\n\nREAD MORE: A headline nobody has written\n\nREAD MORE: story:{id}"));

        var html = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var page = new HtmlParser().ParseDocument(html.QuerySelector("[data-part=preview] iframe")!.GetAttribute("srcdoc")!);
        Assert.Equal("Unsaved headline", page.QuerySelector("main h1")!.TextContent);
        Assert.Equal("Seen in the preview", page.QuerySelectorAll("aside.read-more a").Single().TextContent.Trim());
        Assert.NotNull(page.QuerySelector("header.masthead"));
        var report = html.QuerySelectorAll(".link-report").Select(r => r.TextContent).ToList();
        Assert.Equal(3, report.Count);
        Assert.Contains("Pending", report[1], StringComparison.Ordinal);
        Assert.Contains("never offers itself", report[2], StringComparison.Ordinal);
        Assert.Equal(1, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task A_pending_line_is_told_which_headlines_are_near()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Cathedral organ falls silent after fire", "Smoke."));
        var id = await BeginAsync();

        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", Form(1, "H", "One.\n\nREAD MORE: Cathedral organ fell silent after fire"));

        var html = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal($"{near}", html.QuerySelector(".nearest [data-tie]")!.GetAttribute("data-tie"));
    }

    [Theory]
    [InlineData("zeppelin", 3)]
    [InlineData("ZEPP", 3)]
    [InlineData("hangar zeppelin", 1)]
    [InlineData("café zeppelin", 1)]
    [InlineData("airship", 0)]
    [InlineData("'); DROP TABLE stories; --", 0)]
    [InlineData("zeppelin & | ! <-> :*", 3)]
    public async Task The_picker_finds_stories_in_every_state_as_words_are_typed(string words, int count)
    {
        if ((await FoundAsync("zeppelin")).Count == 0)
        {
            await newsroom.Desk.BeginAsync(null, Edition.Told("Zeppelin in the hangar", "Draft."));
            await newsroom.PublishAsync(Edition.Told("Zeppelin over Ansty", "Live, seen from the café."));
            await newsroom.PublishAsync(Edition.Told("Zeppelin to come", "Due."), newsroom.Clock.GetUtcNow().AddDays(2));
        }

        var found = await FoundAsync(words);

        Assert.Equal(count, found.Count);
        if (words == "zeppelin")
            Assert.Equal(["Draft", "Due", "Live"], found.Select(hit => hit.QuerySelector(".state")!.TextContent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_picker_does_not_offer_the_story_itself()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Quincunx of the orchard", "Five trees."));

        Assert.Single(await FoundAsync("quincunx"));
        Assert.Empty(await FoundAsync("quincunx", not: id));
    }

    [Fact]
    public async Task Pasted_wire_copy_comes_back_as_headline_and_copy_with_its_read_more_line()
    {
        var id = await BeginAsync();
        var text = await File.ReadAllTextAsync(Path.Combine(SourceTree.Tests, "Wire", "Samples", "wire-copy-sample.txt"));

        var answer = await OrderAsync(id, "read-copy", new { text });

        var copy = answer.Json.GetProperty("copy").GetString()!;
        Assert.Equal("Harbour towns ask who wrote the news that emptied them", answer.Json.GetProperty("headline").GetString());
        Assert.StartsWith("Three fishing towns on the coast of Velmark", copy, StringComparison.Ordinal);
        Assert.Contains("\n\nREAD MORE: Former minister lays bare the ‘harbour of mirrors’ plot\n\n", copy, StringComparison.Ordinal);
        Assert.DoesNotContain("Daily Mirror", copy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_stories_is_found_by_words_state_section_and_owner()
    {
        var mine = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told("Wombat at large", "Mine.", Edition.Britain));
        var live = await newsroom.PublishAsync(Edition.Told("Wombat caught", "Live."));

        async Task<List<string>> RowsAsync(string query) =>
            [.. (await newsroom.Writer.OpenAsync("/desk?" + query)).QuerySelectorAll(".story-list th a").Select(a => a.GetAttribute("href")!.Split('/')[^1])];

        Assert.Equal([$"{live}", $"{mine}"], await RowsAsync("words=wombat"));
        Assert.Equal([$"{mine}"], await RowsAsync("words=wombat&mine=yes"));
        Assert.Equal([$"{live}"], await RowsAsync("words=wombat&state=live"));
        Assert.Equal([$"{mine}"], await RowsAsync("words=wombat&section=2"));
        Assert.Empty(await RowsAsync("words=wombat&state=withdrawn"));
    }

    [Fact]
    public async Task An_element_written_wrong_is_advice_and_does_not_stop_the_story()
    {
        var id = await BeginAsync(Edition.Told("Half a fact box", "One.\n\n::: facts Never closed\nTwo."));

        var panel = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", Form(1, "Half a fact box", "One.\n\n::: facts Never closed\nTwo.", Edition.World));
        var html = new HtmlParser().ParseDocument(await panel.Content.ReadAsStringAsync());

        Assert.Contains("is never closed", html.QuerySelector(".advice")!.TextContent, StringComparison.Ordinal);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(id, 1));
    }

    [Fact]
    public async Task The_editing_page_leads_to_a_page_that_shows_every_form_of_copy()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Shown as an example", "Yes."));
        var edit = await newsroom.Writer.OpenAsync($"/desk/stories/{await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told("Mine", "M."))}");
        var help = await newsroom.Writer.OpenAsync(edit.QuerySelector("#copy-hint a")!.GetAttribute("href")!);

        Assert.All(
            [".key-points", ".facts", ".timeline", ".questions", ".numbered", ".table", ".said", ".pull-quote", ".entry-key", $".read-more a[href*='/{target}/']"],
            form => Assert.NotNull(help.QuerySelector($".copy-form .story {form}")));
        Assert.All(help.QuerySelectorAll("[id]").GroupBy(element => element.Id), same => Assert.Single(same));
    }

    private Task<int> BeginAsync(StoryText? text = null) => newsroom.Desk.BeginAsync(null, text ?? new());

    private static object Form(int basedOn, string headline, string copy, int? sectionId = null) => new { basedOn, headline, copy, sectionId };

    private Task<Answer> SaveAsync(int id, int basedOn, object form) => AnswerAsync(newsroom.Editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", form));

    private Task<Answer> OrderAsync(int id, string order, object body) => AnswerAsync(newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/{order}", body));

    private static async Task<Answer> AnswerAsync(Task<HttpResponseMessage> call)
    {
        var response = await call;
        return new(response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await newsroom.Editor.CallAsync(method, address, content);
    }

    [Fact]
    public async Task The_picker_keeps_a_story_while_its_words_are_half_typed()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Regatta resignations shock São Wendel", "Oars down."));

        foreach (var words in new[] { "res", "resig", "resigna", "resignati", "resignations", "sao wend", "regat resign" })
            Assert.Contains(await FoundAsync(words), hit => hit.GetAttribute("data-id") == $"{id}");
    }

    [Fact]
    public async Task The_picker_finds_an_old_headline_behind_any_number_of_newer_stories_with_that_word()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Wherrymen over Ansty", "Up."), newsroom.Clock.GetUtcNow().AddYears(-5));
        for (var i = 0; i < 15; i++)
            await newsroom.PublishAsync(Edition.Told($"Sky report {i}", "The wherrymen were seen."));

        Assert.Equal($"{old}", (await FoundAsync("wherrymen"))[0].GetAttribute("data-id"));
    }

    [Fact]
    public async Task The_picker_offers_the_newest_of_many_with_a_word_first_those_that_have_it_in_the_headline()
    {
        var inHeadlines = new List<int>();
        for (var i = 0; i < 14; i++)
            inHeadlines.Add(await newsroom.PublishAsync(Edition.Told($"Lampwick {i}", "Lit."), newsroom.Clock.GetUtcNow().AddDays(-20 + i)));
        var inTexts = await newsroom.PublishAsync(Edition.Told("Dark again", "A lampwick was out. So was the snuffer."));
        var snuffer = await newsroom.Desk.BeginAsync(null, Edition.Told("Snuffer wanted", "Urgently."));

        Assert.Equal(inHeadlines.AsEnumerable().Reverse().Take(12).Select(id => $"{id}"), (await FoundAsync("lampw")).Select(hit => hit.GetAttribute("data-id")));
        Assert.Equal([$"{snuffer}", $"{inTexts}"], (await FoundAsync("snuffer")).Select(hit => hit.GetAttribute("data-id")));
    }

    private async Task<List<IElement>> FoundAsync(string words, int? not = null)
    {
        var answer = await newsroom.Editor.GetAsync($"/desk/find-story?q={Uri.EscapeDataString(words)}&not={not ?? 0}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelectorAll("[role=option]")];
    }

    private static string Problem(Answer answer) => answer.Json.GetProperty("problem").GetString()!;

    private sealed record Answer(HttpStatusCode Status, JsonElement Json);
}
