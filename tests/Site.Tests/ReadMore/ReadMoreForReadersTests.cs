namespace LondonDefender.Tests.ReadMore;

public sealed class ReadMoreForReadersTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_block_shows_its_target_by_the_present_headline()
    {
        var ferry = await newsroom.PublishAsync(Edition.FerryCloses);
        var bridge = await newsroom.PublishAsync(Edition.BridgeOpens with { Copy = $"“First.\n\nREAD MORE: story:{ferry}\n\n“Second.”" });

        await newsroom.RepublishAsync(ferry, text => text with { Headline = "Ansty’s ferry sails into history" });

        var link = (await newsroom.ReadStoryAsync(bridge)).QuerySelector("aside.read-more a")!;
        Assert.Equal("Ansty’s ferry sails into history", link.TextContent.Trim());
        Assert.Equal($"/world/{ferry}/anstys-ferry-sails-into-history", link.GetAttribute("href"));
    }

    [Fact]
    public async Task A_withdrawn_target_vanishes_and_comes_back()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Clock tower is lit again", "It shines."));
        var from = await newsroom.PublishAsync(Edition.Told("Square gets its light back", $"One.\n\nREAD MORE: story:{target}\n\nTwo, and [more on the tower](story:{target})."));

        await newsroom.Desk.WithdrawAsync(target);
        var without = await newsroom.ReadStoryAsync(from);
        await newsroom.Desk.BringBackAsync(target);
        var with = await newsroom.ReadStoryAsync(from);

        Assert.Empty(without.QuerySelectorAll("aside.read-more"));
        Assert.Empty(without.QuerySelectorAll(".story-copy a, .story a[href*='clock-tower']"));
        Assert.Single(with.QuerySelectorAll("aside.read-more"));
    }

    [Fact]
    public async Task A_line_in_plain_words_finds_its_story_when_that_is_published()
    {
        var from = await newsroom.PublishAsync(Edition.Told("Council meets on the quay", "One.\n\nREAD MORE: The ‘harbour of mirrors’ – a plot, laid bare\n\nTwo."));
        Assert.Empty((await newsroom.ReadStoryAsync(from)).QuerySelectorAll("aside.read-more"));

        await newsroom.PublishAsync(Edition.Told("The 'Harbour of Mirrors' - a plot, laid bare", "All of it."));

        Assert.Single((await newsroom.ReadStoryAsync(from)).QuerySelectorAll("aside.read-more"));
    }
}
