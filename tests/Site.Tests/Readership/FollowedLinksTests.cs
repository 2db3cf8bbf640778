using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using LondonDefender.Readership;

namespace LondonDefender.Tests.Readership;

/// <summary>What pages tell browsers about their links: which to open at once, and where to say that one was followed.</summary>
public sealed class FollowedLinksTests(CountingNewsroom newsroom) : IClassFixture<CountingNewsroom>
{
    [Fact]
    public async Task Links_from_story_to_story_say_where_they_are_counted()
    {
        var (target, picked) = (await newsroom.PublishStoryAsync(), await newsroom.PublishStoryAsync());
        var story = await newsroom.PublishStoryAsync(
            $"READ MORE: Nobody has written this yet\n\nOne, as told [before](story:{Id(target)}).\n\nREAD MORE:\n- story:{Id(target)}\n- [Elsewhere](https://elsewhere.example/)\n\nTwo.",
            text => text with { RelatedIds = [Id(picked)] });

        var page = await newsroom.ReadAsync(story);

        // The first block waits for its story, so the one that readers see is the second.
        Assert.Equal(FollowAddress.Of(Id(story), 1, Id(target)), PingOf(page, $".read-more a[href='{target}']"));
        Assert.Null(PingOf(page, ".read-more a[href^='https://elsewhere']"));
        Assert.Null(PingOf(page, $"p > a[href='{target}']"));
        Assert.Equal($"/followed/{Id(story)}/-1/{Id(picked)}", PingOf(page, $".related a[href='{picked}']"));
    }

    [Fact]
    public async Task Only_the_fronts_lead_is_opened_at_once()
    {
        await newsroom.PublishStoryAsync();
        await newsroom.PublishStoryAsync();

        var front = await newsroom.ReadAsync("/");

        var lead = front.QuerySelector(".lead-story .card-headline a")!;
        Assert.Equal(FollowAddress.Of(FollowAddress.NoStory, 0, Id(lead.GetAttribute("href")!)), lead.GetAttribute("ping"));
        Assert.Equal([lead], front.QuerySelectorAll("a[ping]"));
        Assert.Empty((await newsroom.ReadAsync("/world")).QuerySelectorAll("a[ping]"));
    }

    [Fact]
    public async Task Browsers_are_told_by_a_header_which_links_to_open_at_once()
    {
        var story = await newsroom.PublishStoryAsync();
        foreach (var address in new[] { story, "/" })
            Assert.Equal("\"/speculation-rules.json\"", (await newsroom.Reader.GetAsync(address)).Headers.GetValues("Speculation-Rules").Single());
        Assert.False((await newsroom.Reader.GetAsync("/search")).Headers.Contains("Speculation-Rules"));

        var answer = await newsroom.Reader.GetAsync("/speculation-rules.json");
        var rules = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("prerender").EnumerateArray().ToList();

        Assert.Equal("application/speculationrules+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalMinutes: >= 10 });
        Assert.Equal(["lead", "read-more"], rules.Select(rule => rule.GetProperty("tag").GetString()).Order());
        Assert.All(rules, rule =>
        {
            Assert.Equal("moderate", rule.GetProperty("eagerness").GetString());
            var where = rule.GetProperty("where").GetProperty("and").EnumerateArray().ToList();
            Assert.Contains(where, part => part.TryGetProperty("href_matches", out var href) && href.GetString() == "/*");
            // Without its ping the read of a prerendered page would never be known.
            Assert.Contains(where, part => part.TryGetProperty("selector_matches", out var selector) && selector.GetString()!.EndsWith("a[ping]", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Pings_may_leave_the_page_and_nothing_else_may()
    {
        var policy = (await newsroom.Reader.GetAsync("/")).Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_ping_leaves_nothing_behind()
    {
        var answer = await newsroom.Reader.PostAsync("/followed/1/0/2", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    private static int Id(string address) => CountingNewsroom.IdIn(address);

    private static string? PingOf(IDocument page, string selector)
    {
        var link = page.QuerySelector(selector);
        Assert.True(link is not null, $"There is no {selector}.");
        return link!.GetAttribute("ping");
    }
}
