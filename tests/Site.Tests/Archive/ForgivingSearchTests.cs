namespace LondonDefender.Tests.Archive;

/// <summary>A slip of the finger, a name half remembered: the search helps on.</summary>
public sealed class ForgivingSearchTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("Huame", "Haume")]
    [InlineData("hume", "haume")]
    [InlineData("Haumme", "Haume")]
    [InlineData("haune", "haume")]
    [InlineData("haume florish", "haume flourish")]
    [InlineData("\"Huame sand\"", "\"Haume sand\"")]
    [InlineData("Strathoran", "Strathorran")]
    [InlineData("Strathoram", "Strathorran")]
    [InlineData("Quilll", "Quill")]
    public async Task A_mistyped_word_finds_what_was_meant(string typed, string meant)
    {
        await CastAsync();

        var page = await newsroom.ReadAsync($"/search?q={Uri.EscapeDataString(typed)}");

        Assert.NotEmpty(page.QuerySelectorAll(".hits li"));
        Assert.Equal($"Showing results for “{meant}”. Search instead for “{typed}”.", page.QuerySelector("p.search-said")!.TextContent);
        Assert.NotEmpty(page.QuerySelectorAll(".hits mark"));
    }

    [Theory]
    [InlineData("haumes")]
    [InlineData("Haume’s")]
    [InlineData("haume's")]
    [InlineData("HAÜME")]
    public async Task Endings_apostrophes_and_accents_are_no_slips(string typed)
    {
        await CastAsync();

        var page = await newsroom.ReadAsync($"/search?q={Uri.EscapeDataString(typed)}");

        Assert.NotEmpty(page.QuerySelectorAll(".hits li"));
        Assert.DoesNotContain("Showing results", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_at_a_curly_quote_or_a_dash_is_that_word()
    {
        await newsroom.PublishAsync(Edition.Told("Quay shut", "It is shut “for caulking” today—once more—and the ‘gantries’ stay up."));

        foreach (var word in new[] { "caulking", "today", "gantry" })
            Assert.Contains("Quay shut", (await newsroom.ReadAsync("/search?q=" + word)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_insists_gets_the_words_as_they_were_written()
    {
        await CastAsync();

        var page = await newsroom.ReadAsync("/search?q=Huame&exact=yes");

        Assert.Equal("Nothing found for “Huame”", page.QuerySelector(".nothing-found h2")!.TextContent);
    }

    [Fact]
    public async Task A_word_met_once_is_shown_and_a_frequent_one_like_it_offered()
    {
        await CastAsync();
        for (var i = 0; i < 12; i++)
            await newsroom.PublishAsync(Edition.Told($"Lantern of the week, number {i}", "A lantern."));
        await newsroom.PublishAsync(Edition.Told("Lanten begins", "A season."));

        var page = await newsroom.ReadAsync("/search?q=lanten");

        Assert.Single(page.QuerySelectorAll(".hits li"));
        Assert.Equal("Did you mean lantern?", page.QuerySelector("p.search-said")!.TextContent);
    }

    [Theory]
    [InlineData("xyzzyxyzzy")]
    [InlineData("-huame")]
    [InlineData("abc")]
    public async Task Where_nothing_is_near_nothing_is_made_up(string typed)
    {
        await CastAsync();

        var page = await newsroom.ReadAsync($"/search?q={typed}");

        Assert.Empty(page.QuerySelectorAll(".hits li, p.search-said"));
    }

    [Fact]
    public async Task A_name_in_a_story_to_come_or_withdrawn_is_not_given_away()
    {
        var now = newsroom.Clock.GetUtcNow();
        await newsroom.PublishAsync(Edition.Told("Perivale to resign", "P."), now.AddHours(3));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Mossington accused", "M."));
        await newsroom.Desk.WithdrawAsync(withdrawn);

        foreach (var typed in new[] { "Perivalle", "Mosington" })
            Assert.DoesNotContain("Showing results", (await newsroom.ReadAsync($"/search?q={typed}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_called_by_the_words_are_named_even_where_no_story_is()
    {
        await CastAsync();

        Assert.Equal(["/topics/harbour"], Places(await newsroom.ReadAsync("/search?q=harbours")));
        Assert.Equal(["/by/maud-ferrier"], Places(await newsroom.ReadAsync("/search?q=maud+ferrier")));
        Assert.Equal(["/britain"], Places(await newsroom.ReadAsync("/search?q=britain")));
        Assert.Equal(["/topics/harbour", "/by/maud-ferrier"], Places(await newsroom.ReadAsync("/search?q=maud+harbour+zeppelin")));

        static IEnumerable<string?> Places(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("[aria-label='Pages by that name'] a").Select(a => a.GetAttribute("href"));
    }

    private static bool isCast;

    private async Task CastAsync()
    {
        if (isCast)
            return;

        isCast = true;
        await newsroom.PublishAsync(Edition.Told("Haume sand banks flourish", "The Haume’s banks."));
        await newsroom.PublishAsync(Edition.Told("Strathorran wins", "A good night.") with { WriterIds = [Edition.Idris] });
        await newsroom.PublishAsync(Edition.Told("Quill found", "Of a goose."));
    }
}
