using System.Net;
using AngleSharp.Dom;
using LondonDefender.Stories;
using LondonDefender.Stories.Changes;

namespace LondonDefender.Tests.Stories;

public sealed class ChangeLogTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Readers_see_when_why_and_what_was_changed_newest_first()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Ferry fares to rise in May", "Fares rise by 4 per cent.\n\nCommuters are cross.") with { WriterIds = [Edition.Maud] });
        var first = newsroom.Clock.GetUtcNow();
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(30));
        await RepublishAsync(id, text => text with { Copy = "Fares rise by 14 per cent.\n\nCommuters are cross." }, isSubstantive: true, "The operator <misstated> the figure.");
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(30));
        await RepublishAsync(id, text => text with { Headline = "Ferry fares will rise in May", WriterIds = [Edition.Maud, Edition.Idris] }, isSubstantive: false, "");

        var story = await newsroom.ReadStoryAsync(id);
        var link = story.QuerySelector(".story-times .story-changes")!;
        var page = await newsroom.ReadAsync(link.GetAttribute("href")!);
        var entries = page.QuerySelectorAll(".changes > li");

        Assert.Equal("Changes to this story (2)", link.TextContent);
        Assert.Equal(["version-3", "version-2", "version-1"], entries.Select(entry => entry.Id));
        Assert.Equal(["Minor change", "Substantive change", "First published"], entries.Select(entry => entry.QuerySelector(".change-kind")!.TextContent));
        Assert.Equal([first.AddMinutes(60), first.AddMinutes(30), first], entries.Select(entry => DateTimeOffset.Parse(entry.QuerySelector("time")!.GetAttribute("datetime")!, null)));
        Assert.Equal(story.QuerySelectorAll(".story-times time").Select(time => time.GetAttribute("datetime")), new[] { entries[2], entries[1] }.Select(entry => entry.QuerySelector("time")!.GetAttribute("datetime")));

        Assert.Equal("The operator <misstated> the figure.", entries[1].QuerySelector(".change-reason")!.TextContent);
        Assert.Null(entries[0].QuerySelector(".change-reason"));
        Assert.Equal(["Headline", "Byline"], entries[0].QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Equal(["Text"], entries[1].QuerySelectorAll("h3").Select(h => h.TextContent));
        Assert.Equal("[taken out: 4]", entries[1].QuerySelector("del")!.TextContent);
        Assert.Equal("[put in: 14]", entries[1].QuerySelector("ins")!.TextContent);
        Assert.DoesNotContain("cross", entries[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Ferry fares will rise in May", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Empty(page.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task Only_what_readers_had_is_in_it()
    {
        var due = newsroom.Clock.GetUtcNow().AddHours(3);
        var id = await newsroom.PublishAsync(Edition.Told("Harbour budget leaked", "An EARLY draft nobody read."), due.AddHours(-1));
        await newsroom.RewriteAsync(id, text => text with { Copy = "A SECOND draft nobody read." });
        await newsroom.Desk.PublishAsync(id, 2, due);
        await newsroom.RewriteAsync(id, text => text with { Copy = "What appeared in the end." });
        await newsroom.Desk.PublishAsync(id, 3, due);
        await newsroom.Desk.EmbargoAsync(id, due.AddHours(1));
        await newsroom.RewriteAsync(id, text => text with { Copy = "What appeared in the end. UNPUBLISHED as yet." });

        newsroom.Clock.MoveTo(due.AddMinutes(30));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/world/{id}/harbour-budget-leaked/changes"));

        newsroom.Clock.MoveTo(due.AddHours(2));
        var page = await ChangesAsync(id);

        Assert.Equal("version-1", page.QuerySelectorAll(".changes > li").Single().Id);
        Assert.Equal(due.AddHours(1), DateTimeOffset.Parse(page.QuerySelector(".changes time")!.GetAttribute("datetime")!, null));
        foreach (var secret in new[] { "EARLY", "SECOND", "UNPUBLISHED" })
            Assert.DoesNotContain(secret, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Null((await newsroom.ReadStoryAsync(id)).QuerySelector(".story-changes"));
    }

    [Fact]
    public async Task A_line_whose_story_readers_may_not_see_is_not_shown_in_it_either()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Otters return to the weir", "Two."));
        var id = await newsroom.PublishAsync(Edition.Told("Weir to be mended", "Soon.\n\nLater."));
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        await RepublishAsync(id, text => text with { Copy = $"Soon.\n\nREAD MORE: The mayor is to be arrested\n\nREAD MORE: story:{live}\n\nLater." }, isSubstantive: false, "Links.");

        var page = await ChangesAsync(id);

        Assert.Contains("READ MORE: “Otters return to the weir”", page.QuerySelector("ins")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("arrested", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_moves_and_goes_as_the_story_does()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Gate shut at dusk", "G."));
        var address = $"/world/{id}/gate-shut-at-dusk/changes";

        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(address));
        foreach (var other in new[] { $"/britain/{id}/gate-shut-at-dusk/changes", $"/world/{id}/x/changes", $"/world/0{id}/gate-shut-at-dusk/changes", $"{address}/" })
        {
            var answer = await newsroom.Reader.GetAsync(other);
            Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
            Assert.Equal(address, answer.Headers.Location?.OriginalString);
        }

        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"{address}?page=2"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf($"/desk/{id}/gate-shut-at-dusk/changes"));
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf("/world/987654/x/changes"));

        await newsroom.Desk.WithdrawAsync(id);
        Assert.Equal(HttpStatusCode.Gone, await newsroom.StatusOf(address));
    }

    [Fact]
    public async Task A_long_history_turns_its_pages()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Count goes on", "Count 1."));
        for (var i = 2; i <= 23; i++)
        {
            newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
            await RepublishAsync(id, text => text with { Copy = $"Count {i}." }, isSubstantive: false, "");
        }

        var first = await ChangesAsync(id);
        var second = await newsroom.ReadAsync(first.QuerySelector(".page-turner a[rel=next]")!.GetAttribute("href")!);
        var third = await newsroom.ReadAsync(second.QuerySelector(".page-turner a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(Enumerable.Range(14, 10).Reverse().Select(i => $"version-{i}"), first.QuerySelectorAll(".changes > li").Select(li => li.Id));
        Assert.Equal("[taken out: 13.]", first.QuerySelectorAll("del").Last().TextContent);
        Assert.Equal(10, second.QuerySelectorAll(".changes > li").Length);
        Assert.Equal(["version-3", "version-2", "version-1"], third.QuerySelectorAll(".changes > li").Select(li => li.Id));
        Assert.Null(third.QuerySelector(".page-turner a[rel=next]"));
    }

    [Fact]
    public void A_version_replaced_before_its_moment_was_never_public()
    {
        var nine = Edition.Morning;
        PublishedVersion Noted(int number, double hours) => new(number, nine.AddHours(hours), true, "r");

        int[] Had(double first, double now, params PublishedVersion[] noted) =>
            [.. PublishedVersions.ReadersHad(noted, nine.AddHours(first), nine.AddHours(now)).Select(version => version.Number)];

        Assert.Equal([1, 4], Had(0, 5, Noted(1, 0), Noted(4, 1)));
        Assert.Equal([2], Had(0, 5, Noted(1, 2), Noted(2, 0)));
        Assert.Equal([3, 4], Had(2, 5, Noted(1, 0), Noted(3, 1), Noted(4, 3)));
        Assert.Equal([1], Had(0, 5, Noted(1, 3)));
        Assert.Empty(Had(6, 5, Noted(1, 6)));
    }

    private Task<IDocument> ChangesAsync(int id) => newsroom.ReadAsync($"/world/{id}/x/changes");

    private async Task RepublishAsync(int id, Func<StoryText, StoryText> change, bool isSubstantive, string reason)
    {
        await newsroom.RewriteAsync(id, change);
        var number = (await newsroom.StoryAsync(id)).RevisionNumber;
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.PublishAsync(id, number, isSubstantive: isSubstantive, reason: reason));
    }
}
