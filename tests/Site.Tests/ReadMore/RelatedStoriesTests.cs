namespace LondonDefender.Tests.ReadMore;

public sealed class RelatedStoriesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Hand_picked_stories_come_first_and_in_their_order()
    {
        var near = await newsroom.PublishAsync(Edition.Told("Barley harvest fails in the north", "Rust.") with { TopicIds = [Edition.Floods] });
        var first = await newsroom.PublishAsync(Edition.Told("Chess in the park", "Mate."));
        var second = await newsroom.PublishAsync(Edition.Told("A new organ for St Bride", "Pipes."));

        var id = await newsroom.PublishAsync(Edition.Told("Barley harvest fails again", "Rust, again.") with { TopicIds = [Edition.Floods], RelatedIds = [second, first] });

        var related = await RelatedAsync(id);
        Assert.Equal([second, first], related.Take(2));
        Assert.Equal(near, related[2]);
    }

    [Fact]
    public async Task What_a_block_offers_is_not_offered_again()
    {
        var offered = await newsroom.PublishAsync(Edition.Told("Eels vanish from the Wend", "None left."));
        var waited = await newsroom.PublishAsync(Edition.Told("Eel traps banned on the Wend", "By law."));

        var id = await newsroom.PublishAsync(Edition.Told("Where the eels of the Wend went",
            $"One.\n\nREAD MORE: story:{offered}\n\nREAD MORE: Eel traps banned on the Wend\n\nTwo.") with
        { RelatedIds = [offered, waited] });

        var related = await RelatedAsync(id);
        Assert.DoesNotContain(offered, related);
        Assert.DoesNotContain(waited, related);
        Assert.DoesNotContain(id, related);
    }

    [Fact]
    public async Task Withdrawn_and_future_stories_are_never_offered()
    {
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Violin stolen from the museum", "Gone."));
        await newsroom.Desk.WithdrawAsync(withdrawn);
        var due = await newsroom.PublishAsync(Edition.Told("Violin found in the museum", "Behind a door."), newsroom.Clock.GetUtcNow().AddDays(3));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Violin museum: what we know", "Little."));
        var live = await newsroom.PublishAsync(Edition.Told("Violin makers visit the museum", "Ten."));

        var id = await newsroom.PublishAsync(Edition.Told("The violin and the museum", "Told in full.") with { RelatedIds = [withdrawn, due, draft, live] });

        Assert.Equal(live, (await RelatedAsync(id))[0]);
        Assert.Empty((await RelatedAsync(id)).Intersect([withdrawn, due, draft]));
    }

    [Fact]
    public async Task The_list_has_no_story_twice_and_ends_somewhere()
    {
        for (var i = 0; i < 9; i++)
            await newsroom.PublishAsync(Edition.Told($"Lantern festival, night {i}", "Light.") with { TopicIds = [Edition.Harbour] });

        var id = await newsroom.PublishAsync(Edition.Told("Lantern festival ends", "Dark.") with { TopicIds = [Edition.Harbour] });

        var related = await RelatedAsync(id);
        Assert.Equal(6, related.Count);
        Assert.Equal(related, related.Distinct());
    }

    [Fact]
    public async Task Nothing_changes_its_place_before_midnight()
    {
        newsroom.Clock.MoveTo(Edition.Morning);
        var id = await newsroom.PublishAsync(Edition.Told("Kites over the common", "High."));
        for (var i = 0; i < 8; i++)
            await newsroom.PublishAsync(Edition.Told($"Kites and wind {new string('n', i)}", "Higher."), Edition.Morning.AddHours(-7 * i));

        var inTheMorning = await RelatedAsync(id);
        newsroom.Clock.MoveTo(Edition.Morning.AddHours(14.5));
        var beforeMidnight = await RelatedAsync(id);
        newsroom.Clock.MoveTo(Edition.Morning);

        Assert.Equal(6, inTheMorning.Count);
        Assert.Equal(inTheMorning, beforeMidnight);
    }

    [Fact]
    public async Task Words_count_among_stories_of_its_own_section_only()
    {
        var elsewhere = await newsroom.PublishAsync(Edition.Told("Quince jelly sets a record", "Orange.") with { SectionId = Edition.Britain });
        var here = await newsroom.PublishAsync(Edition.Told("Quince jelly wins", "Yellow."));

        var related = await RelatedAsync(await newsroom.PublishAsync(Edition.Told("Quince jelly: the recipe", "Boil.")));

        Assert.Equal(here, related[0]);
        Assert.DoesNotContain(elsewhere, related);
    }

    private async Task<List<int>> RelatedAsync(int id) =>
    [
        .. (await newsroom.ReadStoryAsync(id)).QuerySelectorAll(".related .card-headline a").Select(a => int.Parse(a.GetAttribute("href")!.Split('/')[2], null)),
    ];
}
