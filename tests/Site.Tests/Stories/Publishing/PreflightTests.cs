using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Stories;
using LondonDefender.Tests.Pictures;

namespace LondonDefender.Tests.Stories.Publishing;

/// <summary>What the publish dialog says before readers have a story, and that each mend mends it.</summary>
public sealed class PreflightTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task What_is_missing_stops_it_and_is_shown_where_it_is_mended()
    {
        var id = await newsroom.Desk.BeginAsync(null, new StoryText());

        var look = await LookAsync(id, new StoryText());

        Assert.Equal(["headline", "section", "copy"], look.QuerySelectorAll(".remark.stops [data-mend=jump]").Select(jump => jump.GetAttribute("data-field")));
        Assert.Equal("3", look.QuerySelector("[data-part=remarks]")!.GetAttribute("data-stops"));
        Assert.Contains("3 things stop it", look.QuerySelector(".remarks-sum")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_done_stops_it_and_is_found_at_its_place()
    {
        var text = Edition.Told("A bridge for £TK million", "It opened. [LEGAL: may we?] It closed.");

        var look = await LookAsync(await newsroom.Desk.BeginAsync(null, text), text);

        var places = look.QuerySelectorAll(".remark.stops [data-mend=jump]").Select(jump => Words(text, jump)).ToList();
        Assert.Equal(["TK", "[LEGAL: may we?]"], places);
    }

    [Fact]
    public async Task A_line_that_waits_is_tied_to_a_near_headline_or_taken_out()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Ferry strike ends after nine weeks", "It ended."));
        var text = Edition.Told("What the strike cost", "One.\n\nREAD MORE: Ferry strike ends after eight weeks\n\nTwo.");
        var id = await newsroom.Desk.BeginAsync(null, text);

        var remark = Remark(await LookAsync(id, text), "waits for its story");

        Assert.Contains("advises", remark.ClassName!, StringComparison.Ordinal);
        Assert.Equal($"One.\n\nREAD MORE: story:{near}\n\nTwo.", Mended(text, remark, "Tie to “Ferry strike ends after nine weeks”").Copy);
        Assert.Equal("One.\n\nTwo.", Mended(text, remark, "Take the line out").Copy);
        await IsMendedAsync(id, text, "waits for its story", "Tie to “Ferry strike");
    }

    [Fact]
    public async Task A_dead_line_and_one_that_leads_to_the_story_itself_are_taken_out()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Going nowhere", "."));
        var text = Edition.Told("Going nowhere", $"READ MORE: story:999999\n\nOne.\n\nREAD MORE:\n- story:{id}\n- [Words](https://elsewhere.example/)\n");

        var look = await LookAsync(id, text);

        Assert.Equal($"One.\n\nREAD MORE:\n- story:{id}\n- [Words](https://elsewhere.example/)\n", Mended(text, Remark(look, "There is no story 999999"), "Take the line out").Copy);
        Assert.Equal("READ MORE: story:999999\n\nOne.\n\nREAD MORE:\n- [Words](https://elsewhere.example/)\n", Mended(text, Remark(look, "the story itself"), "Take the line out").Copy);
    }

    [Fact]
    public async Task A_withdrawn_target_is_replaced_by_its_successor_or_taken_out()
    {
        var successor = await newsroom.PublishAsync(Edition.Told("The flood, put right", "Now right."));
        var target = await newsroom.PublishAsync(Edition.Told("The flood, all wrong", "Wrong."));
        await newsroom.Desk.WithdrawAsync(target, successor);
        var text = Edition.Told("After the flood", $"One.\n\nREAD MORE: story:{target}");
        var id = await newsroom.Desk.BeginAsync(null, text);

        var remark = Remark(await LookAsync(id, text), "was withdrawn; readers are led to “The flood, put right” instead");

        Assert.Equal($"One.\n\nREAD MORE: story:{successor}", Mended(text, remark, "Lead to “The flood, put right”").Copy);
        Assert.Equal("One.", Mended(text, remark, "Take the line out").Copy);
    }

    [Fact]
    public async Task A_line_to_a_story_that_comes_later_says_when_and_words_about_it_are_looked_at()
    {
        var later = newsroom.Clock.GetUtcNow().AddDays(2);
        var target = await newsroom.PublishAsync(Edition.Told("The minister resigns", "At noon."), later);
        var text = Edition.Told("The minister, so far", $"She [will go soon](story:{target}).\n\nREAD MORE: story:{target}");
        var id = await newsroom.Desk.BeginAsync(null, text);

        var now = await LookAsync(id, text);
        var after = await LookAsync(id, text, at: "2026-03-12T10:00");

        Assert.Contains("appears 12 March 2026, 09:00 GMT, later than this story", Remark(now, "the line comes then by itself").TextContent, StringComparison.Ordinal);
        var leak = Remark(now, "The words “will go soon” are read at once");
        Assert.Equal($"She will go soon.\n\nREAD MORE: story:{target}", Mended(text, leak, "Keep the words, take the link out").Copy);
        Assert.DoesNotContain("comes then by itself", after.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pinned_words_that_have_drifted_give_way_to_the_present_headline()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Nine hurt in fire", "Nine."));
        var text = Edition.Told("Fire in the arches", $"One.\n\nREAD MORE: [Nine people hurt](story:{target})\n\nTwo.");
        var id = await newsroom.Desk.BeginAsync(null, text);
        await newsroom.RepublishAsync(target, old => old with { Headline = "Eleven hurt in fire" });

        var remark = Remark(await LookAsync(id, text), "pinned when the headline was “Nine hurt in fire”");

        Assert.Equal($"One.\n\nREAD MORE: story:{target}\n\nTwo.", Mended(text, remark, "Use the present headline").Copy);
    }

    [Fact]
    public async Task A_story_offered_twice_or_in_a_circle_is_noticed()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Round and round", "One."));
        var back = await newsroom.PublishAsync(Edition.Told("And back again", $"Two.\n\nREAD MORE: story:{id}"));
        var text = Edition.Told("Round and round", $"One.\n\nREAD MORE: story:{back}\n\nTwo.\n\nREAD MORE: story:{back}");

        var look = await LookAsync(id, text);

        Assert.Equal($"One.\n\nREAD MORE: story:{back}\n\nTwo.", Mended(text, Remark(look, "is offered twice"), "Take the line out").Copy);
        Assert.Contains("round in a circle", look.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_without_words_stop_it_and_what_else_they_lack_is_advice()
    {
        var main = await newsroom.PasteInAsync(width: 800, describe: picture => picture.Alt = "A bridge in fog");
        var inside = await newsroom.PasteInAsync(describe: picture => picture.Credit = "M. Ferrier");
        var text = Edition.Told("In pictures", $"One.\n\n![](picture:{inside} \"Fog\")\n\nTwo.") with { PictureId = main };
        var id = await newsroom.Desk.BeginAsync(null, text);

        var look = await LookAsync(id, text);

        Assert.Equal("A bridge in fog", Mended(text, Remark(look, "The main picture is not described"), "Describe it as in the library").PictureAlt);
        Assert.Equal($"![](picture:{inside} \"Fog\")", Words(text, Remark(look, "A picture in the copy is not described").QuerySelector("[data-mend=jump]")!));
        Assert.Equal($"/desk/pictures/{main}", Remark(look, "800 pixels wide").QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal($"/desk/pictures/{main}", Remark(look, "has no credit").QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(2, look.QuerySelectorAll(".remark.stops").Length);
    }

    [Fact]
    public async Task A_long_headline_and_what_a_story_lacks_are_advice()
    {
        var text = Edition.Told(new string('h', 111), "Copy.") with { Standfirst = "" };

        var look = await LookAsync(await newsroom.Desk.BeginAsync(null, text), text);

        Assert.Empty(look.QuerySelectorAll(".remark.stops"));
        Assert.Equal("headline", Remark(look, "111 characters").QuerySelector("[data-mend=jump]")!.GetAttribute("data-field"));
        Assert.Contains("no standfirst", look.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("no byline", look.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stories_picked_by_hand_are_looked_at_like_lines()
    {
        var trial = await newsroom.PublishAsync(Edition.Told("The trial begins", "It began."));
        await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{trial}/proceedings", new { areActive = true });
        var text = Edition.Told("The defendant’s youth", $"One.\n\nREAD MORE: story:{trial}") with { RelatedIds = [trial] };

        var look = await LookAsync(await newsroom.Desk.BeginAsync(null, text), text);

        var remarks = look.QuerySelectorAll(".remark").Where(remark => remark.TextContent.Contains("contempt of court", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, remarks.Count);
        Assert.Equal($"{trial}", remarks[1].QuerySelector("[data-mend=unpick]")!.GetAttribute("data-id"));
    }

    [Theory]
    [InlineData("2026-07-01T12:30", "Wednesday 1 July 2026, 12:30 BST (11:30 UTC)", "")]
    [InlineData("2026-07-01T00:30", "Wednesday 1 July 2026, 00:30 BST (30 June 2026, 23:30 UTC)", "")]
    [InlineData("2026-10-25T01:30", "There are two 01:30 that night", "2026-10-25T01:30:00+01:00 2026-10-25T01:30:00+00:00")]
    [InlineData("2026-03-29T01:30", "There is no 01:30 that night", "2026-03-29T02:00:00+01:00 2026-03-29T02:30:00+01:00")]
    [InlineData("tomorrow", "not understood", "")]
    public async Task A_moment_is_told_in_the_papers_zone_and_in_utc_and_asked_about_in_two_nights(string typed, string words, string choices)
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);

        var look = await LookAsync(id, Edition.MarketOpens, typed);

        Assert.Contains(words, look.QuerySelector("[data-part=at]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(choices, string.Join(' ', look.QuerySelectorAll("[data-part=at] input").Select(choice => choice.GetAttribute("value"))));
    }

    [Theory]
    [InlineData("2026-10-25T01:30:00+01:00", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25T01:30:00+00:00", "2026-10-25T01:30Z")]
    [InlineData("2026-03-29T02:00:00+01:00", "2026-03-29T01:00Z")]
    public async Task The_moment_that_was_chosen_is_the_one_it_is_published_for(string at, string moment)
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);

        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 1, at });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(DateTimeOffset.Parse(moment, null), (await newsroom.StoryAsync(id)).PublishAt);
    }

    [Fact]
    public async Task Of_an_hour_that_comes_twice_the_one_it_is_scheduled_for_stays_chosen()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);
        await newsroom.Desk.PublishAsync(id, 1, DateTimeOffset.Parse("2026-10-25T01:30Z", null));

        var look = await LookAsync(id, Edition.MarketOpens, "2026-10-25T01:30");

        Assert.Equal("2026-10-25T01:30:00+00:00", look.QuerySelector("[data-part=at] input[checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_moment_that_has_passed_is_worth_a_look_and_such_an_embargo_stops_it()
    {
        var id = await newsroom.Desk.BeginAsync(null, Edition.MarketOpens);

        Assert.Contains("advises", Remark(await LookAsync(id, Edition.MarketOpens, "2025-01-01T10:00"), "That moment has passed").ClassName!, StringComparison.Ordinal);
        Assert.Contains("stops", Remark(await LookAsync(id, Edition.MarketOpens, embargo: "2025-01-01T10:00"), "That embargo has passed").ClassName!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_in_the_copy_is_described_as_in_the_library()
    {
        var picture = await newsroom.PasteInAsync(describe: one => one.Alt = "A bridge [in] fog");
        var text = Edition.Told("Fog", $"One.\n\n![](picture:{picture} \"Fog\")\n\nTwo.");

        var remark = Remark(await LookAsync(await newsroom.Desk.BeginAsync(null, text), text), "A picture in the copy is not described");

        Assert.Equal($"One.\n\n![A bridge in fog](picture:{picture} \"Fog\")\n\nTwo.", Mended(text, remark, "Describe it as in the library").Copy);
    }

    /// <summary>The mend is done as the script does it, and looked at anew: the remark is gone and nothing else came.</summary>
    private async Task IsMendedAsync(int id, StoryText text, string sentence, string mend)
    {
        var before = await LookAsync(id, text);
        var after = await LookAsync(id, Mended(text, Remark(before, sentence), mend));

        Assert.DoesNotContain(sentence, after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before.QuerySelectorAll(".remark").Length - 1, after.QuerySelectorAll(".remark").Length);
    }

    private async Task<IDocument> LookAsync(int id, StoryText text, string? at = null, string? embargo = null)
    {
        await newsroom.Editor.OpenAsync("/desk");
        var answer = await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preflight", new { fields = text, at, embargo });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static IElement Remark(IDocument look, string sentence) =>
        look.QuerySelectorAll(".remark").Single(remark => remark.QuerySelector("p")!.TextContent.Contains(sentence, StringComparison.Ordinal));

    private static StoryText Mended(StoryText text, IElement remark, string words)
    {
        var mend = remark.QuerySelectorAll("[data-mend=rewrite]").Single(button => button.TextContent.Trim().StartsWith(words, StringComparison.Ordinal));
        var (from, to) = PlaceIn(mend);
        string Rewritten(string field)
        {
            Assert.Equal(mend.GetAttribute("data-was"), field[from..to]);
            return field[..from] + mend.GetAttribute("data-with") + field[to..];
        }

        return mend.GetAttribute("data-field") == "copy" ? text with { Copy = Rewritten(text.Copy) } : text with { PictureAlt = Rewritten(text.PictureAlt) };
    }

    private static string Words(StoryText text, IElement jump)
    {
        var (from, to) = PlaceIn(jump);
        return (jump.GetAttribute("data-field") == "headline" ? text.Headline : text.Copy)[from..to];
    }

    private static (int From, int To) PlaceIn(IElement part) =>
        (int.Parse(part.GetAttribute("data-from")!, CultureInfo.InvariantCulture), int.Parse(part.GetAttribute("data-to")!, CultureInfo.InvariantCulture));
}
