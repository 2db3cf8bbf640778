using System.Net;
using LondonDefender.Stories;
using LondonDefender.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Wire.MovingIn;

public sealed class WordPressTests(HeraldMovedIn newsroom) : IClassFixture<HeraldMovedIn>
{
    private const string Bridge = "Harbour bridge & ferry close “for repairs”", Council = "Council warns of a long summer", Gardens = "Gardens in winter";

    [Fact]
    public async Task A_story_of_blocks_becomes_copy_and_its_links_identities()
    {
        Vips.IsNeeded();
        var (bridge, council, gardens) = (await newsroom.StoryAsync(Bridge), await newsroom.StoryAsync(Council), await newsroom.StoryAsync(Gardens));

        Assert.Equal($"""
            The bridge closed at **noon**, as [the council had said](story:{council.Id}); see [its warning](story:{council.Id}) and [the report](https://www.board.example/report?a=1&b=2).

            READ MORE: story:{council.Id}

            ## What is known

            - Two gates, 1. and 2.
            - One *bearing*
              1. worn

            > We were told in March.
            >
            > *The harbour master*

            [www.youtube.com](https://www.youtube.com/watch?v=abcdefghijk)

            READ MORE: story:{council.Id}

            ::: table The gates
            | Gate | State |
            |---|---|
            | East | open \| shut |
            :::

            ::: quote
            We were told in March
            — Ted Brock
            :::

            ***

            RELATED: story:{gardens.Id}
            """, bridge.Draft.Copy);
    }

    [Fact]
    public async Task A_story_of_the_old_editor_becomes_copy_too()
    {
        Vips.IsNeeded();
        var (bridge, council) = (await newsroom.StoryAsync(Bridge), await newsroom.StoryAsync(Council));
        await using var db = await newsroom.OpenDbAsync();
        var picture = await db.Pictures.SingleAsync();

        Assert.Equal($"""
            ![A bridge](picture:{picture.Id} "The bridge, from the quay")

            The council **warned** on Friday.\
            It had been warned itself \[sic\].

            READ MORE: Harbour bridge & ferry close "for repairs"

            [vimeo.com](https://vimeo.com/12345)

            ![A bridge over a harbour](picture:{picture.Id} "The bridge, seen from the quay")

            Call +441234 or write to the desk (desk@herald.example).

            RELATED:

            - [The bridge](story:{bridge.Id})
            - [Elsewhere](https://elsewhere.example/a)
            """, council.Draft.Copy);
    }

    [Fact]
    public async Task What_it_is_filed_under_when_it_came_and_who_wrote_it_stay()
    {
        var (bridge, council, gardens) = (await newsroom.StoryAsync(Bridge), await newsroom.StoryAsync(Council), await newsroom.StoryAsync(Gardens));
        await using var db = await newsroom.OpenDbAsync();
        var topics = await db.Topics.ToDictionaryAsync(t => t.Name, t => t.Id);

        Assert.Equal(new DateTimeOffset(2019, 5, 12, 9, 30, 0, TimeSpan.Zero), bridge.PublishAt);
        Assert.Equal((StoryState.Live, null), (bridge.StateAt(newsroom.Clock.GetUtcNow()), bridge.UpdatedAt));
        Assert.Equal(("Nobody crosses before June.", "harbour-bridge-closes"), (bridge.Draft.Standfirst, bridge.Draft.Slug));
        Assert.Equal((Edition.World, Edition.Maud), (bridge.SectionId, Assert.Single(bridge.Draft.WriterIds)));
        Assert.Equal([topics["Bridges & tunnels"]], bridge.Draft.TopicIds);
        // Gardening is no section here, so it is a topic; of two guests one has a page.
        Assert.Equal((Edition.World, "Wren Guest"), (council.SectionId, council.Draft.CreditLine));
        Assert.Equal([Edition.Idris], council.Draft.WriterIds);
        Assert.Equal([topics["Gardening"]], council.Draft.TopicIds);
        // Its moment is told in the old site's zone alone, which is the paper's: winter in London.
        Assert.Equal(new DateTimeOffset(2018, 12, 24, 12, 0, 0, TimeSpan.Zero), gardens.PublishAt);
        Assert.Equal("Ottoline Keel", (await db.Writers.SingleAsync(w => gardens.Draft.WriterIds.Contains(w.Id))).Name);
    }

