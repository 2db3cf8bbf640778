using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Desk;

/// <summary>The newsroom's plain forms, filled in and sent as a browser does.</summary>
public sealed class NewsroomFormsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_new_section_is_in_the_menu_at_once()
    {
        await SubmitAsync("/desk/sections", "new-section", new() { ["Form.Name"] = "Far Coast", ["Form.About"] = "Beyond." });

        Assert.Contains("Far Coast", (await newsroom.ReadAsync("/")).QuerySelectorAll(".menu a").Select(a => a.TextContent));
        Assert.Contains("Beyond.", (await newsroom.ReadAsync("/far-coast")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Search", "", "the paper itself uses")]
    [InlineData("Another World", "world", "Another section has the address")]
    [InlineData("Odd", "Not A Slug", "small letters")]
    [InlineData("Odd", "../etc", "small letters")]
    [InlineData("", "nameless", "needs a name")]
    public async Task A_section_that_cannot_be_is_refused_in_words(string name, string slug, string sentence)
    {
        var answer = await SubmitAsync("/desk/sections", "new-section", new() { ["Form.Name"] = name, ["Form.Slug"] = slug });

        Assert.Contains(sentence, answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.False(await db.Sections.AnyAsync(s => s.Name == name));
    }

    [Fact]
    public async Task A_section_that_moves_takes_its_stories_and_links_along()
    {
        await SubmitAsync("/desk/sections", "new-section", new() { ["Form.Name"] = "Moving" });
        await using var db = await newsroom.OpenDbAsync();
        var section = await db.Sections.Where(s => s.Slug == "moving").Select(s => s.Id).SingleAsync();
        var target = await newsroom.PublishAsync(Edition.Told("Filed under moving", "F.", section));
        var from = await newsroom.PublishAsync(Edition.Told("Leads to the mover", $"One.\n\nREAD MORE: story:{target}\n\nTwo."));

        await SubmitAsync("/desk/sections", $"section-{section}", new() { ["Form.Slug"] = "moved" });

        Assert.Equal($"/moved/{target}/filed-under-moving", (await newsroom.Reader.GetAsync($"/moving/{target}/filed-under-moving")).Headers.Location?.OriginalString);
        Assert.Equal($"/moved/{target}/filed-under-moving", (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Topics_and_writers_are_made_and_renamed_and_keep_their_address()
    {
        await SubmitAsync("/desk/topics", "new-topic", new() { ["Form.Name"] = "Night Trains" });
        await SubmitAsync("/desk/writers", "new-writer", new() { ["Form.Name"] = "Nell Tarn", ["Form.Role"] = "Walks" });
        await using var db = await newsroom.OpenDbAsync();
        var topic = await db.Topics.Where(t => t.Slug == "night-trains").Select(t => t.Id).SingleAsync();
        var writer = await db.Writers.Where(w => w.Slug == "nell-tarn").Select(w => w.Id).SingleAsync();

        await SubmitAsync("/desk/topics", $"topic-{topic}", new() { ["Form.Name"] = "Sleepers" });
        await SubmitAsync("/desk/writers", $"writer-{writer}", new() { ["Form.Name"] = "Nell Tarn-Beck" });

        Assert.Equal("Sleepers", (await newsroom.ReadAsync("/topics/night-trains")).QuerySelector("h1")!.TextContent);
        Assert.Equal("Nell Tarn-Beck", (await newsroom.ReadAsync("/by/nell-tarn")).QuerySelector("h1")!.TextContent);
        var twice = await SubmitAsync("/desk/topics", "new-topic", new() { ["Form.Name"] = "Night trains!" });
        Assert.Contains("already", twice.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_label_makes_blocks_of_lines_written_before()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Behind the label", "B."));
        var from = await newsroom.PublishAsync(Edition.Told("Labelled in advance", $"One.\n\nNOW SEE: [that](story:{target})\n\nTwo."));
        Assert.Empty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll("aside.read-more"));

        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Labels"] = "READ MORE\r\nNOW SEE\r\n" });
        await newsroom.RepublishAsync(from, text => text with { Copy = text.Copy + "\n\nThree." });

        Assert.Equal("NOW SEE", (await newsroom.ReadStoryAsync(from)).QuerySelector(".read-more-label")!.TextContent);
        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Labels"] = string.Join("\n", LondonDefender.Copy.ReadMoreLabels.Default.Labels) });
    }

    [Fact]
    public async Task The_papers_name_and_zone_are_on_every_page_at_once()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Told in another zone", "Z."));

        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Name"] = "The Ansty Post", ["Form.TimeZone"] = "Asia/Kolkata", ["Form.Language"] = "en-IN" });

        var page = await newsroom.ReadStoryAsync(id);
        Assert.EndsWith("| The Ansty Post", page.Title, StringComparison.Ordinal);
        Assert.Equal("en-IN", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("UTC+05:30", page.QuerySelector(".story-times")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<title>The Ansty Post</title>", await newsroom.Reader.GetStringAsync("/rss.xml"), StringComparison.Ordinal);
        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Name"] = "London Defender", ["Form.TimeZone"] = "Europe/London", ["Form.Language"] = "en-GB" });
    }

    [Fact]
    public async Task What_a_colleague_saved_meanwhile_is_not_written_over_in_silence()
    {
        var seen = (await newsroom.Chief.OpenAsync("/desk/settings")).QuerySelector("[name='Form.Seen']")!.GetAttribute("value")!;
        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Tagline"] = "By a colleague" });

        var asked = await SubmitAsync("/desk/settings", "settings", new() { ["Form.Seen"] = seen, ["Form.Tagline"] = "By me" });

        Assert.Contains("Somebody else has saved", asked.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("By me", asked.QuerySelector("#tagline")!.GetAttribute("value"));
        Assert.Equal("By a colleague", (await newsroom.ReadAsync("/")).QuerySelector(".masthead-tagline")!.TextContent);
        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Seen"] = asked.QuerySelector("[name='Form.Seen']")!.GetAttribute("value")!, ["Form.Tagline"] = "By me" });
        Assert.Equal("By me", (await newsroom.ReadAsync("/")).QuerySelector(".masthead-tagline")!.TextContent);
    }

    [Theory]
    [InlineData("Form.Name", "", "needs a name")]
    [InlineData("Form.TimeZone", "Mars/Olympus", "not known")]
    [InlineData("Form.TimeZone", "../../etc/passwd", "not known")]
    [InlineData("Form.Language", "english please", "like en-GB")]
    [InlineData("Form.Labels", "READ: MORE", "without a colon")]
    [InlineData("Form.Labels", " \n ", "between one and twenty")]
    [InlineData("Form.Ethics", "20001", "takes up to 20000")]
    public async Task Settings_that_make_no_sense_are_refused_in_words_and_change_nothing(string field, string value, string sentence)
    {
        if (int.TryParse(value, out var length))
            value = new('x', length);
        var answer = await SubmitAsync("/desk/settings", "settings", new() { ["Form.Tagline"] = "Must not be seen", [field] = value });

        Assert.Contains(sentence, answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Must not be seen", answer.QuerySelector("#tagline")!.GetAttribute("value"));
        Assert.DoesNotContain("Must not be seen", (await newsroom.ReadAsync("/")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_paper_tells_of_itself_is_shown_as_far_as_it_is_written()
    {
        var before = await newsroom.ReadAsync("/about");
        Assert.Empty(before.QuerySelectorAll("#ethics, #ownership, #mission, #contact, #corrections"));
        Assert.DoesNotContain("ethicsPolicy", before.DocumentElement.OuterHtml, StringComparison.Ordinal);

        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Ethics"] = "We ask *twice*.\r\n\r\n- Once\r\n- Again <script>\r\n\r\nREAD MORE: story:1" });

        var page = await newsroom.ReadAsync("/about");
        Assert.Equal("twice", page.QuerySelector("#ethics ~ p em")!.TextContent);
        Assert.Equal(["Once", "Again <script>"], page.QuerySelectorAll("#ethics ~ ul")[0].Children.Select(item => item.TextContent));
        Assert.Empty(page.QuerySelectorAll("#ownership, main script, aside"));
        foreach (var data in new[] { page, await newsroom.ReadAsync("/") }.Select(html => html.QuerySelector("script[type='application/ld+json']")!.TextContent))
        {
            Assert.Contains($"\"ethicsPolicy\":\"{newsroom.Address}about#ethics\"", data, StringComparison.Ordinal);
            Assert.DoesNotContain("ownershipFundingInfo", data, StringComparison.Ordinal);
        }

        Assert.Contains("We ask *twice*.", (await newsroom.Chief.OpenAsync("/desk/settings")).QuerySelector("#ethics")!.TextContent, StringComparison.Ordinal);
        await SubmitAsync("/desk/settings", "settings", new() { ["Form.Ethics"] = "" });
    }

    [Theory]
    [InlineData("/desk/sections", "new-section")]
    [InlineData("/desk/topics", "new-topic")]
    [InlineData("/desk/writers", "new-writer")]
    [InlineData("/desk/people", "invite")]
    [InlineData("/desk/settings", "settings")]
    public async Task A_form_with_nothing_or_nonsense_in_it_is_answered_and_never_an_error(string page, string form)
    {
        await newsroom.Chief.OpenAsync(page);
        var nonsense = new[] { "Form.Id", "Form.Position", "Form.Size", "Form.Layout", "Form.From", "Invite.Role", "Change.Id", "Pin.StoryId" }.ToDictionary(name => name, _ => "99999999999999999999 \uFFFF");

        var nothing = await newsroom.Chief.SendFormAsync(page, new() { ["_handler"] = form });
        var odd = await newsroom.Chief.SendFormAsync(page, new(nonsense) { ["_handler"] = form, ["Form.Name"] = new string('n', 5_000), ["Form.Title"] = new string('t', 5_000), ["Invite.Name"] = new string('i', 5_000) });

        Assert.InRange((int)nothing.StatusCode, 200, 499);
        Assert.InRange((int)odd.StatusCode, 200, 499);
    }

    /// <summary>Sends one of a page's forms as it stands there, with some fields filled in otherwise.</summary>
    private async Task<IDocument> SubmitAsync(string page, string form, Dictionary<string, string> filledIn)
    {
        var html = await newsroom.Chief.OpenAsync(page);
        var element = html.QuerySelector($"input[name=_handler][value='{form}']")!.Closest("form")!;
        Dictionary<string, string> fields = [];
        foreach (var field in element.QuerySelectorAll("[name]:not(button)"))
            fields[field.GetAttribute("name")!] = field switch { IHtmlSelectElement select => select.Value ?? "", IHtmlTextAreaElement area => area.Value, _ => field.GetAttribute("value") ?? "" };
        foreach (var (name, value) in filledIn)
            fields[name] = value;
        fields.Remove("__RequestVerificationToken");

        var answer = await newsroom.Chief.SendFormAsync(page, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
