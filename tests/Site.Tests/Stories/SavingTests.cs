using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Stories;

/// <summary>What becomes of autosaves, and of two people's saves, as the editing page's script makes them.</summary>
public sealed class SavingTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private const string ThreeParagraphs = "One.\n\nTwo.\n\nThree.";

    [Fact]
    public async Task Autosaves_of_one_person_within_ten_minutes_are_one_revision()
    {
        var id = await BeginAsync();
        await AutosaveAsync(newsroom.Editor, id, 1, "One, and");
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(9));
        await AutosaveAsync(newsroom.Editor, id, 2, "One, and two");

        var kept = Assert.Single(await RevisionsAsync(id), revision => revision.Number > 1);
        Assert.Equal((3, "One, and two"), (kept.Number, kept.Text.Copy));

        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(2));
        await AutosaveAsync(newsroom.Editor, id, 3, "One, and two, and three");
        Assert.Equal([1, 3, 4], (await RevisionsAsync(id)).Select(revision => revision.Number));
    }

    [Fact]
    public async Task Another_person_a_save_by_hand_and_a_publication_each_end_a_revision()
    {
        var id = await BeginAsync();
        await AutosaveAsync(newsroom.Editor, id, 1, "By the editor.");
        await AutosaveAsync(newsroom.Chief, id, 2, "By the chief editor.");
        await AutosaveAsync(newsroom.Chief, id, 3, "By the chief editor, longer.");
        Assert.Equal([1, 2, 4], (await RevisionsAsync(id)).Select(revision => revision.Number));

        // Ctrl-S on what an autosave has saved already.
        Assert.Equal(4, (await SaveAsync(newsroom.Chief, id, 4, "By the chief editor, longer.")).GetProperty("revision").GetInt32());
        await AutosaveAsync(newsroom.Chief, id, 4, "By the chief editor, after Ctrl-S.");
        Assert.Equal([1, 2, 4, 5], (await RevisionsAsync(id)).Select(revision => revision.Number));

        await newsroom.Chief.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 5 });
        await AutosaveAsync(newsroom.Chief, id, 5, "By the chief editor, after publication.");
        Assert.Equal([1, 2, 4, 5, 6], (await RevisionsAsync(id)).Select(revision => revision.Number));
        Assert.Equal(5, (await newsroom.StoryAsync(id)).PublishedNumber);
    }

    [Fact]
    public async Task A_text_based_on_an_autosave_that_passed_is_merged_all_the_same()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await AutosaveAsync(newsroom.Editor, id, 1, "One, by the editor.\n\nTwo.\n\nThree.");
        // The chief editor opens the page here, at revision 2, which then passes.
        await AutosaveAsync(newsroom.Editor, id, 2, "One, by the editor, and more.\n\nTwo.\n\nThree.");

        var answer = await AutosaveAsync(newsroom.Chief, id, 2, "One, by the editor.\n\nTwo.\n\nThree, by the chief.");

        Assert.Equal("One, by the editor, and more.\n\nTwo.\n\nThree, by the chief.", answer.GetProperty("merged").GetProperty("text").GetProperty("copy").GetString());
        Assert.Equal("One, by the editor, and more.\n\nTwo.\n\nThree, by the chief.", (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task Passing_autosaves_are_cleared_away_once_no_browser_will_come_back_with_them()
    {
        var id = await BeginAsync();
        await AutosaveAsync(newsroom.Editor, id, 1, "a");
        await AutosaveAsync(newsroom.Editor, id, 2, "b");
        newsroom.Clock.MoveBy(TimeSpan.FromDays(8));
        await AutosaveAsync(newsroom.Editor, id, 3, "c");
        await AutosaveAsync(newsroom.Editor, id, 4, "d");

        Assert.Equal([1, 3, 4, 5], (await newsroom.StoryAsync(id)).Revisions.Select(revision => revision.Number).Order());
    }

    [Fact]
    public async Task A_headline_that_was_half_typed_draws_no_line_to_the_story()
    {
        var waiting = await newsroom.Desk.BeginAsync(null, Edition.Told("It leads on", "One.\n\nREAD MORE: Storm"));
        var id = await BeginAsync();

        await SaveAsync(newsroom.Editor, id, 1, "Copy.", "Storm", isAutosave: true);
        Assert.Equal(id, await LeadsToAsync(waiting));
        await SaveAsync(newsroom.Editor, id, 2, "Copy.", "Storm over Ansty", isAutosave: true);
        Assert.Null(await LeadsToAsync(waiting));

        // But a headline that somebody meant is remembered.
        await SaveAsync(newsroom.Editor, id, 3, "Copy.", "Storm");
        await SaveAsync(newsroom.Editor, id, 4, "Copy.", "Storm no more", isAutosave: true);
        Assert.Equal(id, await LeadsToAsync(waiting));

        async Task<int?> LeadsToAsync(int from)
        {
            await using var db = await newsroom.OpenDbAsync();
            return await db.ReadMoreLinks.Where(link => link.FromId == from).Select(link => link.ToId).SingleAsync();
        }
    }

    [Fact]
    public async Task A_stale_save_is_merged_and_answered_with_what_to_change_in_the_page()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await SaveAsync(newsroom.Chief, id, 1, "One, by the chief.\n\nTwo.\n\nThree.");

        var answer = await SaveAsync(newsroom.Editor, id, 1, "One.\n\nTwo.\n\nThree, by the editor.");

        Assert.Equal(3, answer.GetProperty("revision").GetInt32());
        var edit = Assert.Single(answer.GetProperty("merged").GetProperty("edits").GetProperty("copy").EnumerateArray());
        Assert.Equal((3, 0, ", by the chief"), (edit.GetProperty("at").GetInt32(), edit.GetProperty("length").GetInt32(), edit.GetProperty("words").GetString()));
        Assert.Equal("One, by the chief.\n\nTwo.\n\nThree, by the editor.", (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task Who_cannot_take_in_a_merged_text_is_refused_with_the_other_text()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await SaveAsync(newsroom.Chief, id, 1, "One, by the chief.\n\nTwo.\n\nThree.");

        var answer = await CallAsync(newsroom.Editor, id, new { basedOn = 1, headline = "H", copy = "One.\n\nTwo.\n\nThree, by the editor.", sectionId = Edition.World });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("One, by the chief.\n\nTwo.\n\nThree.", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("theirs").GetProperty("copy").GetString());
        Assert.Equal(2, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task A_page_that_has_nothing_new_is_brought_up_to_date_without_a_revision()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await SaveAsync(newsroom.Chief, id, 1, "Quite another text.");

        var answer = await AutosaveAsync(newsroom.Editor, id, 1, ThreeParagraphs);

        Assert.Equal(2, answer.GetProperty("revision").GetInt32());
        Assert.Equal("Quite another text.", answer.GetProperty("merged").GetProperty("text").GetProperty("copy").GetString());
        Assert.Equal(2, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task Changes_to_one_paragraph_write_nothing_and_come_back_side_by_side()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await SaveAsync(newsroom.Chief, id, 1, "One.\n\nTwo, by the chief.\n\nThree.");

        var response = await CallAsync(newsroom.Editor, id, new { basedOn = 1, takesMerge = true, headline = "H", copy = "One.\n\nTwo, by the editor.\n\nThree." });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var dispute = Assert.Single(answer.GetProperty("disputes").EnumerateArray());
        Assert.Equal(("copy", "Two, by the chief.", "Two, by the editor."), (dispute.GetProperty("field").GetString(), dispute.GetProperty("theirs").GetString(), dispute.GetProperty("mine").GetString()));
        Assert.Equal(newsroom.Chief.Name, answer.GetProperty("by").GetString());
        Assert.Equal("One.\n\nTwo, by the chief.\n\nThree.", (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task What_an_editor_has_chosen_is_a_change_to_a_text_that_says_theirs()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await SaveAsync(newsroom.Chief, id, 1, "One.\n\nTwo, by the chief.\n\nThree.");

        var answer = await CallAsync(newsroom.Editor, id, new
        {
            basedOn = 1,
            takesMerge = true,
            headline = "H",
            copy = "One.\n\nTwo, by the editor.\n\nThree.",
            wentOutFrom = new { headline = "H", copy = "One.\n\nTwo, by the chief.\n\nThree." },
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("One.\n\nTwo, by the editor.\n\nThree.", (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task Of_texts_that_nobody_knows_the_beginning_of_nothing_is_lost()
    {
        var id = await BeginAsync(ThreeParagraphs);

        var answer = await SaveAsync(newsroom.Editor, id, 77, "One.\n\nThree.\n\nFour.");

        Assert.Equal("One.\n\nTwo.\n\nThree.\n\nFour.", answer.GetProperty("merged").GetProperty("text").GetProperty("copy").GetString());
    }

    [Fact]
    public void Lists_are_merged_by_what_is_in_them()
    {
        var was = new StoryText { TopicIds = [1, 2, 3], WriterIds = [1, 2] };

        var merged = StoryMerge.Of(was, was with { TopicIds = [1, 3, 4], WriterIds = [2, 1] }, was with { TopicIds = [2, 3, 5], WriterIds = [1, 2, 3] });

        Assert.True(merged.Text.TopicIds is [3, 5, 4]);
        Assert.True(merged.Text.WriterIds is [1, 2, 3]);
        Assert.Empty(merged.Disputes);
    }

    [Fact]
    public void A_picture_and_its_words_are_one_thing_where_somebody_chose_another()
    {
        var was = new StoryText { PictureId = 1, PictureAlt = "The quay.", PictureCaption = "Quay" };

        var theirs = StoryMerge.Of(was, was with { PictureId = 2, PictureAlt = "The weir.", PictureCaption = "Weir" }, was with { Headline = "Mine" });
        var disputed = StoryMerge.Of(was, was with { PictureId = 2, PictureAlt = "The weir.", PictureCaption = "Weir" }, was with { PictureCaption = "The quay at dusk" });

        Assert.Equal((2, "The weir.", "Mine"), (theirs.Text.PictureId, theirs.Text.PictureAlt, theirs.Text.Headline));
        Assert.Equal("pictureId", Assert.Single(disputed.Disputes).Field);
        Assert.Equal((1, "The quay at dusk"), (disputed.Text.PictureId, disputed.Text.PictureCaption));
    }

    [Fact]
    public async Task Who_has_a_story_open_is_told_to_the_others_until_they_leave()
    {
        var id = await BeginAsync();
        Assert.Empty(await OthersAsync(newsroom.Editor, id, "a", hasTyped: true));

        var other = Assert.Single(await OthersAsync(newsroom.Chief, id, "b"));
        Assert.Equal(newsroom.Editor.Name, other.GetProperty("name").GetString());
        Assert.InRange(other.GetProperty("secondsSinceTyping").GetDouble(), 0, 15);
        Assert.Equal(JsonValueKind.Null, Assert.Single(await OthersAsync(newsroom.Editor, id, "a")).GetProperty("secondsSinceTyping").ValueKind);

        await newsroom.Editor.CallAsync(HttpMethod.Delete, $"/desk/stories/{id}/presence?tab=a", new { });
        Assert.Empty(await OthersAsync(newsroom.Chief, id, "b"));
    }

    [Fact]
    public async Task Who_writes_at_another_node_is_seen_here_and_their_words_are_merged()
    {
        var id = await BeginAsync(ThreeParagraphs);
        await using var node = await AnotherNode.StartAsync(newsroom);
        using var colleague = await StaffMember.SignInAsync(node.Address, newsroom.Chief.Name);

        await OthersAsync(colleague, id, "there", hasTyped: true);
        await AutosaveAsync(colleague, id, 1, "One, by the chief.\n\nTwo.\n\nThree.");
        var other = Assert.Single(await OthersAsync(newsroom.Editor, id, "here"));
        var answer = await AutosaveAsync(newsroom.Editor, id, 1, "One.\n\nTwo.\n\nThree, by the editor.");

        Assert.Equal(newsroom.Chief.Name, other.GetProperty("name").GetString());
        Assert.Equal("One, by the chief.\n\nTwo.\n\nThree, by the editor.", answer.GetProperty("merged").GetProperty("text").GetProperty("copy").GetString());
    }

    [Fact]
    public async Task An_old_form_token_is_told_from_other_refusals_and_can_be_renewed()
    {
        var id = await BeginAsync();

        var refused = await newsroom.Editor.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, copy = "C" }, withToken: false);
        var renewed = await (await newsroom.Editor.GetAsync("/desk/form-token")).Content.ReadFromJsonAsync<JsonElement>();
        var request = new HttpRequestMessage(HttpMethod.Put, $"/desk/stories/{id}") { Content = JsonContent.Create(new { basedOn = 1, copy = "C" }) };
        request.Headers.Add("X-Newsroom-Form", renewed.GetProperty("token").GetString());

        Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("formIsOld").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.SendAsync(request)).StatusCode);
        Assert.Equal($"{await newsroom.IdOfAsync(newsroom.Editor)}", renewed.GetProperty("person").GetString());
    }

    private Task<int> BeginAsync(string copy = "") => newsroom.Desk.BeginAsync(null, new StoryText { Headline = "H", Copy = copy, SectionId = Edition.World });

    private static Task<HttpResponseMessage> CallAsync(StaffMember person, int id, object form) => person.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", form);

    private static Task<JsonElement> AutosaveAsync(StaffMember person, int id, int basedOn, string copy) => SaveAsync(person, id, basedOn, copy, isAutosave: true);

    private static async Task<JsonElement> SaveAsync(StaffMember person, int id, int basedOn, string copy, string headline = "H", bool isAutosave = false)
    {
        var answer = await CallAsync(person, id, new { basedOn, isAutosave, takesMerge = true, headline, copy, sectionId = Edition.World });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<IEnumerable<JsonElement>> OthersAsync(StaffMember person, int id, string tab, bool hasTyped = false)
    {
        var answer = await person.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/presence", new { tab, hasTyped });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("others").EnumerateArray();
    }

    /// <summary>What the newsroom calls revisions: autosaves that passed are none.</summary>
    private async Task<List<Revision>> RevisionsAsync(int id) => [.. (await newsroom.StoryAsync(id)).Revisions.Where(revision => !revision.IsPassing).OrderBy(revision => revision.Number)];
}