    [Fact]
    public async Task Its_main_picture_comes_with_what_is_known_of_it()
    {
        Vips.IsNeeded();
        var bridge = await newsroom.StoryAsync(Bridge);
        await using var db = await newsroom.OpenDbAsync();
        var picture = await db.Pictures.SingleAsync(p => p.Id == bridge.Draft.PictureId);

        Assert.Equal(("A bridge over a harbour", "The bridge, seen from the quay"), (bridge.Draft.PictureAlt, bridge.Draft.PictureCaption));
        Assert.Equal(("bridge.jpg", "Ada Quay", 640), (picture.FileName, picture.Credit, picture.Width));
        Assert.True(await db.PictureUses.AnyAsync(u => u.StoryId == bridge.Id && u.PictureId == picture.Id));
        Assert.NotNull((await newsroom.ReadStoryAsync(bridge.Id)).QuerySelector(".story img"));
    }

    [Theory]
    [InlineData("Half a thought")]
    [InlineData("For the family only")]
    [InlineData("Behind a password")]
    [InlineData("Comes next year")]
    public async Task What_readers_never_had_they_do_not_get(string headline)
    {
        var story = await newsroom.StoryAsync(headline);

        Assert.Equal((StoryState.Draft, null), (story.StateAt(newsroom.Clock.GetUtcNow()), story.PublishedNumber));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{story.Id}"));
    }

