namespace LondonDefender.Tests.ReadMore;

public sealed class LaterOnTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task An_old_story_leads_on_to_the_newer_ones_that_lead_back_to_it_newest_first()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Dam begins to leak", "A drop."), Hours(-9));
        var inLine = await newsroom.PublishAsync(Edition.Told("Dam leaks faster", $"More.\n\nREAD MORE: story:{old}\n\nAnd more."), Hours(-6));
        var inWords = await newsroom.PublishAsync(Edition.Told("Dam closed to walkers", "Signs.\n\nREAD MORE: Dam begins to leak\n\nMore signs."), Hours(-5));
        var inSentence = await newsroom.PublishAsync(Edition.Told("Dam mended at night", $"It [leaked](story:{old}) for days."), Hours(-4));
        var byHand = await newsroom.PublishAsync(Edition.Told("Dam keeper honoured", "A medal.") with { RelatedIds = [old] }, Hours(-3));

        var page = await newsroom.ReadStoryAsync(old);

        Assert.Equal([byHand, inSentence, inWords, inLine], await LaterAsync(old));
        Assert.Equal("Later on this story", page.GetElementById(page.QuerySelector("nav.later-on")!.GetAttribute("aria-labelledby")!)!.TextContent);
        Assert.Empty((await RelatedAsync(old)).Intersect([byHand, inSentence, inWords, inLine]));
    }

    [Fact]
    public async Task What_a_line_offers_already_is_not_said_twice()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Bell cracks in the tower", "Crack."), Hours(-9));
        var newer = await newsroom.PublishAsync(Edition.Told("Bell recast in the yard", $"Bronze.\n\nREAD MORE: story:{old}"), Hours(-3));
        await newsroom.RepublishAsync(old, text => text with { Copy = $"Crack.\n\nREAD MORE: story:{newer}\n\nCrack again." });

        Assert.Empty(await LaterAsync(old));
        Assert.Empty((await newsroom.ReadStoryAsync(old)).QuerySelectorAll(".later-on"));
    }

    [Fact]
    public async Task Only_what_readers_may_see_and_can_read_there_is_later()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Swans nest on the island", "Five eggs."), Hours(-9));
        var older = await newsroom.PublishAsync(Edition.Told("Swans expected on the island", $"Soon.\n\nREAD MORE: story:{old}"), Hours(-12));
        var due = await newsroom.PublishAsync(Edition.Told("Swans hatch", $"Peep.\n\nREAD MORE: story:{old}"), Hours(2));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Swans gone", $"Gone.\n\nREAD MORE: story:{old}"), Hours(-2));
        await newsroom.Desk.WithdrawAsync(withdrawn);
        var draftOnly = await newsroom.PublishAsync(Edition.Told("Swans counted", "Seven."), Hours(-1));
        await newsroom.RewriteAsync(draftOnly, text => text with { Copy = $"Seven.\n\nREAD MORE: story:{old}\n\nSeven!", RelatedIds = [old] });
        var noMore = await newsroom.PublishAsync(Edition.Told("Swans ringed", $"Rings.\n\nREAD MORE: story:{old}"), Hours(-1));
        await newsroom.RepublishAsync(noMore, text => text with { Copy = "Rings alone." });

        Assert.Empty(await LaterAsync(old));
        Assert.Empty(await LaterAsync(older));

        newsroom.Clock.MoveTo(Hours(2));
        Assert.Equal([due], await LaterAsync(old));
    }

    [Fact]
    public async Task The_list_ends_after_five()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Ice forms on the mere", "Thin."), Hours(-20));
        List<int> newer = [];
        for (var i = 0; i < 7; i++)
            newer.Add(await newsroom.PublishAsync(Edition.Told($"Ice on the mere, day {i}", $"Ice.\n\nREAD MORE: story:{old}"), Hours(-10 + i)));

        Assert.Equal(newer.AsEnumerable().Reverse().Take(5), await LaterAsync(old));
    }

    private DateTimeOffset Hours(int hours) => Edition.Morning.AddHours(hours);

    private Task<List<int>> LaterAsync(int id) => LinksAsync(id, ".later-on a");

    private Task<List<int>> RelatedAsync(int id) => LinksAsync(id, ".related .card-headline a");

    private async Task<List<int>> LinksAsync(int id, string links) =>
        [.. (await newsroom.ReadStoryAsync(id)).QuerySelectorAll(links).Select(a => int.Parse(a.GetAttribute("href")!.Split('/')[2], null))];
}
