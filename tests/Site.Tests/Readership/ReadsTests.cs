using System.Net;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Readership;

public sealed class ReadsTests(CountingNewsroom newsroom) : IClassFixture<CountingNewsroom>
{
    private readonly ReaderAtBrowser reader = new(newsroom);

    [Fact]
    public async Task A_page_that_is_opened_is_read_once_each_time()
    {
        var story = await newsroom.PublishStoryAsync();

        await reader.OpenAsync(story);
        await reader.OpenAsync(story, from: "/search?q=count");
        await reader.OpenAsync(story, null, ("Referer", "https://search.example/?q=story"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(3, await newsroom.ReadsAsync(story));
    }

    [Theory]
    [InlineData("Sec-Purpose", "prefetch")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Sec-Purpose", "prefetch;anonymous-client-ip")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    [InlineData("Sec-Fetch-Dest", "empty")]
    [InlineData("Sec-Fetch-Dest", "iframe")]
    [InlineData("Cache-Control", "max-age=0")]
    [InlineData("Cache-Control", "no-cache")]
    public async Task A_page_that_nobody_means_to_read_now_is_not_read(string header, string value)
    {
        var story = await newsroom.PublishStoryAsync();

        Assert.Equal(HttpStatusCode.OK, await reader.OpenAsync(story, null, (header, value)));

        Assert.Equal(0, await newsroom.ReadsAsync(story));
    }

    [Theory]
    [InlineData("")]
    [InlineData("curl/8.5.0")]
    [InlineData("python-requests/2.32")]
    [InlineData("Googlebot/2.1 (+http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) Chrome/126.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 11; moto g power) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Mobile Safari/537.36 Chrome-Lighthouse")]
    [InlineData("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36 (Mediapartners-Google)")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")]
    public async Task A_robot_does_not_read(string agent)
    {
        var story = await newsroom.PublishStoryAsync();

        Assert.Equal(HttpStatusCode.OK, await new ReaderAtBrowser(newsroom, agent).OpenAsync(story));

        Assert.Equal(0, await newsroom.ReadsAsync(story));
    }

    [Theory]
    [InlineData(ReaderAtBrowser.Firefox)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38;FBDV/iPhone14,5]")]
    public async Task A_person_reads_with_whatever_browser(string agent)
    {
        var story = await newsroom.PublishStoryAsync();

        await new ReaderAtBrowser(newsroom, agent).OpenAsync(story);

        Assert.Equal(1, await newsroom.ReadsAsync(story));
    }

    [Fact]
    public async Task Looking_at_a_page_from_the_newsroom_is_no_reading()
    {
        var story = await newsroom.PublishStoryAsync();

        await reader.OpenAsync(story, from: $"/desk/stories/{CountingNewsroom.IdIn(story)}");

        Assert.Equal(0, await newsroom.ReadsAsync(story));
    }

    [Fact]
    public async Task Only_the_story_itself_is_read_and_not_what_leads_there_or_is_left_of_it()
    {
        var story = await newsroom.PublishStoryAsync();
        await newsroom.Reader.SendAsync(new(HttpMethod.Head, story) { Headers = { { "User-Agent", ReaderAtBrowser.Chrome } } });
        Assert.Equal(HttpStatusCode.MovedPermanently, await reader.OpenAsync($"/world/{CountingNewsroom.IdIn(story)}/old-words"));
        Assert.Equal(0, await newsroom.ReadsAsync(story));

        await newsroom.Desk.WithdrawAsync(CountingNewsroom.IdIn(story), null);
        Assert.Equal(HttpStatusCode.Gone, await reader.OpenAsync(story));

        Assert.Equal(0, await newsroom.ReadsAsync(story));
    }

    [Fact]
    public async Task A_read_belongs_to_the_day_of_the_papers_clock()
    {
        await using var paper = new CountingNewsroom { Clock = new(new(2026, 7, 1, 22, 50, 0, TimeSpan.Zero)) };
        await paper.InitializeAsync();
        var story = await paper.PublishStoryAsync();
        var late = new ReaderAtBrowser(paper);

        await late.OpenAsync(story);
        paper.Clock.MoveBy(TimeSpan.FromMinutes(20));
        await late.OpenAsync(story);
        await paper.Writer.WriteAsync();

        await using var db = await paper.OpenDbAsync();
        var days = await db.StoryReads.OrderBy(read => read.Day).Select(read => new { read.Day, read.Reads }).ToListAsync();
        Assert.Equal([new { Day = new DateOnly(2026, 7, 1), Reads = 1 }, new { Day = new DateOnly(2026, 7, 2), Reads = 1 }], days);
    }
}
