using LondonDefender.Readership;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.BrowserTests.Everybody;

public sealed class ReadersPagesTests(ABrowser browser, FirstStart newsroom) : IClassFixture<FirstStart>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/politics")]
    [InlineData("/topics/haume-floods")]
    [InlineData("/by/ingrid-falloway")]
    [InlineData("/archive")]
    [InlineData("/search")]
    [InlineData("/search?q=haume+barrier")]
    [InlineData("/search?q=zeppelin&section=sport")]
    [InlineData("/search?q=huame")]
    [InlineData("/search?q=haume&topic=haume-floods&order=newest")]
    [InlineData("/search?from=yesterday")]
    [InlineData("/nothing/here", 404)]
    public async Task A_readers_page_is_for_everybody(string address, int status = 200)
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        Assert.Equal(status, (await reader.OpenAsync(address)).Status);

        await Inspection.PassesAsync(reader, address);
    }

    [Fact]
    public async Task A_month_and_a_day_of_the_calendar_are_for_everybody()
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/archive");
        await reader.Page.Locator(".months a").First.ClickAsync();
        await Inspection.PassesAsync(reader, "a month");

        await reader.Page.Locator(".calendar td a").Last.ClickAsync();
        await Inspection.PassesAsync(reader, "a day");
    }

    [Theory]
    [InlineData("Poland’s president urges NATO to step up as Russian troops move near Ukraine")]
    [InlineData("Haume valley braced for second crest as Haumeford clears its streets")]
    [InlineData("The republic that sold its sea")]
    [InlineData("Haume flood live: crews dig in at Haumeford as the second crest comes down the valley")]
    [InlineData("Engineers warned of Haume barrier fault three winters ago")]
    [InlineData("Tolmarra’s election goes to a second round after a night of recounts")]
    public async Task A_story_is_for_everybody(string headline)
    {
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        Assert.Equal(200, (await reader.OpenAsync($"/story/{await FindAsync(headline)}")).Status);

        await Inspection.PassesAsync(reader, headline);
    }

    [Fact]
    public async Task A_withdrawn_storys_page_is_for_everybody()
    {
        var withdrawn = await FindAsync("Rivers secretary vows to stay as memo row deepens");
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(withdrawn, successorId: await FindAsync("Four nights on Sallow Lane")));
        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        Assert.Equal(410, (await reader.OpenAsync($"/story/{withdrawn}")).Status);

        await Inspection.PassesAsync(reader, "a withdrawn story");
    }

    [Fact]
    public async Task What_is_read_most_is_for_everybody()
    {
        await using (var db = await newsroom.OpenDbAsync())
        {
            var day = DateOnly.FromDateTime(newsroom.Clock.GetUtcNow().Date);
            db.AddRange((await db.Stories.Where(s => s.PublishedNumber != null).Select(s => s.Id).ToListAsync()).Select(id => new StoryReads { StoryId = id, Day = day, Reads = 10 + id }));
            await db.SaveChangesAsync();
        }

        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/most-read");
        await Expect.That(reader.Page.Locator(".most-read")).ToHaveCountAsync(2);

        await Inspection.PassesAsync(reader, "most read");
    }

    private async Task<int> FindAsync(string headline)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.Where(story => story.Draft.Headline == headline).Select(story => story.Id).SingleAsync();
    }
}
