using System.Net;
using System.Text.Json;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Feeds;

public sealed class ApiTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_program_walks_through_all_stories_and_meets_each_once()
    {
        var moment = newsroom.Clock.GetUtcNow().AddHours(-5);
        var ids = new List<int>();
        // Two of one moment: the id decides then.
        foreach (var minutes in new[] { 0, 1, 1, 2, 3 })
            ids.Add(await newsroom.PublishAsync(Edition.Told($"Walked past {minutes}", "W.") with { TopicIds = [Edition.Floods] }, moment.AddMinutes(minutes)));

        List<int> met = [];
        for (var next = "/api/stories?topic=floods&limit=2"; next is not null;)
        {
            var answer = await newsroom.Reader.GetAsync(next);
            var page = await JsonOf(answer);
            met.AddRange(Ids(page));
            next = page.TryGetProperty("next", out var address) ? address.GetString() : null;
            Assert.Equal(next is null ? null : $"<{next}>; rel=\"next\"", answer.Headers.TryGetValues("Link", out var link) ? link.Single() : null);
            // What comes in while somebody walks moves nothing.
            await newsroom.PublishAsync(Edition.Told("Came in meanwhile", "M.") with { TopicIds = [Edition.Floods] });
        }

        Assert.Equal(met.Distinct(), met);
        Assert.Equal([ids[4], ids[3], ids[2], ids[1], ids[0]], met.Where(ids.Contains));
    }

    [Fact]
    public async Task Each_question_narrows_the_answer()
    {
        var at = newsroom.Clock.GetUtcNow().AddDays(-20);
        var bridge = await newsroom.PublishAsync(Edition.Told("Bridge narrowed", "The viaduct stands.", Edition.Britain) with { TopicIds = [Edition.Harbour], WriterIds = [Edition.Idris] }, at);
        var ferry = await newsroom.PublishAsync(Edition.Told("Ferry narrowed", "The boat leaves."), at.AddHours(1));

        foreach (var question in new[] { "section=britain", "topic=harbour", "writer=idris-quill", "q=viaducts", $"until={At(at.AddMinutes(1))}", $"since={At(at)}&until={At(at.AddMinutes(1))}" })
        {
            var ids = Ids(await JsonOf(await newsroom.Reader.GetAsync("/api/stories?limit=100&" + question)));
            Assert.True(ids.Contains(bridge) && !ids.Contains(ferry), question);
        }

        Assert.Contains(ferry, Ids(await JsonOf(await newsroom.Reader.GetAsync($"/api/stories?limit=100&since={At(at.AddHours(1))}"))));
        Assert.Empty(Ids(await JsonOf(await newsroom.Reader.GetAsync("/api/stories?q=nothingofthekind"))));
    }

    [Fact]
    public async Task A_day_is_a_day_of_the_papers_clock()
    {
        // Summer time: London’s first of July begins an hour before UTC’s.
        newsroom.Clock.MoveTo(new DateTimeOffset(2026, 7, 3, 9, 0, 0, TimeSpan.Zero));
        var late = await newsroom.PublishAsync(Edition.Told("Late on the last of June", "L."), new(2026, 6, 30, 22, 59, 0, TimeSpan.Zero));
        var early = await newsroom.PublishAsync(Edition.Told("Early on the first of July", "E."), new(2026, 6, 30, 23, 0, 0, TimeSpan.Zero));

        var ids = Ids(await JsonOf(await newsroom.Reader.GetAsync("/api/stories?since=2026-07-01&until=2026-07-02")));

        Assert.Contains(early, ids);
        Assert.DoesNotContain(late, ids);
        Assert.Equal(ids, Ids(await JsonOf(await newsroom.Reader.GetAsync("/api/stories?since=2026-07-01T00:00:00+01:00&until=2026-07-02T00:00%2B01:00"))));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=2026-03-10T09:00:00", "since")]
    [InlineData("since=2026-02-30", "since")]
    [InlineData("until=0001-01-01T00:00:00%2B14:00", "until")]
    [InlineData("since=2026-03-10&until=2026-03-09", "since")]
    [InlineData("section=nowhere", "nowhere")]
    [InlineData("section=world&section=britain", "world,britain")]
    [InlineData("topic=nothing", "nothing")]
    [InlineData("writer=nobody", "nobody")]
    [InlineData("after=page2", "after")]
    [InlineData("after=99999999999999999999-1", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("shape=xml", "shape")]
    public async Task What_cannot_be_answered_is_said_in_a_sentence(string question, string named)
    {
        var answer = await newsroom.Reader.GetAsync("/api/stories?" + question);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(named, (await JsonOf(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=%22unfinished")]
    [InlineData("q=%3A*%20%26%20!%28")]
    [InlineData("q=%20%20")]
    [InlineData("section=&topic=&writer=&since=&until=&q=&limit=&after=&shape=")]
    [InlineData("unknown=1")]
    [InlineData("after=0-0")]
    public async Task What_is_only_odd_is_answered(string question) => Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/api/stories?" + question));

    [Fact]
    public async Task A_story_has_one_address_for_ever()
    {
        var target = await newsroom.PublishAsync(Edition.FerryCloses);
        var id = await newsroom.PublishAsync(Edition.BridgeOpens with { Kind = StoryKind.Analysis, Copy = $"First.\n\nREAD MORE: story:{target}\n\nLast.", CreditLine = "Wend Wire", WriterIds = [Edition.Maud, Edition.Idris] });
        var before = await JsonOf(await newsroom.Reader.GetAsync($"/api/stories/{id}"));

        await newsroom.RepublishAsync(id, text => text with { Headline = "Bridge shuts again", SectionId = Edition.Britain }, isSubstantive: true);

        var after = await JsonOf(await newsroom.Reader.GetAsync($"/api/stories/{id}"));
        Assert.Equal(before.GetProperty("uri").GetString(), after.GetProperty("uri").GetString());
        Assert.Equal(("1", "2"), (before.GetProperty("version").GetString(), after.GetProperty("version").GetString()));
        Assert.Equal("Bridge shuts again", after.GetProperty("headlines")[0].GetProperty("value").GetString());
        Assert.Equal(before.GetProperty("firstcreated").GetString(), after.GetProperty("firstcreated").GetString());
        Assert.Equal("Maud Ferrier, Idris Quill and Wend Wire", after.GetProperty("by").GetString());
        Assert.Equal("http://cv.iptc.org/newscodes/genre/Analysis", after.GetProperty("genres")[0].GetProperty("uri").GetString());
        var association = Assert.Single(after.GetProperty("associations").EnumerateArray());
        Assert.Equal(("Last ferry leaves Ansty quay", $"{newsroom.Address}api/stories/{target}"), (association.GetProperty("name").GetString(), association.GetProperty("uri").GetString()));
        var bodies = after.GetProperty("bodies").EnumerateArray().ToDictionary(body => body.GetProperty("contenttype").GetString()!, body => body.GetProperty("value").GetString()!);
        Assert.Equal("First.\n\nLast.", bodies["text/plain"]);
        Assert.Contains("READ MORE: <a href=", bodies["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_readers_may_not_see_answers_as_its_page_does()
    {
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Hidden from programs", "H."));
        var due = await newsroom.PublishAsync(Edition.Told("Due for programs", "D."), newsroom.Clock.GetUtcNow().AddHours(2));
        var successor = await newsroom.PublishAsync(Edition.Told("Came after for programs", "C."));
        var gone = await newsroom.PublishAsync(Edition.Told("Gone for programs", "G."));
        await newsroom.Desk.WithdrawAsync(gone, successor);

        foreach (var id in new[] { $"{draft}", $"{due}", "999999", "0", "-1", "abc", "99999999999" })
            Assert.Equal((id, HttpStatusCode.NotFound), (id, await newsroom.StatusOf($"/api/stories/{id}")));
        var answer = await newsroom.Reader.GetAsync($"/api/stories/{gone}");
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Equal($"{newsroom.Address}api/stories/{successor}", (await JsonOf(answer)).GetProperty("successor").GetString());
        Assert.DoesNotContain("Gone for programs", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        newsroom.Clock.MoveBy(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/api/stories/{due}"));
    }

    [Fact]
    public async Task The_shape_is_asked_for_by_name_or_by_what_is_accepted()
    {
        var id = await newsroom.PublishAsync(Edition.Told("In two shapes", "S."));

        foreach (var address in new[] { "/api/stories", $"/api/stories/{id}" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new("application/feed+json"));
            var accepted = await newsroom.Reader.SendAsync(request);
            var named = await newsroom.Reader.GetAsync(address + "?shape=jsonfeed");

            Assert.Equal("application/feed+json", accepted.Content.Headers.ContentType?.MediaType);
            Assert.Equal("application/feed+json", named.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Accept", accepted.Headers.Vary);
            Assert.Empty(FeedRules.OfJsonFeed(await accepted.Content.ReadAsStringAsync()));
            Assert.Equal("application/json", (await newsroom.Reader.GetAsync(address)).Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Pages_of_other_sites_may_ask_and_nothing_is_sent_twice()
    {
        await newsroom.PublishAsync(Edition.Told("Asked from elsewhere", "A."));
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/stories");
        request.Headers.Add("Origin", "https://elsewhere.example");
        var first = await newsroom.Reader.SendAsync(request);
        var again = new HttpRequestMessage(HttpMethod.Get, "/api/stories");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal("*", first.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(first.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal("noindex", first.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal(HttpStatusCode.NotModified, (await newsroom.Reader.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Nonsense_in_an_address_is_refused_in_the_apis_own_words()
    {
        var answer = await newsroom.Reader.GetAsync("/api/stories?q=%00");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static string At(DateTimeOffset moment) => Uri.EscapeDataString(moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null));

    private static List<int> Ids(JsonElement page) => [.. page.GetProperty("stories").EnumerateArray().Select(story => int.Parse(story.GetProperty("uri").GetString()!.Split('/')[^1], null))];

    private static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
