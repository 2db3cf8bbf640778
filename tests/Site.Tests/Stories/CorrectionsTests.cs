using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Stories;
using LondonDefender.Stories.Corrections;
using LondonDefender.Tests.Feeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Stories;

public sealed class CorrectionsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private CorrectionDesk Desk => newsroom.Services.GetRequiredService<CorrectionDesk>();

    [Fact]
    public async Task A_correction_an_editor_publishes_stands_under_the_headline_in_the_markup_and_on_the_papers_page()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Lighthouse sold for a shilling", "For a shilling."));
        newsroom.Clock.MoveBy(TimeSpan.FromHours(2));

        var answer = await SubmitAsync(id, "new-correction", Filled("Correction", "OnTop", "It was sold for <two> shillings.\r\n\r\nWe are sorry."));

        Assert.Contains("next page", answer.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var page = await newsroom.ReadStoryAsync(id);
        var shown = page.QuerySelector(".story-head + aside.correction")!;
        Assert.Equal(["It was sold for <two> shillings.", "We are sorry."], shown.QuerySelectorAll("p:not(.correction-label)").Select(p => p.TextContent));
        Assert.StartsWith("Correction ", Name(page, shown), StringComparison.Ordinal);

        var comment = Article(page).GetProperty("correction").EnumerateArray().Single();
        Assert.Equal("CorrectionComment", comment.GetProperty("@type").GetString());
        Assert.Equal("It was sold for <two> shillings.\n\nWe are sorry.", comment.GetProperty("text").GetString());
        Assert.Equal(shown.QuerySelector("time")!.GetAttribute("datetime"), comment.GetProperty("datePublished").GetString());

        var listed = (await newsroom.ReadAsync("/corrections")).QuerySelectorAll("main h2 a").First();
        Assert.Equal("Lighthouse sold for a shilling", listed.TextContent);
        Assert.EndsWith($"#{shown.Id}", comment.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(listed.GetAttribute("href")!, comment.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clarification_at_the_foot_stands_below_the_text_and_freshens_nothing()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Choir sings in the crypt", "Forty voices."));
        var before = await newsroom.StoryAsync(id);
        newsroom.Clock.MoveBy(TimeSpan.FromHours(2));

        await AddAsync(id, CorrectionKind.Clarification, CorrectionPlacement.AtFoot, "The crypt belongs to the parish.");

        var page = await newsroom.ReadStoryAsync(id);
        Assert.Equal("The crypt belongs to the parish.", page.QuerySelector(".story-body + aside.correction p:last-child")!.TextContent);
        Assert.Equal("Clarification", page.QuerySelector(".correction-label")!.FirstChild!.TextContent.Trim());
        Assert.Equal(before.UpdatedAt, (await newsroom.StoryAsync(id)).UpdatedAt);
        Assert.DoesNotContain("Updated", page.QuerySelector(".story-times")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_wording_is_changed_and_it_is_taken_back()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Bakery opens at midnight", "Warm bread."));
        await AddAsync(id, CorrectionKind.Correction, CorrectionPlacement.OnTop, "It opens at one.");
        var correction = (await CorrectionsOfAsync(id)).Single();
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));

        await SubmitAsync(id, $"reword-{correction.Id}", new(Filled("Clarification", "AtFoot", "It opens at half past one.")) { ["Form.Id"] = $"{correction.Id}" });

        var page = await newsroom.ReadStoryAsync(id);
        Assert.Equal("It opens at half past one.", page.QuerySelector($".story-body + #correction-{correction.Id} p:last-child")!.TextContent);
        Assert.Equal(correction.PublishedAt, (await CorrectionsOfAsync(id)).Single().PublishedAt);

        await SubmitAsync(id, $"take-back-{correction.Id}", new() { ["TakenBack"] = $"{correction.Id}" });

        Assert.Empty((await newsroom.ReadStoryAsync(id)).QuerySelectorAll(".correction"));
        Assert.DoesNotContain("half past one", (await newsroom.ReadAsync("/corrections")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(await Desk.TakeBackAsync(id, correction.Id, null));
        Assert.NotNull(await Desk.RewordAsync(id, correction.Id, new(CorrectionKind.Correction, CorrectionPlacement.OnTop, "Again."), null));
    }

    [Theory]
    [InlineData("", "AtFoot", "W.", "correction or a clarification")]
    [InlineData("7", "AtFoot", "W.", "correction or a clarification")]
    [InlineData("Correction", "Nowhere", "W.", "where it stands")]
    [InlineData("Correction", "OnTop", " \r\n ", "no words yet")]
    public async Task What_cannot_be_published_is_refused_in_words_and_shown_again(string kind, string placement, string words, string sentence)
    {
        var id = await newsroom.PublishAsync(Edition.Told("Refusals at the mill", "None."));

        var answer = await SubmitAsync(id, "new-correction", Filled(kind, placement, words));

        Assert.Contains(sentence, answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(words.Trim(), answer.QuerySelector("#new-words")!.TextContent.Trim());
        Assert.Empty(await CorrectionsOfAsync(id));
    }

    [Fact]
    public async Task Words_too_long_the_same_words_twice_and_words_no_page_can_hold_are_dealt_with()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Long words at the mill", "None."));

        var tooLong = await SubmitAsync(id, "new-correction", Filled("Correction", "OnTop", new string('x', 2001)));
        await SubmitAsync(id, "new-correction", Filled("Correction", "OnTop", "Half a\u0007 word."));
        var again = await SubmitAsync(id, "new-correction", Filled("Correction", "AtFoot", "Half a word."));

        Assert.Contains("2001 characters", tooLong.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("already", again.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Half a word."], (await CorrectionsOfAsync(id)).Select(c => c.Words));
    }

    [Fact]
    public async Task A_story_nobody_has_read_is_not_corrected()
    {
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Not out yet", "N."));
        var due = await newsroom.PublishAsync(Edition.Told("Out next year", "N."), newsroom.Clock.GetUtcNow().AddYears(1));

        foreach (var id in new[] { draft, due, 987654 })
        {
            Assert.NotNull(await Desk.AddAsync(id, new(CorrectionKind.Correction, CorrectionPlacement.OnTop, "Too early."), null));
            Assert.Empty(await CorrectionsOfAsync(id));
        }

        Assert.Empty((await newsroom.Editor.OpenAsync($"/desk/stories/{draft}/corrections")).QuerySelectorAll("main form textarea"));
        Assert.Equal(HttpStatusCode.NotFound, (await newsroom.Editor.GetAsync("/desk/stories/987654/corrections")).StatusCode);
    }

    [Fact]
    public async Task A_withdrawn_storys_correction_is_not_listed()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Wrong from end to end", "W."));
        await AddAsync(id, CorrectionKind.Correction, CorrectionPlacement.OnTop, "All of it was wrong.");

        await newsroom.Desk.WithdrawAsync(id);

        Assert.DoesNotContain("All of it was wrong", (await newsroom.ReadAsync("/corrections")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("All of it was wrong", (await newsroom.ReadStoryAsync(id)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_turns_its_pages_newest_first()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Corrected a great deal", "C."));
        for (var i = 1; i <= 25; i++)
        {
            newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
            await AddAsync(id, CorrectionKind.Correction, CorrectionPlacement.AtFoot, $"Error number {i}.");
        }

        var first = await newsroom.ReadAsync("/corrections");
        var second = await newsroom.ReadAsync(first.QuerySelector(".page-turner a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("Error number 25.", first.QuerySelector(".correction-text")!.TextContent.Trim());
        Assert.Equal(20, first.QuerySelectorAll(".correction-text").Length);
        Assert.Equal("Error number 5.", second.QuerySelector(".correction-text")!.TextContent.Trim());
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf("/corrections?page=400"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf("/corrections?page=x"));
    }

    [Fact]
    public async Task The_feeds_tell_them_in_every_format()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Kiosk sold to nobody", "K."));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Kiosk burnt down", "K."));
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        await AddAsync(id, CorrectionKind.Clarification, CorrectionPlacement.AtFoot, "It was <never> for sale & is not.");
        await AddAsync(withdrawn, CorrectionKind.Correction, CorrectionPlacement.AtFoot, "It did not burn.");
        await newsroom.Desk.WithdrawAsync(withdrawn);
        var correction = (await CorrectionsOfAsync(id)).Single();

        Assert.Empty(FeedRules.OfRss(await newsroom.Reader.GetStringAsync("/corrections/rss.xml")));
        Assert.Empty(FeedRules.OfAtom(await newsroom.Reader.GetStringAsync("/corrections/atom.xml")));
        var json = await newsroom.Reader.GetStringAsync("/corrections/feed.json");
        Assert.Empty(FeedRules.OfJsonFeed(json));
        Assert.DoesNotContain("did not burn", json, StringComparison.Ordinal);

        var item = JsonDocument.Parse(json).RootElement.GetProperty("items").EnumerateArray().First();
        Assert.Equal("Clarification: Kiosk sold to nobody", item.GetProperty("title").GetString());
        Assert.Equal("It was <never> for sale & is not.", item.GetProperty("summary").GetString());
        Assert.StartsWith("<p>It was &lt;never&gt; for sale &amp; is not.</p>", item.GetProperty("content_html").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($"/world/{id}/kiosk-sold-to-nobody#correction-{correction.Id}", item.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(correction.PublishedAt, item.GetProperty("date_published").GetDateTimeOffset());
        Assert.NotNull((await newsroom.ReadAsync("/corrections")).QuerySelector("link[rel=alternate][href$='/corrections/atom.xml']"));
    }

    [Fact]
    public async Task Every_page_leads_to_the_corrections() =>
        Assert.NotNull((await newsroom.ReadAsync("/")).QuerySelector(".imprint a[href='/corrections']"));

    [Fact]
    public async Task The_editing_page_leads_there_once_readers_have_the_story()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Led to its corrections", "L."));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Nothing to correct", "N."));

        Assert.NotNull((await newsroom.Editor.OpenAsync($"/desk/stories/{id}")).QuerySelector($"a[href='/desk/stories/{id}/corrections']"));
        Assert.Null((await newsroom.Editor.OpenAsync($"/desk/stories/{draft}")).QuerySelector($"a[href='/desk/stories/{draft}/corrections']"));
    }

    private static Dictionary<string, string> Filled(string kind, string placement, string words) =>
        new() { ["Form.Kind"] = kind, ["Form.Placement"] = placement, ["Form.Words"] = words };

    private async Task<IDocument> SubmitAsync(int id, string form, Dictionary<string, string> fields)
    {
        var address = $"/desk/stories/{id}/corrections";
        await newsroom.Editor.OpenAsync(address);
        var answer = await newsroom.Editor.SendFormAsync(address, new(fields) { ["_handler"] = form });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    private async Task AddAsync(int id, CorrectionKind kind, CorrectionPlacement placement, string words) =>
        Assert.Null(await Desk.AddAsync(id, new(kind, placement, words), null));

    private async Task<List<Correction>> CorrectionsOfAsync(int id)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Corrections.AsNoTracking().Where(c => c.StoryId == id).ToListAsync();
    }

    private static string Name(IDocument page, IElement element) => page.GetElementById(element.GetAttribute("aria-labelledby")!)!.TextContent;

    private static JsonElement Article(IDocument page) =>
        JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph")[0];
}
