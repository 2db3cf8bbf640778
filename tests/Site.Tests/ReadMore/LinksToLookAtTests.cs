namespace LondonDefender.Tests.ReadMore;

public sealed class LinksToLookAtTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_pending_line_is_listed_until_its_story_comes()
    {
        await newsroom.PublishAsync(Edition.Told("Lists what waits", "One.\n\nREAD MORE: A headline to come\n\nTwo."));
        Assert.Contains(await ListedAsync("pending"), line => line.Contains("a headline to come", StringComparison.OrdinalIgnoreCase) && line.Contains("Lists what waits", StringComparison.Ordinal));

        await newsroom.Desk.BeginAsync(null, Edition.Told("A headline to come", "Here."));

        Assert.DoesNotContain(await ListedAsync("pending"), line => line.Contains("a headline to come", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Pinned_wording_is_listed_once_the_headline_says_something_else_and_can_be_confirmed()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Town votes for the tram", "Yes."));
        var from = await newsroom.PublishAsync(Edition.Told("Trams at last", $"One.\n\nREAD MORE: [The vote](story:{target})\n\nTwo."));
        await newsroom.RepublishAsync(target, text => text with { Headline = "Town votes for the ‘Tram’" });
        Assert.DoesNotContain(await ListedAsync("drifted"), line => line.Contains("The vote", StringComparison.Ordinal));

        await newsroom.RepublishAsync(target, text => text with { Headline = "Town votes against the tram" });
        var drifted = (await ListedAsync("drifted")).Single(line => line.Contains("The vote", StringComparison.Ordinal));
        Assert.Contains("Town votes for the tram", drifted, StringComparison.Ordinal);
        Assert.Contains("Town votes against the tram", drifted, StringComparison.Ordinal);

        await ConfirmAsync(newsroom.Editor, "The vote");
        Assert.DoesNotContain(await ListedAsync("drifted"), line => line.Contains("The vote", StringComparison.Ordinal));

        await newsroom.RewriteAsync(from, text => text with { Copy = text.Copy + "\n\nThree." });
        Assert.DoesNotContain(await ListedAsync("drifted"), line => line.Contains("The vote", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_writer_does_not_confirm_the_wording_of_a_published_story()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Ship comes in", "Slowly."));
        await newsroom.PublishAsync(Edition.Told("Quay of surprises", $"One.\n\nREAD MORE: [That ship](story:{target})\n\nTwo."));
        await newsroom.RepublishAsync(target, text => text with { Headline = "Ship sinks" });

        await ConfirmAsync(newsroom.Writer, "That ship");

        Assert.Contains(await ListedAsync("drifted"), line => line.Contains("That ship", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_to_a_withdrawn_story_say_what_readers_see_instead()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Ghost in the tower", "Boo."));
        var successor = await newsroom.PublishAsync(Edition.Told("Owl in the tower", "Hoo."));
        await newsroom.PublishAsync(Edition.Told("Nights at the tower", $"One.\n\nREAD MORE: story:{target}\n\nTwo."));

        await newsroom.Desk.WithdrawAsync(target);
        Assert.Contains("hidden from readers", (await ListedAsync("withdrawn")).Single(line => line.Contains("Ghost", StringComparison.Ordinal)), StringComparison.Ordinal);

        await newsroom.Desk.BringBackAsync(target);
        await newsroom.Desk.WithdrawAsync(target, successor);
        Assert.Contains("Owl in the tower", (await ListedAsync("withdrawn")).Single(line => line.Contains("Ghost", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_shows_what_leads_to_it_from_drafts_and_published_copy_alike()
    {
        var target = await newsroom.PublishAsync(Edition.Told("Well of the three sisters", "Deep."));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Draft that leads to the well", $"One [well](story:{target})."));
        var published = await newsroom.PublishAsync(Edition.Told("Published, leading to the well", $"One.\n\nREAD MORE: Well of the three sisters\n\nTwo."));
        await newsroom.RewriteAsync(published, text => text with { Copy = "No line any more, but readers still see it." });

        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{target}");

        var backlinks = page.QuerySelectorAll("[aria-labelledby=backlinks-title] a").Select(a => a.GetAttribute("href")).ToList();
        Assert.Equal(new HashSet<string?> { $"/desk/stories/{draft}", $"/desk/stories/{published}" }, backlinks.ToHashSet());
    }

    private async Task<List<string>> ListedAsync(string list) =>
        [.. (await newsroom.Editor.OpenAsync("/desk/links")).QuerySelectorAll($"[aria-labelledby={list}] li").Select(item => item.TextContent)];

    private static async Task ConfirmAsync(StaffMember member, string words)
    {
        var form = (await member.OpenAsync("/desk/links")).QuerySelectorAll("form").Single(f => f.TextContent.Contains(words, StringComparison.Ordinal));
        var fields = form.QuerySelectorAll("input[name]").Where(input => input.GetAttribute("name") != "__RequestVerificationToken")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        Assert.True((await member.SendFormAsync("/desk/links", fields)).IsSuccessStatusCode);
    }
}
