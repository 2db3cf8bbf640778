using System.Net;
using LondonDefender.Stories;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.HouseRules;

/// <summary>Who may do what, as one table. A new endpoint fails the first test until somebody has decided who may use it.</summary>
public sealed class RightsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    public enum Who
    {
        Everybody,
        Staff,
        Editors,
        ChiefEditors,

        /// <summary>Left to Blazor, whose pages here use no part of it: outside /desk, so no sign-in reaches it.</summary>
        Nobody,
    }

    /// <param name="Address">Where it is tried; {id} becomes a fresh draft of the writer's own.</param>
    /// <param name="Answer">What those who may are answered; null where any answer but a refusal will do.</param>
    private sealed record Door(string Method, string Pattern, Who May, string Address, int? Answer = 200)
    {
        public bool IsCall => Pattern.StartsWith("/desk/stories/{id:int}", StringComparison.Ordinal) || Pattern.StartsWith("/desk/pictures/{id:int}", StringComparison.Ordinal)
            || Pattern.StartsWith("/desk/fronts/{front:int}", StringComparison.Ordinal)
            || Pattern is "/desk/find-story" or "/desk/find-picture" or "/desk/form-token" or "/desk/pictures/files" || Pattern.Contains("/passkey", StringComparison.Ordinal);
        public bool IsPage => Method == "GET" && !IsCall;
    }

    private static readonly Door[] Doors =
    [
        new("GET", "/", Who.Everybody, "/"),
        new("GET", "/{section}", Who.Everybody, "/world"),
        new("GET", "/{section}/{id:int}/{slug?}", Who.Everybody, "/world/999999/never", 404),
        new("GET", "/topics/{topic}", Who.Everybody, "/topics/floods"),
        new("GET", "/by/{writer}", Who.Everybody, "/by/maud-ferrier"),
        new("GET", "/corrections", Who.Everybody, "/corrections"),
        new("GET", "/corrections/rss.xml", Who.Everybody, "/corrections/rss.xml"),
        new("GET", "/corrections/atom.xml", Who.Everybody, "/corrections/atom.xml"),
        new("GET", "/corrections/feed.json", Who.Everybody, "/corrections/feed.json"),
        new("GET", "/{section}/{id:int}/{slug}/changes", Who.Everybody, "/world/999999/never/changes", 404),
        new("GET", "/archive", Who.Everybody, "/archive"),
        new("GET", "/archive/{year:int}/{month:int}", Who.Everybody, "/archive/2026/03"),
        new("GET", "/archive/{year:int}/{month:int}/{day:int}", Who.Everybody, "/archive/2026/03/10"),
        new("GET", "/most-read", Who.Everybody, "/most-read"),
        new("GET", "/speculation-rules.json", Who.Everybody, "/speculation-rules.json"),
        new("POST", "/followed/{from:int}/{block:int}/{to:int}", Who.Everybody, "/followed/1/0/2", 204),
        new("GET", "/search", Who.Everybody, "/search?q=bridge"),
        new("GET", "/pictures/{hash}/{file}", Who.Everybody, "/pictures/000000000000000000000000/320.jpg", 404),
        new("GET", "/pictures/{hash}/{crop}/{file}", Who.Everybody, "/pictures/000000000000000000000000/16x9/320.jpg", 404),
        new("GET", "/pictures/share/{story:int}/{file}", Who.Everybody, "/pictures/share/999999/000000000000000000000000.jpg", 404),
        new("GET", "/rss.xml", Who.Everybody, "/rss.xml"),
        new("GET", "/atom.xml", Who.Everybody, "/atom.xml"),
        new("GET", "/feed.json", Who.Everybody, "/feed.json"),
        new("GET", "/{section}/rss.xml", Who.Everybody, "/world/rss.xml"),
        new("GET", "/{section}/atom.xml", Who.Everybody, "/world/atom.xml"),
        new("GET", "/{section}/feed.json", Who.Everybody, "/world/feed.json"),
        new("GET", "/topics/{topic}/rss.xml", Who.Everybody, "/topics/floods/rss.xml"),
        new("GET", "/topics/{topic}/atom.xml", Who.Everybody, "/topics/floods/atom.xml"),
        new("GET", "/topics/{topic}/feed.json", Who.Everybody, "/topics/floods/feed.json"),
        new("GET", "/by/{writer}/rss.xml", Who.Everybody, "/by/maud-ferrier/rss.xml"),
        new("GET", "/by/{writer}/atom.xml", Who.Everybody, "/by/maud-ferrier/atom.xml"),
        new("GET", "/by/{writer}/feed.json", Who.Everybody, "/by/maud-ferrier/feed.json"),
        new("GET", "/drafts/{token}", Who.Everybody, "/drafts/00000000000000000000", 404),
        new("GET", "/drafts/{token}/pictures/{hash}/{file}", Who.Everybody, "/drafts/00000000000000000000/pictures/000000000000000000000000/320.jpg", 404),
        new("GET", "/sitemap.xml", Who.Everybody, "/sitemap.xml"),
        new("GET", "/sitemaps/pages.xml", Who.Everybody, "/sitemaps/pages.xml"),
        new("GET", "/sitemaps/stories-{number:int:min(1)}.xml", Who.Everybody, "/sitemaps/stories-1.xml", null),
        new("GET", "/sitemap-news.xml", Who.Everybody, "/sitemap-news.xml"),
        new("GET", "/sitemaps/news-{number:int:range(1,1000)}.xml", Who.Everybody, "/sitemaps/news-1.xml"),
        new("GET", "/about", Who.Everybody, "/about"),
        new("GET", "/api", Who.Everybody, "/api"),
        new("GET", "/api/openapi.json", Who.Everybody, "/api/openapi.json"),
        new("GET", "/api/stories", Who.Everybody, "/api/stories"),
        new("GET", "/api/stories/{id}", Who.Everybody, "/api/stories/999999", 404),
        new("GET", "/oembed", Who.Everybody, "/oembed?url=https://elsewhere.example/world/1/a", 404),
        new("GET", "/ads.txt", Who.Everybody, "/ads.txt"),
        new("GET", "/.well-known/security.txt", Who.Everybody, "/.well-known/security.txt", 404),
        new("GET", "/robots.txt", Who.Everybody, "/robots.txt"),
        new("GET", "/health/live", Who.Everybody, "/health/live"),
        new("GET", "/health/ready", Who.Everybody, "/health/ready"),
        new("GET", "{*path}", Who.Everybody, "/no/such/place", 404),
        new("POST", "{*path}", Who.Everybody, "/no/such/place", 404),

        new("GET", "/desk/sign-in", Who.Everybody, "/desk/sign-in"),
        new("POST", "/desk/sign-in", Who.Everybody, "/desk/sign-in", null),
        new("GET", "/desk/sign-in/number", Who.Everybody, "/desk/sign-in/number"),
        new("POST", "/desk/sign-in/number", Who.Everybody, "/desk/sign-in/number", null),
        new("POST", "/desk/sign-in/passkey/question", Who.Everybody, "/desk/sign-in/passkey/question"),
        new("POST", "/desk/sign-in/passkey", Who.Everybody, "/desk/sign-in/passkey", null),
        new("GET", "/desk/sign-in/openid", Who.Everybody, "/desk/sign-in/openid", 404),
        new("GET", "/desk/sign-in/openid/back", Who.Everybody, "/desk/sign-in/openid/back", 302),
        new("GET", "/desk/first-run", Who.Everybody, "/desk/first-run"),
        new("POST", "/desk/first-run", Who.Everybody, "/desk/first-run", null),
        new("GET", "/desk/invitation", Who.Everybody, "/desk/invitation"),
        new("POST", "/desk/invitation", Who.Everybody, "/desk/invitation", null),

        new("GET", "/desk/pictures/{hash}/{file}", Who.Staff, "/desk/pictures/000000000000000000000000/320.jpg", 404),
        new("GET", "/desk/pictures/{hash}/{crop}/{file}", Who.Staff, "/desk/pictures/000000000000000000000000/16x9/320.jpg", 404),
        new("GET", "/desk", Who.Staff, "/desk"),
        new("POST", "/desk", Who.Staff, "/desk", null),
        new("GET", "/desk/bulk", Who.Staff, "/desk/bulk"),
        new("POST", "/desk/bulk", Who.Staff, "/desk/bulk", null),
        new("GET", "/desk/stories/{Id:int}/figures", Who.Staff, "/desk/stories/{id}/figures"),
        new("POST", "/desk/stories/{Id:int}/figures", Who.Staff, "/desk/stories/{id}/figures", null),
        new("GET", "/desk/links", Who.Staff, "/desk/links"),
        new("POST", "/desk/links", Who.Staff, "/desk/links", null),
        new("GET", "/desk/copy-help", Who.Staff, "/desk/copy-help"),
        new("POST", "/desk/copy-help", Who.Staff, "/desk/copy-help", null),
        new("GET", "/desk/readers", Who.Staff, "/desk/readers"),
        new("POST", "/desk/readers", Who.Staff, "/desk/readers", null),
        new("GET", "/desk/not-allowed", Who.Staff, "/desk/not-allowed"),
        new("POST", "/desk/not-allowed", Who.Staff, "/desk/not-allowed", null),
        new("GET", "/_framework/opaque-redirect", Who.Nobody, "/_framework/opaque-redirect", null),
        new("GET", "/desk/own-sign-in", Who.Staff, "/desk/own-sign-in"),
        new("POST", "/desk/own-sign-in", Who.Staff, "/desk/own-sign-in", null),
        new("POST", "/desk/own-sign-in/passkey/question", Who.Staff, "/desk/own-sign-in/passkey/question"),
        new("POST", "/desk/own-sign-in/passkey", Who.Staff, "/desk/own-sign-in/passkey", null),
        new("GET", "/desk/own-sign-in/openid", Who.Staff, "/desk/own-sign-in/openid", 302),
        new("GET", "/desk/own-sign-in/openid/back", Who.Staff, "/desk/own-sign-in/openid/back", 302),
        new("POST", "/desk/own-sign-in/openid", Who.Staff, "/desk/own-sign-in/openid", 302),
        new("POST", "/desk/sign-out", Who.Staff, "/desk/sign-out", 400),

        new("POST", "/desk/stories", Who.Staff, "/desk/stories", 302),
        new("GET", "/desk/stories/{Id:int}", Who.Staff, "/desk/stories/{id}"),
        new("POST", "/desk/stories/{Id:int}", Who.Staff, "/desk/stories/{id}", null),
        new("GET", "/desk/find-story", Who.Staff, "/desk/find-story?q=bridge"),
        new("GET", "/desk/pictures", Who.Staff, "/desk/pictures"),
        new("POST", "/desk/pictures", Who.Staff, "/desk/pictures", null),
        new("GET", "/desk/pictures/{Id:int}", Who.Staff, "/desk/pictures/999999", 404),
        new("POST", "/desk/pictures/{Id:int}", Who.Staff, "/desk/pictures/999999", null),
        new("GET", "/desk/pictures/{id:int}/card", Who.Staff, "/desk/pictures/999999/card", 404),
        new("PUT", "/desk/pictures/{id:int}", Who.Staff, "/desk/pictures/999999", 404),
        new("POST", "/desk/pictures/files", Who.Staff, "/desk/pictures/files?name=nothing.jpg", 422),
        new("GET", "/desk/find-picture", Who.Staff, "/desk/find-picture?q=bridge"),
        new("PUT", "/desk/stories/{id:int}", Who.Staff, "/desk/stories/{id}"),
        new("POST", "/desk/stories/{id:int}/presence", Who.Staff, "/desk/stories/{id}/presence"),
        new("DELETE", "/desk/stories/{id:int}/presence", Who.Staff, "/desk/stories/{id}/presence?tab=mine", 204),
        new("GET", "/desk/form-token", Who.Staff, "/desk/form-token"),
        new("POST", "/desk/stories/{id:int}/preview", Who.Staff, "/desk/stories/{id}/preview"),
        new("POST", "/desk/stories/{id:int}/beside", Who.Staff, "/desk/stories/{id}/beside"),
        new("POST", "/desk/stories/{id:int}/read-copy", Who.Staff, "/desk/stories/{id}/read-copy"),
        new("POST", "/desk/stories/{id:int}/spike", Who.Staff, "/desk/stories/{id}/spike"),
        new("POST", "/desk/stories/{id:int}/publish", Who.Editors, "/desk/stories/{id}/publish"),
        new("POST", "/desk/stories/{id:int}/embargo", Who.Editors, "/desk/stories/{id}/embargo"),
        new("POST", "/desk/stories/{id:int}/take-back", Who.Editors, "/desk/stories/{id}/take-back", 422),
        new("POST", "/desk/stories/{id:int}/withdraw", Who.Editors, "/desk/stories/{id}/withdraw", 422),
        new("POST", "/desk/stories/{id:int}/bring-back", Who.Editors, "/desk/stories/{id}/bring-back", 422),
        new("GET", "/desk/stories/{id:int}/receipts", Who.Staff, "/desk/stories/{id}/receipts"),
        new("POST", "/desk/stories/{id:int}/proceedings", Who.Staff, "/desk/stories/{id}/proceedings"),
        new("POST", "/desk/stories/{id:int}/preflight", Who.Editors, "/desk/stories/{id}/preflight"),
        new("POST", "/desk/stories/{id:int}/look-again", Who.Editors, "/desk/stories/{id}/look-again", 422),
        new("POST", "/desk/stories/{id:int}/kill", Who.Editors, "/desk/stories/{id}/kill", 422),
        new("POST", "/desk/stories/{id:int}/revive", Who.ChiefEditors, "/desk/stories/{id}/revive", 422),

        new("GET", "/desk/stories/{Id:int}/revisions", Who.Staff, "/desk/stories/{id}/revisions"),
        new("POST", "/desk/stories/{Id:int}/revisions", Who.Staff, "/desk/stories/{id}/revisions", null),
        new("GET", "/desk/stories/{id:int}/draft-links", Who.Staff, "/desk/stories/{id}/draft-links"),
        new("POST", "/desk/stories/{id:int}/draft-links", Who.Staff, "/desk/stories/{id}/draft-links", 422),
        new("DELETE", "/desk/stories/{id:int}/draft-links/{link:int}", Who.Staff, "/desk/stories/{id}/draft-links/999999", 404),
        new("GET", "/desk/stories/{id:int}/work", Who.Staff, "/desk/stories/{id}/work"),
        new("POST", "/desk/stories/{id:int}/stage", Who.Staff, "/desk/stories/{id}/stage", 422),
        new("POST", "/desk/stories/{id:int}/comments", Who.Staff, "/desk/stories/{id}/comments", 422),
        new("POST", "/desk/stories/{id:int}/comments/{comment:int}/resolved", Who.Staff, "/desk/stories/{id}/comments/999999/resolved", 404),
        new("POST", "/desk/stories/{id:int}/assignment", Who.Editors, "/desk/stories/{id}/assignment"),
        new("POST", "/desk/stories/{id:int}/second-eyes", Who.ChiefEditors, "/desk/stories/{id}/second-eyes", 422),
        new("GET", "/desk/my-day", Who.Staff, "/desk/my-day"),
        new("POST", "/desk/my-day", Who.Staff, "/desk/my-day", null),
        new("GET", "/desk/board", Who.Staff, "/desk/board"),
        new("POST", "/desk/board", Who.Staff, "/desk/board", null),
        new("GET", "/desk/notices", Who.Staff, "/desk/notices"),
        new("POST", "/desk/notices", Who.Staff, "/desk/notices", null),

        new("GET", "/desk/stories/{Id:int}/corrections", Who.Editors, "/desk/stories/{id}/corrections"),
        new("POST", "/desk/stories/{Id:int}/corrections", Who.Editors, "/desk/stories/{id}/corrections", null),

        new("GET", "/desk/fronts", Who.Editors, "/desk/fronts"),
        new("POST", "/desk/fronts", Who.Editors, "/desk/fronts", null),
        new("GET", "/desk/fronts/{Slug}", Who.Editors, "/desk/fronts/front"),
        new("POST", "/desk/fronts/{Slug}", Who.Editors, "/desk/fronts/front", null),
        new("PUT", "/desk/fronts/{front:int}", Who.Editors, "/desk/fronts/1", null),
        new("POST", "/desk/fronts/{front:int}/presence", Who.Editors, "/desk/fronts/1/presence"),
        new("DELETE", "/desk/fronts/{front:int}/presence", Who.Editors, "/desk/fronts/1/presence?tab=mine", 204),
        new("POST", "/desk/fronts/{front:int}/look", Who.Editors, "/desk/fronts/1/look"),
        new("POST", "/desk/fronts/{front:int}/preview", Who.Editors, "/desk/fronts/1/preview"),
        new("POST", "/desk/fronts/{front:int}/publish", Who.Editors, "/desk/fronts/1/publish", null),
        new("POST", "/desk/fronts/{front:int}/versions/{version:int}/take-back", Who.Editors, "/desk/fronts/1/versions/999999/take-back", 404),
        new("GET", "/desk/fronts/{front:int}/versions", Who.Editors, "/desk/fronts/1/versions"),
        new("GET", "/desk/fronts/{front:int}/versions/{version:int}", Who.Editors, "/desk/fronts/1/versions/999999", 404),
        new("GET", "/desk/banner", Who.Editors, "/desk/banner"),
        new("POST", "/desk/banner", Who.Editors, "/desk/banner", null),
        new("GET", "/desk/sections", Who.Editors, "/desk/sections"),
        new("POST", "/desk/sections", Who.Editors, "/desk/sections", null),
        new("GET", "/desk/topics", Who.Editors, "/desk/topics"),
        new("POST", "/desk/topics", Who.Editors, "/desk/topics", null),
        new("GET", "/desk/merge/{Kind}/{Id:int}", Who.Editors, "/desk/merge/topic/1"),
        new("POST", "/desk/merge/{Kind}/{Id:int}", Who.Editors, "/desk/merge/topic/1", null),
        new("GET", "/desk/writers", Who.Editors, "/desk/writers"),
        new("POST", "/desk/writers", Who.Editors, "/desk/writers", null),

        new("GET", "/desk/people", Who.ChiefEditors, "/desk/people"),
        new("POST", "/desk/people", Who.ChiefEditors, "/desk/people", null),
        new("GET", "/desk/settings", Who.ChiefEditors, "/desk/settings"),
        new("POST", "/desk/settings", Who.ChiefEditors, "/desk/settings", null),
        new("GET", "/desk/audit", Who.ChiefEditors, "/desk/audit"),
        new("POST", "/desk/audit", Who.ChiefEditors, "/desk/audit", null),
        new("GET", "/desk/audit/file", Who.ChiefEditors, "/desk/audit/file"),
        new("GET", "/desk/moving-in", Who.ChiefEditors, "/desk/moving-in"),
        new("POST", "/desk/moving-in", Who.ChiefEditors, "/desk/moving-in", null),
        new("GET", "/desk/moving-in/{Id:int}", Who.ChiefEditors, "/desk/moving-in/999999", 404),
        new("POST", "/desk/moving-in/{Id:int}", Who.ChiefEditors, "/desk/moving-in/999999", null),
        new("GET", "/desk/moving-in/{id:int}/report", Who.ChiefEditors, "/desk/moving-in/999999/report", 404),
        new("GET", "/desk/moving-out", Who.ChiefEditors, "/desk/moving-out"),
        new("POST", "/desk/moving-out", Who.ChiefEditors, "/desk/moving-out", null),
        new("POST", "/desk/moving-out/export", Who.ChiefEditors, "/desk/moving-out/export"),
        new("GET", "/desk/system", Who.ChiefEditors, "/desk/system"),
        new("POST", "/desk/system", Who.ChiefEditors, "/desk/system", null),
    ];

    [Fact]
    public void Every_endpoint_stands_in_the_table_and_nothing_else()
    {
        var inTheApp = Endpoints().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(e => MethodsOf(e).Select(method => $"{method} {e.RoutePattern.RawText}")).ToHashSet();
        var inTheTable = Doors.Select(door => $"{door.Method} {door.Pattern}").ToHashSet();

        Assert.True(inTheApp.SetEquals(inTheTable),
            "Say in RightsTests.Doors who may use it. Not in the table: " + string.Join(", ", inTheApp.Except(inTheTable))
            + ". In the table only: " + string.Join(", ", inTheTable.Except(inTheApp)) + ".");
    }

    [Fact]
    public void Files_everybody_may_read_are_those_of_wwwroot_and_can_only_be_read()
    {
        var files = Endpoints().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            Assert.All(MethodsOf(file), method => Assert.Equal("GET", method));
            Assert.Matches("^(css|fonts|icons|desk-script)/", file.RoutePattern.RawText);
        });
    }

    [Theory]
    [InlineData(Who.Everybody)]
    [InlineData(Who.Staff)]
    [InlineData(Who.Editors)]
    [InlineData(Who.ChiefEditors)]
    public async Task Each_door_opens_to_those_who_may_and_to_nobody_else(Who who)
    {
        var person = who switch { Who.Staff => newsroom.Writer, Who.Editors => newsroom.Editor, Who.ChiefEditors => newsroom.Chief, _ => newsroom.Stranger };
        await person.OpenAsync(who == Who.Everybody ? "/desk/sign-in" : "/desk");

        List<string> wrong = [];
        foreach (var door in Doors)
        {
            var answer = await KnockAsync(person, door);
            var status = (int)answer.StatusCode;
            var isRight = who >= door.May ? IsLetIn(answer, door) : who == Who.Everybody || door.May == Who.Nobody ? IsAskedToSignIn(answer, door) : IsRefused(answer, door);
            if (!isRight)
                wrong.Add($"{door.Method} {door.Pattern} answered {status} {answer.Headers.Location}");
        }

        Assert.True(wrong.Count == 0, $"To {who}: " + string.Join("; ", wrong));
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("withdraw")]
    [InlineData("embargo")]
    public async Task A_writer_gives_nothing_to_readers(string order)
    {
        var id = await OwnDraftAsync();

        var answer = await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/{order}", new { basedOn = 1 });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var story = await newsroom.StoryAsync(id);
        Assert.Null(story.PublishedNumber);
        Assert.Null(story.EmbargoUntil);
    }

    [Fact]
    public async Task A_writer_neither_sees_nor_changes_a_colleagues_draft()
    {
        var id = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Editor), Edition.Told("The minister resigns at noon", "Known to three people."));
        var mine = new { basedOn = 1, headline = "Mine now", copy = "Mine." };

        var page = await newsroom.Writer.GetAsync($"/desk/stories/{id}");
        var preview = await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", mine);
        var save = await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", mine);
        var spike = await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/spike", new { });

        Assert.All(new[] { page, preview, save, spike }, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.DoesNotContain("Known to three people", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("The minister resigns at noon", (await newsroom.StoryAsync(id)).Draft.Headline);
    }

    [Fact]
    public async Task An_own_draft_is_out_of_the_writers_hands_once_it_was_given_to_readers()
    {
        var id = await OwnDraftAsync();
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(id, 1, newsroom.Clock.GetUtcNow().AddHours(1)));

        var save = await newsroom.Writer.CallAsync(HttpMethod.Put, $"/desk/stories/{id}", new { basedOn = 1, headline = "Changed after all", copy = "!" });
        var page = await newsroom.Writer.GetAsync($"/desk/stories/{id}");

        Assert.Equal(HttpStatusCode.Forbidden, save.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Equal(1, (await newsroom.StoryAsync(id)).RevisionNumber);
    }

    [Fact]
    public async Task An_editor_changes_no_settings_even_with_a_good_form_token()
    {
        await newsroom.Editor.OpenAsync("/desk/sections");
        var answer = await newsroom.Editor.SendFormAsync("/desk/settings", new()
        {
            ["_handler"] = "settings",
            ["Form.Name"] = "The Editor’s Own",
            ["Form.Language"] = "en-GB",
            ["Form.TimeZone"] = "Europe/London",
            ["Form.Labels"] = "READ MORE",
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain("Editor’s Own", (await newsroom.ReadAsync("/")).Title, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> KnockAsync(StaffMember person, Door door)
    {
        var address = door.Address.Contains("{id}", StringComparison.Ordinal) ? door.Address.Replace("{id}", $"{await OwnDraftAsync()}", StringComparison.Ordinal) : door.Address;
        return door switch
        {
            { Method: "GET" } => await person.GetAsync(address),
            { IsCall: true } => await person.CallAsync(new(door.Method), address, new { basedOn = 1, headline = "H", copy = "C", sectionId = Edition.World, text = "H\n\nC", tab = "mine" }),
            // Without its token, or nobody would be left to knock at the next door.
            { Pattern: "/desk/sign-out" } => await person.SendAsync(new(HttpMethod.Post, address)),
            _ => await person.SendFormAsync(address, []),
        };
    }

    private async Task<int> OwnDraftAsync() =>
        await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Edition.Told("A draft of the writer’s own", "Some copy."));

    private static bool IsLetIn(HttpResponseMessage answer, Door door) => door.Answer is { } expected
        ? (int)answer.StatusCode == expected && !LeadsTo(answer, "/desk/sign-in") && !LeadsTo(answer, "/desk/not-allowed")
        : answer.StatusCode is < HttpStatusCode.InternalServerError and not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Found);

    private static bool IsAskedToSignIn(HttpResponseMessage answer, Door door) => door.IsPage
        ? answer.StatusCode == HttpStatusCode.Found && LeadsTo(answer, "/desk/sign-in")
        : answer.StatusCode == HttpStatusCode.Unauthorized;

    private static bool IsRefused(HttpResponseMessage answer, Door door) => door.IsPage
        ? answer.StatusCode == HttpStatusCode.Found && LeadsTo(answer, "/desk/not-allowed")
        : answer.StatusCode == HttpStatusCode.Forbidden;

    private static bool LeadsTo(HttpResponseMessage answer, string path) =>
        answer.Headers.Location is { } location && new Uri(answer.RequestMessage!.RequestUri!, location) is var to && to.AbsolutePath == path
        // Whoever comes back from a sign-in elsewhere without one is told so at the door.
        && !to.Query.Contains("openid=", StringComparison.Ordinal);

    private IEnumerable<RouteEndpoint> Endpoints() => newsroom.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    /// <summary>HEAD goes wherever GET goes; an endpoint for any method is held to be one for GET and POST.</summary>
    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Where(method => method != "HEAD") ?? ["GET", "POST"];
}
