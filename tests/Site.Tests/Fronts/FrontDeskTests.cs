using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LondonDefender.Fronts;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Fronts;

/// <summary>What becomes of what editors arrange, as the tool's script sends it.</summary>
public sealed class FrontDeskTests : IAsyncLifetime
{
    private readonly StaffedNewsroom newsroom = new();

    public ValueTask InitializeAsync() => newsroom.InitializeAsync();

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    [Fact]
    public async Task A_draft_is_the_newsrooms_alone_until_it_is_published()
    {
        var (older, newer) = (await PublishAsync("Older"), await PublishAsync("Newer"));
        await SaveAsync(newsroom.Editor, 0, Container("Top", older));
        Assert.Equal(["Newer", "Older"], await HeadlinesAsync());

        await PublishFrontAsync(1);
        Assert.Equal(["Older", "Newer"], await HeadlinesAsync());

        await SaveAsync(newsroom.Editor, 1, Container("Top", newer));
        Assert.Equal(["Older", "Newer"], await HeadlinesAsync());
    }

    [Fact]
    public async Task A_version_for_later_comes_at_its_moment_and_the_one_before_can_be_had_again()
    {
        var (older, newer) = (await PublishAsync("Older"), await PublishAsync("Newer"));
        await SaveAsync(newsroom.Editor, 0, Container("Top", older));
        await PublishFrontAsync(1);
        await SaveAsync(newsroom.Editor, 1, Container("Top", newer));
        await PublishFrontAsync(2, "2026-03-10T18:00");

        Assert.Equal("Older", (await HeadlinesAsync())[0]);
        newsroom.Clock.MoveTo(new(2026, 3, 10, 18, 0, 0, TimeSpan.Zero));
        Assert.Equal("Newer", (await HeadlinesAsync())[0]);

        var versions = await VersionsAsync();
        Assert.Equal(["Live", "Earlier"], versions.Select(version => version.GetProperty("state").GetString()));
        Assert.All(versions, version => Assert.Equal(newsroom.Editor.Name, version.GetProperty("by").GetString()));
        var earlier = await (await newsroom.Chief.GetAsync($"/desk/fronts/0/versions/{versions[1].GetProperty("id")}")).Content.ReadFromJsonAsync<JsonElement>();
        await SaveAsync(newsroom.Chief, 2, earlier.GetProperty("arrangement"));
        await PublishFrontAsync(3);
        Assert.Equal("Older", (await HeadlinesAsync())[0]);
    }

    [Fact]
    public async Task A_moment_that_has_passed_is_asked_about_and_publishes_nothing()
    {
        await SaveAsync(newsroom.Editor, 0, Container("Top", await PublishAsync("Older")));

        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/publish", new { basedOn = 1, at = "2026-03-09T18:00" });

        Assert.Equal("That moment has passed. Choose a later one, or Now.", await ProblemAsync(answer));
        Assert.Empty(await VersionsAsync());
    }

