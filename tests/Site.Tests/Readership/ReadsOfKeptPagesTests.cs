namespace LondonDefender.Tests.Readership;

/// <summary>A page counts the same whether it was made for its reader or kept for all.</summary>
public sealed class ReadsOfKeptPagesTests(CountingNewsroomWithKeptPages newsroom) : IClassFixture<CountingNewsroomWithKeptPages>
{
    [Fact]
    public async Task A_kept_page_is_read_once_each_time_it_is_opened()
    {
        var reader = new ReaderAtBrowser(newsroom);
        var story = await newsroom.PublishStoryAsync();
        // The first to come is a robot: what is printed for it counts for nobody.
        await new ReaderAtBrowser(newsroom, "curl/8.5.0").OpenAsync(story);

        await reader.OpenAsync(story);
        await reader.OpenAsync(story, from: "/search?q=count");
        await reader.PrerenderAsync(story, from: "/");
        await new ReaderAtBrowser(newsroom, "Googlebot/2.1 (+http://www.google.com/bot.html)").OpenAsync(story);

        Assert.Equal(2, await newsroom.ReadsAsync(story));
    }
}

public sealed class CountingNewsroomWithKeptPages : CountingNewsroom
{
    protected override IEnumerable<string> MoreSettings => ["--Paper:PageCache=true"];
}
