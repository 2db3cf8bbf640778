using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.ReadMore;

public sealed class PendingLinesTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_line_in_plain_words_finds_its_story_when_that_is_published()
    {
        var from = await newsroom.PublishAsync(Waiting("Council meets on the quay", "The ‘harbour of mirrors’ – a plot, laid bare"));
        Assert.Equal(0, await OffersAsync(from));

        await newsroom.PublishAsync(Edition.Told("The 'Harbour of Mirrors' - a plot, laid bare", "All of it."));

        Assert.Equal(1, await OffersAsync(from));
    }

    [Fact]
    public async Task A_line_in_plain_words_finds_a_story_that_is_there_already()
    {
        await newsroom.PublishAsync(Edition.Told("Otters return to the Wend", "Two of them."));

        var from = await newsroom.PublishAsync(Waiting("Rivers get better", "OTTERS return to the Wend"));

        Assert.Equal(1, await OffersAsync(from));
    }

    [Fact]
    public async Task A_line_tied_to_a_draft_shows_once_that_is_live()
    {
        var from = await newsroom.PublishAsync(Waiting("Weir repaired", "The men who mend the weir"));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("The men who mend the weir", "Three."));
        Assert.Equal(0, await OffersAsync(from));

        await newsroom.Desk.PublishAsync(draft, 1);

        Assert.Equal(1, await OffersAsync(from));
    }

    [Fact]
    public async Task A_new_headline_is_found_by_lines_that_wait_for_it()
    {
        var from = await newsroom.PublishAsync(Waiting("Mill wheel turns", "Miller’s daughter takes over"));
        var target = await newsroom.PublishAsync(Edition.Told("Working title of the mill", "Flour."));

        await newsroom.RewriteAsync(target, text => text with { Headline = "Miller's daughter takes over" });

        Assert.Equal(1, await OffersAsync(from));
        Assert.Equal("Working title of the mill", (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!.TextContent.Trim());
    }

    [Fact]
    public async Task An_earlier_headline_is_found_too()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Cheese prize for Ansty", "Blue."));
        await newsroom.RepublishAsync(target, text => text with { Headline = "Ansty blue wins in Bern" });

        var from = await newsroom.PublishAsync(Waiting("A good year for cheese", "Cheese prize for Ansty"));

        Assert.Equal("Ansty blue wins in Bern", (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_tied_line_stays_tied_when_the_target_is_renamed_and_the_copy_saved_again()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Snow closes the pass", "Deep."));
        var from = await newsroom.PublishAsync(Waiting("Travellers stranded", "Snow closes the pass"));
        await newsroom.RepublishAsync(target, text => text with { Headline = "Pass open again" });
        await newsroom.PublishAsync(Edition.Told("Snow closes the pass", "A year later."));

        await newsroom.RepublishAsync(from, text => text with { Copy = text.Copy + "\n\nThree." });

        Assert.Equal("Pass open again", (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!.TextContent.Trim());
    }

    [Fact]
    public async Task Of_two_stories_with_one_headline_the_newest_published_is_meant_before_any_draft()
    {
        var old = await newsroom.PublishAsync(Edition.Told("Weather for the week", "Rain."), newsroom.Clock.GetUtcNow().AddDays(-7));
        var recent = await newsroom.PublishAsync(Edition.Told("Weather for the week", "Sun."), newsroom.Clock.GetUtcNow().AddDays(-1));
        await newsroom.Desk.BeginAsync(null, Edition.Told("Weather for the week", "Fog."));

        var from = await newsroom.PublishAsync(Waiting("Hay brought in", "Weather for the week"));

        var address = (await newsroom.ReadStoryAsync(from)).QuerySelector("aside.read-more a")!.GetAttribute("href")!;
        Assert.StartsWith($"/world/{recent}/", address, StringComparison.Ordinal);
        Assert.NotEqual(old, recent);
    }

    [Fact]
    public async Task A_line_waits_again_when_the_draft_it_was_tied_to_is_spiked()
    {
        var from = await newsroom.PublishAsync(Waiting("Bakers at dawn", "The last loaf"));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("The last loaf", "Crumbs."));
        await newsroom.Desk.SpikeAsync(draft);

        await newsroom.PublishAsync(Edition.Told("The last loaf", "Told anew."));

        Assert.Equal(1, await OffersAsync(from));
    }

    [Fact]
    public async Task A_line_finds_the_other_story_of_its_headline_when_the_draft_it_was_tied_to_is_spiked()
    {
        var from = await newsroom.PublishAsync(Waiting("Smoke over the yard", "Who lit the fire"));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Who lit the fire", "First try."));
        await newsroom.PublishAsync(Edition.Told("Who lit the fire", "As printed."));

        await newsroom.Desk.SpikeAsync(draft);

        Assert.Equal(1, await OffersAsync(from));
    }

    [Fact]
    public async Task Lines_of_the_published_copy_resolve_while_editors_work_on_another()
    {
        var from = await newsroom.PublishAsync(Waiting("Bells of the valley", "The foundry that cast them"));
        await newsroom.RewriteAsync(from, text => text with { Copy = "Rewritten, without the line." });

        await newsroom.PublishAsync(Edition.Told("The foundry that cast them", "Bronze."));

        Assert.Equal(1, await OffersAsync(from));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_imported_story_finds_and_is_found(bool waitingFirst)
    {
        var folder = Directory.CreateTempSubdirectory("defender-import-");
        var name = $"Imported either way {waitingFirst}";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "story.txt"), $"{name}\n\nSome copy.\n\nREAD MORE: Waited for by {name}\n\nMore copy.\n");
        var from = waitingFirst ? await newsroom.PublishAsync(Waiting($"Waited for by {name}", name)) : 0;

        var result = await newsroom.Services.GetRequiredService<Importer>().RunAsync(new() { Paths = [folder.FullName], Section = "world", Publish = true }, TextWriter.Null);
        if (!waitingFirst)
            from = await newsroom.PublishAsync(Waiting($"Waited for by {name}", name));

        Assert.Equal(0, result);
        Assert.Equal(1, await OffersAsync(from));
        await using var db = await newsroom.OpenDbAsync();
        var imported = await db.Stories.Where(s => s.Draft.Headline == name).Select(s => s.Id).SingleAsync();
        Assert.Equal(1, await OffersAsync(imported));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_saves_at_one_moment_do_not_miss_each_other()
    {
        List<int> waiting = [];
        for (var round = 0; round < 20; round++)
        {
            var line = newsroom.PublishAsync(Waiting($"Waiting in round {round}", $"Brought in round {round}"));
            var bringer = newsroom.PublishAsync(Edition.Told($"Brought in round {round}", "Here."));
            await Task.WhenAll(line, bringer);
            waiting.Add(await line);
        }

        await using var db = await newsroom.OpenDbAsync();
        Assert.Empty(await db.ReadMoreLinks.Where(link => waiting.Contains(link.FromId) && link.ToId == null).ToListAsync());
        Assert.Equal(20, await db.ReadMoreLinks.CountAsync(link => waiting.Contains(link.FromId)));
    }

    private static StoryText Waiting(string headline, string line) => Edition.Told(headline, $"One.\n\nREAD MORE: {line}\n\nTwo.");

    private async Task<int> OffersAsync(int from) => (await newsroom.ReadStoryAsync(from)).QuerySelectorAll("aside.read-more a").Length;
}