    [Fact]
    public async Task A_scheduled_swap_can_be_taken_back_until_its_moment()
    {
        var older = await PublishAsync("Older");
        await PublishAsync("Newer");
        await SaveAsync(newsroom.Editor, 0, Container("Top", older));
        await PublishFrontAsync(1, "2026-03-10T18:00");
        var version = (await VersionsAsync())[0].GetProperty("id");

        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/fronts/0/versions/{version}/take-back", new { })).StatusCode);
        newsroom.Clock.MoveTo(new(2026, 3, 10, 18, 0, 0, TimeSpan.Zero));
        Assert.Equal(["Newer", "Older"], await HeadlinesAsync());

        var tooLate = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/fronts/0/versions/{version}/take-back", new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLate.StatusCode);
        Assert.Contains("not waiting", await ProblemAsync(tooLate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_pinned_twice_is_refused_in_words()
    {
        var story = await PublishAsync("Only once");

        var answer = await PutAsync(newsroom.Editor, 0, Arrangement(Container("Top", story), Container("World", story)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("“Only once” is pinned twice: in “Top” and in “World”. A story stands on a front once.", await ProblemAsync(answer));
    }

    [Fact]
    public async Task What_two_editors_do_in_different_containers_is_merged()
    {
        var (one, other) = (await PublishAsync("One"), await PublishAsync("Other"));
        var was = Arrangement(Container("Top"), Container("World"));
        await SaveAsync(newsroom.Chief, 0, was);
        await SaveAsync(newsroom.Chief, 1, Arrangement(Container("Top"), Container("World", one)));

        var answer = await PutAsync(newsroom.Editor, 1, Arrangement(Container("Top", other), Container("World")), was);

        var merged = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("merged");
        Assert.Equal(newsroom.Editor.Name, merged.GetProperty("by").GetString());
        Assert.Equal(3, (await FrontAsync()).Revision);
        Assert.Equal([other, one], (await FrontAsync()).Draft.Pins.Select(card => card.StoryId));
    }

    [Fact]
    public async Task What_both_have_changed_is_written_by_neither_and_comes_back_to_be_chosen()
    {
        var story = await PublishAsync("The story");
        var was = Arrangement(Container("Top", story));
        await SaveAsync(newsroom.Chief, 0, was);
        await SaveAsync(newsroom.Chief, 1, Arrangement(Told("Top", story, "By the chief")));
        var mine = Arrangement(Told("Top", story, "By the editor"));

        var answer = await PutAsync(newsroom.Editor, 1, mine, was);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(newsroom.Chief.Name, said.GetProperty("by").GetString());
        var dispute = Assert.Single(said.GetProperty("disputes").EnumerateArray());
        Assert.Equal(("The headline for “The story”", "By the chief", "By the editor"), (dispute.GetProperty("field").GetString(), dispute.GetProperty("theirs").GetString(), dispute.GetProperty("mine").GetString()));
        Assert.Equal("By the chief", (await FrontAsync()).Draft.CardOf(story)!.Headline);

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(newsroom.Editor, 1, mine, dispute.GetProperty("values").GetProperty("arrangement"))).StatusCode);
        Assert.Equal("By the editor", (await FrontAsync()).Draft.CardOf(story)!.Headline);
    }

    [Fact]
    public async Task A_save_whose_answer_was_lost_is_answered_as_it_was_and_a_stale_publication_is_not_carried_out()
    {
        var story = await PublishAsync("The story");
        await SaveAsync(newsroom.Editor, 0, Container("Top", story));

        Assert.Equal(1, (await (await PutAsync(newsroom.Editor, 0, Arrangement(Container("Top", story)))).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("revision").GetInt32());
        var publication = await newsroom.Chief.CallAsync(HttpMethod.Post, "/desk/fronts/0/publish", new { basedOn = 0 });

        Assert.Equal(HttpStatusCode.Conflict, publication.StatusCode);
        Assert.Empty(await VersionsAsync());
    }

    [Fact]
    public async Task A_card_is_told_otherwise_on_its_front_alone()
    {
        var (story, picture) = (await PublishAsync("The story’s own"), await PictureAsync());
        await PublishSectionAsync(Edition.Britain, new { storyId = story, headline = "For Britain", hidesStandfirst = true, pictureId = picture.Id });

        var britain = await newsroom.ReadAsync("/britain");
        var card = britain.QuerySelector(".card-lead")!;
        Assert.Equal("For Britain", card.QuerySelector(".card-headline")!.TextContent);
        Assert.Null(card.QuerySelector(".card-standfirst"));
        Assert.Contains(picture.AddressHash, card.QuerySelector("img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(["The story’s own"], await HeadlinesAsync());
        Assert.Empty((await newsroom.ReadAsync("/")).QuerySelectorAll("main img"));
    }

    [Fact]
    public async Task A_picture_of_a_front_is_readers_while_its_card_is_on_it()
    {
        var (story, picture) = (await PublishAsync("The story"), await PictureAsync());
        Assert.False(await IsReadersAsync(picture.Id));
        await PublishSectionAsync(Edition.Britain, new { storyId = story, pictureId = picture.Id });
        Assert.True(await IsReadersAsync(picture.Id));

        await newsroom.Desk.WithdrawAsync(story);
        Assert.False(await IsReadersAsync(picture.Id));
        await newsroom.Desk.BringBackAsync(story);
        await newsroom.ArrangeAsync(new(), Edition.Britain);
        Assert.False(await IsReadersAsync(picture.Id));
    }

    [Fact]
    public async Task A_section_front_shows_what_is_new_below_what_was_pinned_and_nothing_twice()
    {
        var pinned = await PublishAsync("Pinned");
        for (var number = 1; number <= 3; number++)
            await PublishAsync($"New {number}");
        await newsroom.ArrangeAsync(new() { Containers = [new() { Key = "a", Title = "Look here", Size = 1, Pins = [new() { StoryId = pinned }] }] }, Edition.World);

        var world = await newsroom.ReadAsync("/world");

        Assert.Equal(["Pinned", "New 3", "New 2", "New 1"], world.QuerySelectorAll("main .card-headline").Select(h => h.TextContent));
        Assert.Equal(["Look here", "More from World"], world.QuerySelectorAll("main h2").Select(h => h.TextContent.Trim()));
    }

    [Fact]
    public async Task A_container_fills_itself_by_section_topic_and_kind_with_the_newest_or_the_most_read()
    {
        var review = await newsroom.PublishAsync(Edition.Told("A review", "R.") with { Kind = StoryKind.Review, TopicIds = [Edition.Harbour] });
        var old = await newsroom.PublishAsync(Edition.Told("An old report", "R.") with { TopicIds = [Edition.Harbour] }, newsroom.Clock.GetUtcNow().AddDays(-3));
        var other = await newsroom.PublishAsync(Edition.Told("A report from Britain", "R.", Edition.Britain));
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.Add(new StoryReads { StoryId = old, Day = DateOnly.FromDateTime(newsroom.Clock.GetUtcNow().Date), Reads = 50 });
            await db.SaveChangesAsync();
        }

        Assert.Equal([review], await FilledAsync(new { kind = "Review" }));
        Assert.Equal([review], await FilledAsync(new { kind = "Review", topicId = Edition.Harbour, sectionId = Edition.World }));
        Assert.Equal([old], await FilledAsync(new { kind = "Report", sectionId = Edition.World }));
        Assert.Equal([other], await FilledAsync(new { sectionId = Edition.Britain }));
        Assert.Equal([review, old], await FilledAsync(new { topicId = Edition.Harbour }));
        Assert.Equal([old, review], await FilledAsync(new { by = "MostRead", topicId = Edition.Harbour }));
        Assert.Equal([old, other, review], await FilledAsync(new { by = "MostRead" }));
        Assert.Empty(await FilledAsync(new { by = "Nothing" }));
    }

    [Fact]
    public async Task The_newsroom_sees_which_pinned_stories_wait_and_what_their_headlines_have_become()
    {
        var due = await newsroom.PublishAsync(Edition.Told("Tomorrow’s lead", "T."), newsroom.Clock.GetUtcNow().AddDays(1));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Not written yet", ""));

        var look = await (await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/look", new { arrangement = Arrangement(Container("Top", due, draft)) })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("Due", look.GetProperty("stories").GetProperty($"{due}").GetProperty("state").GetString());
        Assert.Equal("Draft", look.GetProperty("stories").GetProperty($"{draft}").GetProperty("state").GetString());
        Assert.Empty(look.GetProperty("filled").GetProperty("Top").EnumerateArray());
    }

    [Fact]
    public async Task Each_card_says_how_often_its_story_is_read_and_nothing_where_nobody_has_read_it()
    {
        var (read, readOnce, unread) = (await PublishAsync("Read by many"), await PublishAsync("Read by one"), await PublishAsync("Read by nobody"));
        await using (var db = await newsroom.OpenDbAsync())
        {
            var today = DateOnly.FromDateTime(newsroom.Clock.GetUtcNow().Date);
            db.AddRange(
                new StoryReads { StoryId = read, Day = today, Reads = 1240 }, new StoryReads { StoryId = read, Day = today.AddDays(-1), Reads = 80 },
                new StoryReads { StoryId = read, Day = today.AddDays(-2), Reads = 7 }, new StoryReads { StoryId = readOnce, Day = today, Reads = 1 });
            await db.SaveChangesAsync();
        }

        var look = await (await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/look", new { arrangement = Arrangement(Container("Top", read, readOnce, unread)) })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(["1,240 reads today, 80 yesterday", "1 read today", null], new[] { read, readOnce, unread }.Select(id => look.GetProperty("stories").GetProperty($"{id}").GetProperty("reads").GetString()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"arrangement":null}""")]
    [InlineData("""{"arrangement":{"containers":[null,{"key":null,"title":null,"pins":[null,{"storyId":0}],"fill":null,"size":-5}]}}""")]
    [InlineData("""{"arrangement":{"containers":[{"key":"a","layout":"Nonsense"}]}}""")]
    [InlineData("""{"arrangement":{"containers":[{"key":"a\u0000","title":"\u0000\ud800","layout":7}]}}""")]
    [InlineData("""{"arrangement":"what"}""")]
    [InlineData("""{"basedOn":"x"}""")]
    public async Task Nonsense_is_answered_and_never_an_error(string body)
    {
        foreach (var (method, address) in new[] { (HttpMethod.Put, "/desk/fronts/0"), (HttpMethod.Post, "/desk/fronts/0/look"), (HttpMethod.Post, "/desk/fronts/1/preview"), (HttpMethod.Post, "/desk/fronts/0/publish") })
            Assert.InRange((int)(await newsroom.Editor.CallAsync(method, address, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).StatusCode, 200, 499);
    }

    [Fact]
    public async Task A_front_that_does_not_exist_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(newsroom.Editor, 0, Arrangement(), front: 4711)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.GetAsync("/desk/fronts/nowhere")).StatusCode);
    }

    [Fact]
    public async Task Who_has_a_front_open_is_told_to_the_others()
    {
        await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/presence", new { tab = "a", hasTyped = true });

        var answer = await (await newsroom.Chief.CallAsync(HttpMethod.Post, "/desk/fronts/0/presence", new { tab = "b", hasTyped = false })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(newsroom.Editor.Name, Assert.Single(answer.GetProperty("others").EnumerateArray()).GetProperty("name").GetString());
    }

    private async Task<int> PublishAsync(string headline)
    {
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        return await newsroom.PublishAsync(Edition.Told(headline, "Copy."));
    }

    private static object Arrangement(params object[] containers) => new { containers };

    private static object Container(string title, params int[] stories) => new { key = title, title, layout = "Lead", size = 4, pins = stories.Select(storyId => new { storyId }) };

    private static object Told(string title, int storyId, string headline) => new { key = title, title, layout = "Lead", size = 4, pins = new[] { new { storyId, headline } } };

    private static Task<HttpResponseMessage> PutAsync(StaffMember person, int basedOn, object arrangement, object? wentOutFrom = null, int front = 0) =>
        person.CallAsync(HttpMethod.Put, $"/desk/fronts/{front}", new { basedOn, arrangement, wentOutFrom = wentOutFrom is null ? null : new { arrangement = wentOutFrom } });

    private static async Task SaveAsync(StaffMember person, int basedOn, object containerOrArrangement) =>
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(person, basedOn, JsonSerializer.SerializeToElement(containerOrArrangement).TryGetProperty("containers", out _) ? containerOrArrangement : Arrangement(containerOrArrangement))).StatusCode);

    private async Task PublishFrontAsync(int basedOn, string? at = null) =>
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/publish", new { basedOn, at })).StatusCode);

    private async Task PublishSectionAsync(int section, object pin)
    {
        await newsroom.Editor.CallAsync(HttpMethod.Put, $"/desk/fronts/{section}", new { basedOn = 0, arrangement = Arrangement(new { key = "a", title = "A", layout = "Lead", pins = new[] { pin }, fill = new { by = "Nothing" } }) });
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/fronts/{section}/publish", new { basedOn = 1 })).StatusCode);
    }

    private async Task<List<JsonElement>> VersionsAsync() =>
        [.. (await (await newsroom.Editor.GetAsync("/desk/fronts/0/versions")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("versions").EnumerateArray()];

    private async Task<List<int>> FilledAsync(object fill)
    {
        var look = await newsroom.Editor.CallAsync(HttpMethod.Post, "/desk/fronts/0/look", new { arrangement = Arrangement(new { key = "a", title = "A", size = 9, fill }) });
        return [.. (await look.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("filled").GetProperty("a").EnumerateArray().Select(id => id.GetInt32())];
    }

    private async Task<Front> FrontAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Fronts.AsNoTracking().SingleAsync(front => front.Id == 0);
    }

    private async Task<Picture> PictureAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        var picture = new Picture { FileHash = new('f', 64), FileName = "a.jpg", Format = "jpeg", Width = 1600, Height = 900, Bytes = 1, Colour = "#808080" };
        db.Add(picture);
        await db.SaveChangesAsync();
        return picture;
    }

    private async Task<bool> IsReadersAsync(int picture)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.PicturesOnPages(newsroom.Clock.GetUtcNow()).AnyAsync(p => p.Id == picture);
    }

    private static async Task<string?> ProblemAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problem").GetString();

    private async Task<List<string>> HeadlinesAsync() => [.. (await newsroom.ReadAsync("/")).QuerySelectorAll("main .card-headline").Select(h => h.TextContent)];
}
