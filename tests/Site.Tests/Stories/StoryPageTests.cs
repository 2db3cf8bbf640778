using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Stories;

public sealed class StoryPageTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_live_story_opens_at_its_address_alone()
    {
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        var address = $"/world/{id}/bridge-over-the-wend-opens-at-last";

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
        foreach (var other in new[] { $"/britain/{id}/bridge-over-the-wend-opens-at-last", $"/world/{id}/another-slug", $"/world/{id}", $"/nowhere/{id}/x", $"/World/{id}/Bridge-over-the-Wend-opens-at-last", $"/world/0{id}/bridge-over-the-wend-opens-at-last", $"{address}/" })
        {
            var answer = await newsroom.Reader.GetAsync(other);

            Assert.True(answer.StatusCode == HttpStatusCode.MovedPermanently, $"{other} answered {answer.StatusCode}.");
            Assert.Equal(address, answer.Headers.Location?.OriginalString);
        }
    }

    [Fact]
    public async Task A_new_headline_or_section_moves_the_address_and_the_old_one_leads_there()
    {
        var id = await newsroom.PublishAsync(Edition.FerryCloses);

        await newsroom.RepublishAsync(id, text => text with { Headline = "Ferry saved", SectionId = Edition.Britain });

        var old = await newsroom.Reader.GetAsync($"/world/{id}/last-ferry-leaves-ansty-quay");
        Assert.Equal($"/britain/{id}/ferry-saved", old.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/britain/{id}/ferry-saved"));
    }

    [Fact]
    public async Task A_chosen_slug_stays_when_the_headline_changes()
    {
        var id = await newsroom.PublishAsync(Edition.FerryCloses with { Slug = "Ansty Ferry!" });

        await newsroom.RepublishAsync(id, text => text with { Headline = "Ferry saved" });

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/world/{id}/ansty-ferry"));
    }

    [Fact]
    public async Task What_was_never_live_answers_exactly_like_an_id_that_never_was()
    {
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Secret draft", "Unseen."));
        var due = await newsroom.PublishAsync(Edition.Told("Secret tomorrow", "Unseen."), newsroom.Clock.GetUtcNow().AddYears(1));
        var never = await AnswerAsync("/world/987654/secret-tomorrow");

        Assert.Equal(HttpStatusCode.NotFound, never.Status);
        Assert.Equal(never, await AnswerAsync($"/world/{draft}/secret-draft"));
        Assert.Equal(never, await AnswerAsync($"/world/{due}/secret-tomorrow"));
        Assert.Equal(never, await AnswerAsync("/no/such/place/at/all"));
        Assert.Equal(never, await AnswerAsync("/world/99999999999999999999/too-large-a-number"));
    }

    [Fact]
    public async Task A_scheduled_story_appears_when_its_time_comes_and_not_a_moment_before()
    {
        var due = newsroom.Clock.GetUtcNow().AddHours(3);
        var id = await newsroom.PublishAsync(Edition.MarketOpens, due);

        newsroom.Clock.MoveTo(due.AddMilliseconds(-1));
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Reader.GetAsync($"/world/{id}/night-market-opens-under-the-arches")).StatusCode);
        Assert.DoesNotContain("Night market", (await newsroom.ReadAsync("/")).Body!.TextContent, StringComparison.Ordinal);

        newsroom.Clock.MoveTo(due);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Reader.GetAsync($"/world/{id}/night-market-opens-under-the-arches")).StatusCode);
        Assert.Contains("Night market", (await newsroom.ReadAsync("/")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raised_embargo_holds_a_scheduled_story_back()
    {
        var now = newsroom.Clock.GetUtcNow();
        var id = await newsroom.PublishAsync(Edition.Told("Budget in full", "All of it."), now.AddHours(1));

        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.EmbargoAsync(id, now.AddHours(2)));

        newsroom.Clock.MoveTo(now.AddHours(1).AddMinutes(59));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{id}/budget-in-full"));
        newsroom.Clock.MoveTo(now.AddHours(2));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/world/{id}/budget-in-full"));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-5)]
    public async Task An_embargo_on_a_live_story_is_refused_in_words(int minutes)
    {
        var id = await newsroom.PublishAsync(Edition.Told("Live already", "So it is."), newsroom.Clock.GetUtcNow().AddMinutes(-30));

        var refused = Assert.IsType<StoryOutcome.Refused>(await newsroom.Desk.EmbargoAsync(id, newsroom.Clock.GetUtcNow().AddMinutes(minutes)));

        Assert.Contains("too late", refused.Why.Single().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_keep_the_published_text_while_editors_work_on()
    {
        var id = await newsroom.PublishAsync(Edition.Told("As published", "The published words."));

        await newsroom.RewriteAsync(id, text => text with { Headline = "Half-written", Copy = "Not for anybody yet." });

        var page = await newsroom.ReadStoryAsync(id);
        Assert.Equal("As published", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("Not for anybody yet", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_story_says_so_and_leads_on_to_successor_and_related()
    {
        var successor = await newsroom.PublishAsync(Edition.Told("Zoo corrects the tale of the heron", "It was a stork."));
        var near = await newsroom.PublishAsync(Edition.Told("Heron seen again at the zoo", "By several people."));
        var id = await newsroom.PublishAsync(Edition.Told("Heron escapes from the zoo", "It flew.") with { RelatedIds = [near, successor] });

        await newsroom.Desk.WithdrawAsync(id, successor);

        var answer = await newsroom.Reader.GetAsync($"/world/{id}/heron-escapes-from-the-zoo");
        var page = await newsroom.ReadAsync($"/world/{id}/heron-escapes-from-the-zoo");
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("withdrawn", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Zoo corrects the tale of the heron", page.QuerySelector("[aria-labelledby=successor] a")!.TextContent);
        Assert.Contains("Heron seen again at the zoo", Links(page, ".related"));
        Assert.DoesNotContain("Zoo corrects the tale of the heron", Links(page, ".related"));
        Assert.DoesNotContain("It flew", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task A_withdrawn_story_does_not_lead_to_a_successor_readers_may_not_see()
    {
        var successor = await newsroom.PublishAsync(Edition.Told("Correction of tomorrow", "Later."), newsroom.Clock.GetUtcNow().AddDays(300));
        var id = await newsroom.PublishAsync(Edition.Told("Wrong from the start", "Alas."));

        await newsroom.Desk.WithdrawAsync(id, successor);

        Assert.DoesNotContain("Correction of tomorrow", (await newsroom.ReadStoryAsync(id)).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Correction of tomorrow", (await newsroom.ReadAsync($"/world/{id}/x")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_brought_back_and_published_again_is_back_at_its_old_moment()
    {
        var first = newsroom.Clock.GetUtcNow();
        var id = await newsroom.PublishAsync(Edition.Told("Gone and back", "Once."));
        await newsroom.Desk.WithdrawAsync(id);
        newsroom.Clock.MoveBy(TimeSpan.FromHours(2));

        await newsroom.Desk.BringBackAsync(id);
        await newsroom.RepublishAsync(id, text => text with { Copy = "Twice." });

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf($"/world/{id}/gone-and-back"));
        Assert.Equal(first, (await newsroom.StoryAsync(id)).PublishAt);
    }

    [Fact]
    public async Task The_head_says_what_the_page_shows()
    {
        var published = newsroom.Clock.GetUtcNow();
        var id = await newsroom.PublishAsync(Edition.Told("Tide of “good” news & more", "Copy.\n\nREAD MORE: Nothing yet") with
        {
            Standfirst = "A standfirst with \"quotes\" & <signs>.",
            TopicIds = [Edition.Harbour, Edition.Floods],
            WriterIds = [Edition.Idris, Edition.Maud],
        });
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(90));
        await newsroom.RepublishAsync(id, text => text with { Copy = "Copy, longer." }, isSubstantive: true);

        var page = await newsroom.ReadStoryAsync(id);
        var address = $"{newsroom.Address.OriginalString.TrimEnd('/')}/world/{id}/tide-of-good-news-more";
        var article = Graph(page).Single(thing => thing.GetProperty("@type").GetString() == "ReportageNewsArticle");
        var times = page.QuerySelectorAll(".story-times time").Select(time => time.GetAttribute("datetime")).ToList();

        Assert.Equal(address, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(address, Property(page, "og:url"));
        Assert.Equal(address, article.GetProperty("mainEntityOfPage").GetProperty("@id").GetString());
        Assert.Equal("Tide of “good” news & more", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("Tide of “good” news & more", Property(page, "og:title"));
        Assert.Equal("Tide of “good” news & more", article.GetProperty("headline").GetString());
        Assert.StartsWith("Tide of “good” news & more", page.Title, StringComparison.Ordinal);
        Assert.Equal("A standfirst with \"quotes\" & <signs>.", page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal("A standfirst with \"quotes\" & <signs>.", article.GetProperty("description").GetString());
        Assert.Equal("article", Property(page, "og:type"));
        Assert.Equal(["Harbour", "Floods"], page.QuerySelectorAll("meta[property='article:tag']").Select(tag => tag.GetAttribute("content")));
        Assert.Equal(["Idris Quill", "Maud Ferrier"], article.GetProperty("author").EnumerateArray().Select(author => author.GetProperty("name").GetString()));
        Assert.Equal(["Idris Quill", "Maud Ferrier"], page.QuerySelectorAll(".byline a").Select(a => a.TextContent));

        Assert.Equal(2, times.Count);
        Assert.Equal([published, published.AddMinutes(90)], times.Select(time => DateTimeOffset.Parse(time!, null)));
        Assert.Equal(times, [article.GetProperty("datePublished").GetString(), article.GetProperty("dateModified").GetString()]);
        Assert.Equal(times, [Property(page, "article:published_time"), Property(page, "article:modified_time")]);
    }

    [Fact]
    public async Task Searchers_and_sharers_get_wordings_of_their_own_and_readers_the_headline()
    {
        var id = await newsroom.PublishAsync(Edition.Told("‘They were all yellow’", "Submarines.") with { SearchHeadline = "Yellow submarines seen off Ansty", ShareHeadline = "You will never guess its colour" });

        var page = await newsroom.ReadStoryAsync(id);

        Assert.Equal("Yellow submarines seen off Ansty | London Defender", page.Title);
        Assert.Equal("You will never guess its colour", Property(page, "og:title"));
        Assert.Equal("‘They were all yellow’", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("‘They were all yellow’", Graph(page)[0].GetProperty("headline").GetString());
    }

    [Fact]
    public async Task How_it_was_done_stands_at_the_end_with_its_sources()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Counted by hand", "Forty.") with { Backstory = "We counted, *twice*.\n\nSee [the roll](https://rolls.example/40). <script>x</script>\n\nREAD MORE: is no line here" });

        var backstory = (await newsroom.ReadStoryAsync(id)).QuerySelector(".story-body ~ .backstory")!;

        Assert.Equal("How we did this", backstory.QuerySelector("h2")!.TextContent);
        Assert.Equal("https://rolls.example/40", backstory.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(3, backstory.QuerySelectorAll("p").Length);
        Assert.Empty(backstory.QuerySelectorAll("script, aside"));
    }

    [Fact]
    public async Task A_story_without_a_standfirst_is_described_by_its_prose_and_not_by_its_blocks()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Somewhere else entirely", "Elsewhere."));
        var id = await newsroom.PublishAsync(Edition.Told("Described by its copy", $"READ MORE: story:{target}\n\nThe *first* words.") with { Standfirst = "" });

        var page = await newsroom.ReadStoryAsync(id);

        Assert.Equal("The first words.", page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
    }

    [Theory]
    [InlineData("2026-01-15T12:00:00Z", "2026-01-15T12:00:00+00:00", "15 January 2026, 12:00 GMT")]
    [InlineData("2026-03-29T00:59:00Z", "2026-03-29T00:59:00+00:00", "29 March 2026, 00:59 GMT")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T02:00:00+01:00", "29 March 2026, 02:00 BST")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T01:30:00+01:00", "25 October 2026, 01:30 BST")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T01:30:00+00:00", "25 October 2026, 01:30 GMT")]
    public async Task Moments_are_shown_in_the_papers_zone_on_the_nights_the_clocks_change_too(string moment, string machine, string words)
    {
        var at = DateTimeOffset.Parse(moment, null);
        var id = await newsroom.PublishAsync(Edition.Told($"Moment {moment}", "Now."), at);
        if (newsroom.Clock.GetUtcNow() < at)
            newsroom.Clock.MoveTo(at);

        var time = (await newsroom.ReadStoryAsync(id)).QuerySelector(".story-times time")!;

        Assert.Equal(words, time.TextContent);
        Assert.Equal(machine, time.GetAttribute("datetime"));
    }

    [Fact]
    public async Task A_reader_who_only_asks_for_the_head_is_answered_alike()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Asked by a monitor", "Up."));

        foreach (var address in new[] { "/", "/world", $"/world/{id}/asked-by-a-monitor", "/rss.xml", "/health/live" })
            Assert.Equal(HttpStatusCode.OK, (await newsroom.Reader.SendAsync(new(HttpMethod.Head, address))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Reader.SendAsync(new(HttpMethod.Head, "/world/987654/x"))).StatusCode);
    }

    private async Task<(HttpStatusCode Status, string Body, string Headers)> AnswerAsync(string address)
    {
        var answer = await newsroom.Reader.GetAsync(address);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), string.Join("\n", headers.Select(h => $"{h.Key}: {string.Join(",", h.Value)}")));
    }

    private static List<string> Links(IDocument page, string within) => [.. page.QuerySelectorAll($"{within} a").Select(a => a.TextContent)];

    private static string? Property(IDocument page, string name) => page.QuerySelector($"meta[property='{name}']")?.GetAttribute("content");

    private static List<JsonElement> Graph(IDocument page) =>
        [.. JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph").EnumerateArray()];
}
