using AngleSharp.Dom;

namespace LondonDefender.Tests.ReadMore;

public sealed class ReadMoreForReadersTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_block_shows_its_target_by_the_present_headline_and_address()
    {
        var ferry = await newsroom.PublishAsync(Edition.FerryCloses);
        var bridge = await newsroom.PublishAsync(Edition.BridgeOpens with { Copy = $"“First.\n\nREAD MORE: story:{ferry}\n\n“Second.”" });

        await newsroom.RepublishAsync(ferry, text => text with { Headline = "Ansty’s ferry sails into history", SectionId = Edition.Britain });
        var renamed = Block(await newsroom.ReadStoryAsync(bridge)).Single();
        await newsroom.RepublishAsync(ferry, text => text with { Slug = "ansty-ferry" });
        var moved = Block(await newsroom.ReadStoryAsync(bridge)).Single();

        Assert.Equal(("Ansty’s ferry sails into history", $"/britain/{ferry}/anstys-ferry-sails-into-history"), renamed);
        Assert.Equal(("Ansty’s ferry sails into history", $"/britain/{ferry}/ansty-ferry"), moved);
    }

    [Fact]
    public async Task A_block_keeps_to_the_published_headline_while_editors_try_another()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Lighthouse keeper retires", "At last."));
        var from = await newsroom.PublishAsync(Edition.Told("Coast without keepers", $"One.\n\nREAD MORE: story:{target}\n\nTwo."));

        await newsroom.RewriteAsync(target, text => text with { Headline = "LIGHTHOUSE KEEPER ???" });

        Assert.Equal("Lighthouse keeper retires", Block(await newsroom.ReadStoryAsync(from)).Single().Words);
    }

    [Fact]
    public async Task Pinned_wording_stays_whatever_the_headline_becomes()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Council votes on the quay", "Nine to four."));
        var from = await newsroom.PublishAsync(Edition.Told("Quay traders wait", $"One.\n\nREAD MORE: [How the council *voted*](story:{target})\n\nTwo."));

        await newsroom.RepublishAsync(target, text => text with { Headline = "Council sells the quay" });

        Assert.Equal("How the council voted", Block(await newsroom.ReadStoryAsync(from)).Single().Words);
    }

    [Fact]
    public async Task A_withdrawn_target_vanishes_without_a_gap_and_comes_back()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Clock tower is lit again", "It shines."));
        var from = await newsroom.PublishAsync(Edition.Told("Square gets its light back", $"One.\n\nREAD MORE: story:{target}\n\nTwo, and [more on the tower](story:{target})."));

        await newsroom.Desk.WithdrawAsync(target);
        var without = await newsroom.ReadStoryAsync(from);
        await newsroom.Desk.BringBackAsync(target);
        var with = await newsroom.ReadStoryAsync(from);

        Assert.Equal(["P One.", "P Two, and more on the tower."], Body(without));
        Assert.Empty(without.QuerySelectorAll(".story-body a, a[href*='clock-tower']"));
        Assert.Equal(["P One.", "ASIDE", "P Two, and more on the tower."], Body(with));
        Assert.Equal($"/world/{target}/clock-tower-is-lit-again", with.QuerySelector(".story-body > p a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_withdrawn_target_gives_way_to_its_successor_under_the_successors_own_headline()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Mayor said to resign", "Rumour."));
        var successor = await newsroom.PublishAsync(Edition.Told("Mayor stays, and says why", "Fact."));
        var from = await newsroom.PublishAsync(Edition.Told("A week at the town hall",
            $"One.\n\nREAD MORE: [He goes](story:{target})\n\nTwo, and [the mayor](story:{target})."));

        await newsroom.Desk.WithdrawAsync(target, successor);

        var page = await newsroom.ReadStoryAsync(from);
        Assert.Equal(("Mayor stays, and says why", $"/world/{successor}/mayor-stays-and-says-why"), Block(page).Single());
        Assert.Null(page.QuerySelector(".story-body > p a"));
    }

    [Fact]
    public async Task A_story_that_succeeds_its_own_target_does_not_lead_to_itself()
    {
        var target = await newsroom.PublishAsync(Edition.Told("First version of the storm", "Wind."));
        var from = await newsroom.PublishAsync(Edition.Told("The storm, told in full", $"One.\n\nREAD MORE: story:{target}\n\nTwo [before](story:{target})."));

        await newsroom.Desk.WithdrawAsync(target, from);

        Assert.Empty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll(".story-body a"));
    }

    [Fact]
    public async Task A_scheduled_target_shows_from_its_moment_on()
    {
        var due = newsroom.Clock.GetUtcNow().AddHours(2);
        var target = await newsroom.PublishAsync(Edition.MarketOpens, due);
        var from = await newsroom.PublishAsync(Edition.Told("Arches swept clean", $"One.\n\nREAD MORE: story:{target}\n\nTwo [later](story:{target})."));

        newsroom.Clock.MoveTo(due.AddMilliseconds(-1));
        Assert.Empty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll(".story-body a"));

        newsroom.Clock.MoveTo(due);
        Assert.Equal(2, (await newsroom.ReadStoryAsync(from)).QuerySelectorAll(".story-body a").Length);
    }

    [Fact]
    public async Task A_story_never_offers_itself()
    {
        var id = await newsroom.PublishAsync(Edition.Told("The snake that eats its tail", "Later."));

        await newsroom.RepublishAsync(id, text => text with
        {
            Copy = $"One.\n\nREAD MORE: story:{id}\n\nREAD MORE: The snake that eats its tail\n\nTwo [again](story:{id}).",
            RelatedIds = [id],
        });

        Assert.Empty((await newsroom.ReadStoryAsync(id)).QuerySelectorAll("main a[href*='the-snake-that-eats']"));
    }

    [Fact]
    public async Task Of_a_list_those_lines_are_shown_that_lead_somewhere()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Kiln relit after forty years", "Hot."));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Kiln: the accounts", "Cold."));
        var from = await newsroom.PublishAsync(Edition.Told("Potters of the lane",
            $"One.\n\nRELATED:\n- story:{live}\n- story:{draft}\n- A story nobody has written\n- story:999999\n- [The guild](https://guild.example/potters)\n- [Wrong](javascript:alert(1))\n\nTwo."));

        var page = await newsroom.ReadStoryAsync(from);

        Assert.Equal(["Kiln relit after forty years", "The guild"], Block(page).Select(line => line.Words));
        Assert.Equal("RELATED", page.QuerySelector(".read-more-label")!.TextContent);
    }

    [Fact]
    public async Task A_block_none_of_whose_lines_leads_anywhere_is_not_there_at_all()
    {
        var from = await newsroom.PublishAsync(Edition.Told("Alone on the moor", "One.\n\nWATCH:\n- story:999999\n- Nothing of the kind\n\nTwo."));

        Assert.Equal(["P One.", "P Two."], Body(await newsroom.ReadStoryAsync(from)));
    }

    [Fact]
    public async Task An_outside_page_is_a_plain_link()
    {
        var from = await newsroom.PublishAsync(Edition.Told("Tables of the tide", "One.\n\nREAD MORE: [The tide tables](https://tides.example/t?a=1&b=2)\n\nTwo."));

        var link = (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!;

        Assert.Equal("https://tides.example/t?a=1&b=2", link.GetAttribute("href"));
        Assert.Equal("noopener", link.GetAttribute("rel"));
        Assert.False(link.HasAttribute("target"));
    }

    private static List<(string Words, string Address)> Block(IDocument page) =>
        [.. page.QuerySelectorAll("aside.read-more a").Select(a => (a.TextContent.Trim(), a.GetAttribute("href")!))];

    private static List<string> Body(IDocument page) =>
        [.. page.QuerySelector(".story-body")!.Children.Select(e => e.LocalName == "aside" ? "ASIDE" : $"{e.TagName} {e.TextContent.Trim()}")];
}
