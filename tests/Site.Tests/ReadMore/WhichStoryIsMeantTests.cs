using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.ReadMore;

/// <summary>Lines in plain words where several stories have, or had, the headline; and readers sent on to successors.</summary>
public sealed class WhichStoryIsMeantTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_live_story_is_meant_before_a_draft_of_the_same_headline()
    {
        var from = await newsroom.PublishAsync(Edition.Told("Cabinet waits", "One.\n\nREAD MORE: Ministers resign over memo\n\nTwo."));
        await newsroom.Desk.BeginAsync(null, Edition.Told("Ministers resign over memo", "A draft."));
        Assert.Null(await OfferedAsync(from));

        var live = await newsroom.PublishAsync(Edition.Told("Ministers resign over memo", "The real one."));

        Assert.Equal(live, await OfferedAsync(from));
        Assert.Equal([live], await TiedToAsync(from));
    }

    [Fact]
    public async Task A_live_story_is_meant_before_one_that_is_due_and_before_a_withdrawn_one()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Weekly letters page", "Live."));
        await newsroom.PublishAsync(Edition.Told("Weekly letters page", "Due."), newsroom.Clock.GetUtcNow().AddDays(7));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Weekly letters page", "Gone."));
        await newsroom.Desk.WithdrawAsync(withdrawn);

        var from = await newsroom.PublishAsync(Edition.Told("Readers write", "One.\n\nREAD MORE: Weekly letters page\n\nTwo."));

        Assert.Equal(live, await OfferedAsync(from));
    }

    [Fact]
    public async Task A_line_stays_with_the_story_it_was_tied_to_when_a_second_one_gets_that_headline()
    {
        var first = await newsroom.PublishAsync(Edition.Told("Crossword answers", "First."));
        var from = await newsroom.PublishAsync(Edition.Told("Puzzles of the week", "One.\n\nREAD MORE: Crossword answers\n\nTwo."));

        await newsroom.PublishAsync(Edition.Told("Crossword answers", "Second."));

        Assert.Equal(first, await OfferedAsync(from));
    }

    [Fact]
    public async Task When_the_story_meant_is_withdrawn_another_live_one_of_its_headline_takes_its_place()
    {
        var other = await newsroom.PublishAsync(Edition.Told("Tide tables", "Other."));
        var tied = await newsroom.PublishAsync(Edition.Told("Tide tables", "Tied."));
        var from = await newsroom.PublishAsync(Edition.Told("Boats go out", "One.\n\nREAD MORE: Tide tables\n\nTwo."));
        Assert.Equal(tied, await OfferedAsync(from));

        await newsroom.Desk.WithdrawAsync(tied);

        Assert.Equal(other, await OfferedAsync(from));
    }

    [Fact]
    public async Task Readers_are_led_along_a_chain_of_successors_and_each_is_offered_once()
    {
        var last = await newsroom.PublishAsync(Edition.Told("Third and final count", "C."));
        var middle = await newsroom.PublishAsync(Edition.Told("Second count", "B."));
        var first = await newsroom.PublishAsync(Edition.Told("First count", "A."));
        var from = await newsroom.PublishAsync(Edition.Told("Night of counts", $"One.\n\nREAD MORE:\n- story:{first}\n- [Pinned](story:{middle})\n- story:{last}\n\nTwo."));

        await newsroom.Desk.WithdrawAsync(first, middle);
        await newsroom.Desk.WithdrawAsync(middle, last);

        var offered = (await newsroom.ReadStoryAsync(from)).QuerySelectorAll("aside.read-more a");
        Assert.Equal("Third and final count", Assert.Single(offered).TextContent.Trim());
        Assert.Contains("Third and final count", (await newsroom.ReadStoryAsync(first)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_successors_leads_nowhere_and_harms_nobody()
    {
        var one = await newsroom.PublishAsync(Edition.Told("Snake", "S."));
        var two = await newsroom.PublishAsync(Edition.Told("Tail", "T."));
        var from = await newsroom.PublishAsync(Edition.Told("Of snakes", $"One.\n\nREAD MORE: story:{one}\n\nTwo."));

        await newsroom.Desk.WithdrawAsync(one, two);
        await newsroom.Desk.WithdrawAsync(two, one);

        Assert.Null(await OfferedAsync(from));
    }

    [Fact]
    public async Task An_inline_link_is_plain_words_while_its_story_is_withdrawn_successor_or_not()
    {
        var successor = await newsroom.PublishAsync(Edition.Told("Court rules anew", "N."));
        var target = await newsroom.PublishAsync(Edition.Told("Court rules", "O."));
        var from = await newsroom.PublishAsync(Edition.Told("What the court said", $"It [ruled in June](story:{target})."));

        await newsroom.Desk.WithdrawAsync(target, successor);

        var body = (await newsroom.ReadStoryAsync(from)).QuerySelector(".story-body")!;
        Assert.Contains("ruled in June", body.TextContent, StringComparison.Ordinal);
        Assert.Empty(body.QuerySelectorAll("a"));
    }

    [Fact]
    public async Task A_change_of_the_papers_labels_never_puts_one_story_behind_anothers_words()
    {
        var alpha = await newsroom.PublishAsync(Edition.Told("Alpha sails", "A."));
        var beta = await newsroom.PublishAsync(Edition.Told("Beta sinks", "B."));
        var from = await newsroom.PublishAsync(Edition.Told("Two ships", $"One.\n\nWATCH: story:{alpha}\n\nTwo.\n\nREAD MORE: [Beta words](story:{beta})\n\nThree."));
        await using var db = await newsroom.OpenDbAsync();
        var settings = await db.PaperSettings.SingleAsync();
        var labels = settings.Labels;

        settings.Labels = ["READ MORE"];
        await db.SaveChangesAsync();
        var link = (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!;
        settings.Labels = labels;
        await db.SaveChangesAsync();

        Assert.Equal("Beta words", link.TextContent.Trim());
        Assert.StartsWith($"/world/{beta}/", link.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_headline_that_ends_its_key_in_half_a_character_can_be_saved()
    {
        var headline = "a…b" + string.Concat(Enumerable.Repeat("😀", 148));

        var id = await newsroom.PublishAsync(Edition.Told(headline, "E."));

        Assert.Equal(headline, (await newsroom.ReadStoryAsync(id)).QuerySelector("h1")!.TextContent.Trim());
    }

    private async Task<int?> OfferedAsync(int from) =>
        (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")?.GetAttribute("href") is { } address
            ? int.Parse(address.Split('/')[2], null)
            : null;

    private async Task<List<int?>> TiedToAsync(int from)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.ReadMoreLinks.Where(l => l.FromId == from).Select(l => l.ToId).ToListAsync();
    }
}
