using System.Net;
using LondonDefender.Data;
using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Stories.Publishing;

/// <summary>While proceedings are active a story is offered nowhere by itself, and nothing is offered beside it, but by an editor's hand.</summary>
public sealed class ProceedingsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_marked_story_stands_on_no_list_that_fills_itself_and_its_page_has_none()
    {
        var trial = await newsroom.PublishAsync(Told("Harbourmaster on trial for fraud"));
        var neighbour = await newsroom.PublishAsync(Told("Harbourmaster retires after fraud inquiry"));
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        var later = await newsroom.PublishAsync(Told("Harbour fraud, the figures") with { Copy = $"One.\n\nREAD MORE: story:{neighbour}\n\nTwo.\n\nREAD MORE: story:{trial}" });
        Assert.Contains(trial, await OfferedBesideAsync(neighbour));
        Assert.Contains(neighbour, await OfferedBesideAsync(trial));
        Assert.Contains(later, await OfferedBesideAsync(neighbour));

        await MarkAsync(trial, true);
        Assert.DoesNotContain(trial, await OfferedBesideAsync(neighbour));
        Assert.Empty(await OfferedBesideAsync(trial));
        await MarkAsync(later, true);
        Assert.DoesNotContain(later, await OfferedBesideAsync(neighbour));

        await MarkAsync(trial, false);
        Assert.Contains(trial, await OfferedBesideAsync(neighbour));
        Assert.Contains(neighbour, await OfferedBesideAsync(trial));
    }

    [Fact]
    public async Task What_an_editor_picked_by_hand_stays_and_so_do_sections_feeds_and_search()
    {
        var trial = await newsroom.PublishAsync(Told("Ferryman in the dock over ballast"));
        var picked = await newsroom.PublishAsync(Told("Ballast explained") with { RelatedIds = [trial], Copy = $"One.\n\nREAD MORE: story:{trial}" });
        await MarkAsync(trial, true);

        Assert.Contains($"/{trial}/", (await newsroom.ReadStoryAsync(picked)).QuerySelector("aside a")!.GetAttribute("href"), StringComparison.Ordinal);
        foreach (var list in new[] { "/world", "/", "/rss.xml", "/topics/harbour", "/search?q=ballast" })
            Assert.Contains($"/{trial}/", await newsroom.Reader.GetStringAsync(list), StringComparison.Ordinal);
        Assert.Contains("Proceedings active", (await newsroom.Editor.OpenAsync("/desk?words=Ferryman")).QuerySelector(".story-list")!.TextContent, StringComparison.Ordinal);
        var page = await newsroom.Editor.OpenAsync($"/desk/stories/{trial}");
        Assert.True(page.QuerySelector("#proceedings")!.HasAttribute("checked"));
        Assert.Contains("Marked: proceedings are active", page.QuerySelector(".receipts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_writer_who_marks_a_draft_is_not_offered_to_look_for_it_in_the_paper()
    {
        var draft = await newsroom.Desk.BeginAsync(await newsroom.IdOfAsync(newsroom.Writer), Told("Written, and not given to readers"));
        await newsroom.Writer.OpenAsync("/desk");

        Assert.Equal(HttpStatusCode.OK, (await newsroom.Writer.CallAsync(HttpMethod.Post, $"/desk/stories/{draft}/proceedings", new { areActive = true })).StatusCode);

        var receipts = (await newsroom.Writer.OpenAsync($"/desk/stories/{draft}")).QuerySelector(".receipts")!;
        Assert.Contains("Marked: proceedings are active", receipts.TextContent, StringComparison.Ordinal);
        Assert.Null(receipts.QuerySelector("[data-look-again]"));
    }

    [Fact]
    public async Task A_marked_story_is_not_among_the_most_read()
    {
        List<int> stories = [];
        for (var number = 0; number < 4; number++)
            stories.Add(await newsroom.PublishAsync(Told($"Much read, number {number}")));
        await using (var db = await newsroom.OpenDbAsync())
        {
            var today = DateOnly.FromDateTime(newsroom.Clock.GetUtcNow().UtcDateTime);
            foreach (var id in stories)
                await db.Database.ExecuteSqlAsync($"INSERT INTO story_reads (story_id, day, reads) VALUES ({id}, {today}, {100})");
        }

        await MarkAsync(stories[1], true);

        await using var looking = await newsroom.OpenDbAsync();
        var settings = await looking.PaperSettings.SingleAsync();
        var listed = await MostRead.NowAsync(looking, new(settings.Zone), newsroom.Clock.GetUtcNow(), 10, CancellationToken.None);
        Assert.Equal(stories.Where(id => id != stories[1]).Order(), listed.Select(story => story.Id).Order());
    }

    [Fact]
    public async Task What_lists_that_fill_themselves_may_offer_is_said_twice_and_means_the_same()
    {
        var now = newsroom.Clock.GetUtcNow();
        var marked = await newsroom.PublishAsync(Told("Marked"));
        var free = await newsroom.PublishAsync(Told("Not marked"));
        await MarkAsync(marked, true);

        await using var db = await newsroom.OpenDbAsync();
        var inLinq = await db.Stories.OfferedByItself(now).Where(s => s.Id == marked || s.Id == free).Select(s => s.Id).ToListAsync();
        await using var answers = await db.AskAsync(CancellationToken.None, BriefRows.OfferedOf([marked, free], now));

        Assert.Equal([free], inLinq);
        Assert.Equal([free], (await answers.AllAsync(BriefRows.Read)).Select(story => story.Id));
    }

    private static StoryText Told(string headline) => Edition.Told(headline, "It was so.") with { TopicIds = [Edition.Harbour] };

    private async Task MarkAsync(int id, bool areActive)
    {
        await newsroom.Editor.OpenAsync("/desk");
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/proceedings", new { areActive })).StatusCode);
    }

    /// <summary>The stories that the lists at the end of a page lead to.</summary>
    private async Task<List<int>> OfferedBesideAsync(int id) => [.. (await newsroom.ReadStoryAsync(id)).QuerySelectorAll(".related a, .later-on a")
        .Select(link => StoryAddress.IdAt(link.GetAttribute("href")!)).OfType<int>().Distinct()];
}