    [Theory]
    [InlineData("/2019/05/harbour-bridge-closes/", Bridge)]
    [InlineData("/2019/05/harbour-bridge-closes", Bridge)]
    [InlineData("/2019/05/Harbour-Bridge-closes/amp/", Bridge)]
    [InlineData("/2019/05/council-warns/?utm_source=x", Council)]
    [InlineData("/2018/12/gardens-in-winter/", Gardens)]
    [InlineData("/?p=101", Bridge)]
    [InlineData("/?p=102&preview=true", Council)]
    public async Task An_old_address_leads_to_the_storys_new_one_for_good(string old, string headline)
    {
        var story = await newsroom.StoryAsync(headline);

        var answer = await newsroom.Reader.GetAsync(old);

        Assert.Equal((HttpStatusCode.MovedPermanently, $"/world/{story.Id}/{story.Draft.AddressSlug}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(answer.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/tag/bridges/", "/topics/bridges-tunnels")]
    [InlineData("/category/world/feed/", "/world/rss.xml")]
    [InlineData("/tag/bridges/feed/atom/", "/topics/bridges-tunnels/rss.xml")]
    [InlineData("/feed/", "/rss.xml")]
    [InlineData("/rss", "/rss.xml")]
    [InlineData("/2019/05/", "/archive/2019/05")]
    [InlineData("/2019/05/12/", "/archive/2019/05/12")]
    [InlineData("/category/gardening/", "/topics/gardening")]
    [InlineData("/author/mferrier/", "/by/maud-ferrier")]
    public async Task The_old_sites_lists_lead_to_ours(string old, string now)
    {
        var answer = await newsroom.Reader.GetAsync(old);

        Assert.Equal((HttpStatusCode.MovedPermanently, now), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Theory]
    [InlineData("/2019/05/never-there/")]
    [InlineData("/2019/13/")]
    [InlineData("/2019/02/30/")]
    [InlineData("/2019/1/99999999999")]
    public async Task An_old_address_nobody_knows_does_not_lead_to_a_story_with_the_months_number(string old) =>
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(old));

    [Fact]
    public async Task Pages_of_our_own_are_as_they_were()
    {
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/?p=999999"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf("/?p=103"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf("/2019/06/for-the-family/"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf("/about-nothing"));
        // A wrong section still answers with the right one.
        Assert.Equal($"/world/{newsroom.BridgeOpens}/bridge-over-the-wend-opens-at-last", (await newsroom.Reader.GetAsync($"/nowhere/{newsroom.BridgeOpens}/anything")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_newsroom_knows_the_links_and_lines_in_plain_words_found_their_story()
    {
        var (bridge, council, gardens) = (await newsroom.StoryAsync(Bridge), await newsroom.StoryAsync(Council), await newsroom.StoryAsync(Gardens));
        await using var db = await newsroom.OpenDbAsync();

        var links = await db.ReadMoreLinks.Where(l => l.FromId == bridge.Id || l.FromId == council.Id).OrderBy(l => l.FromId).ThenBy(l => l.Position).Select(l => new { l.FromId, l.ToId, l.IsInline }).ToListAsync();
        Assert.Equal([council.Id, council.Id, gardens.Id], links.Where(l => l.FromId == bridge.Id && !l.IsInline).Select(l => l.ToId!.Value));
        Assert.Equal([bridge.Id, bridge.Id], links.Where(l => l.FromId == council.Id && l.ToId is not null).Select(l => l.ToId!.Value));
        Assert.Contains(Bridge, (await newsroom.ReadStoryAsync(council.Id)).QuerySelector("aside.read-more, .read-more")!.TextContent, StringComparison.Ordinal);
        Assert.Contains((await newsroom.ReadAsync("/search?q=ferry+repairs")).QuerySelectorAll("main a"), link => link.GetAttribute("href")!.StartsWith($"/world/{bridge.Id}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_would_do_harm_is_words_at_most_and_told()
    {
        var gardens = await newsroom.StoryAsync(Gardens);
        var page = await newsroom.ReadStoryAsync(gardens.Id);
        var report = newsroom.Report.ToString();

        Assert.Equal("Nothing grows here, [they say](https://herald.example/gone/).\n\nNor \\<b>there\\</b>.", gardens.Draft.Copy);
        Assert.DoesNotContain("alert", page.QuerySelector(".story")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("Nor <b>there</b>.", page.QuerySelector(".story-body")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A link to “javascript:alert(1)” is plain words now.", report, StringComparison.Ordinal);
        Assert.Contains("A script was taken out.", report, StringComparison.Ordinal);
        Assert.Contains("The fields of a form were taken out.", report, StringComparison.Ordinal);
        Assert.Contains("a page of the old site that was not taken in: https://herald.example/gone/", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_loss_is_told()
    {
        var report = newsroom.Report.ToString();

        Assert.All(
        [
            "1 × pages",
            "1 × comments",
            "1 × posts in the bin",
            "What was shown from www.youtube.com is a link there now.",
            "A shortcode was taken out: [contact-form-7].",
            "A gallery’s picture with the old number 999 is not in the file.",
            "It was private, so it is a draft.",
            "It was behind a password, so it is a draft",
            "It was waiting to be published, so it is a draft",
            "No section here is called “Gardening”; it is filed under World.",
            "New writers: 1 (Ottoline Keel)",
            "kept in the credit line: 1 (Wren Guest)",
            "https://herald.example/2019/05/harbour-bridge-closes/: live",
        ], told => Assert.Contains(told, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Moved_in_again_nothing_comes_twice_and_the_losses_are_told_once_more()
    {
        await using var db = await newsroom.OpenDbAsync();
        var before = await db.Stories.CountAsync();

        var again = (await newsroom.MoveAsync(HeraldMovedIn.Sample("herald.xml"))).ToString();

        Assert.Equal(before, await db.Stories.CountAsync());
        Assert.Contains("here already", again, StringComparison.Ordinal);
        Assert.Contains("A shortcode was taken out: [contact-form-7].", again, StringComparison.Ordinal);
    }
}
