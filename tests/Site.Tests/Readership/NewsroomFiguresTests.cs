using LondonDefender.Readership;
using LondonDefender.Staff;

namespace LondonDefender.Tests.Readership;

/// <summary>What the newsroom is told about how its links are followed.</summary>
public sealed class NewsroomFiguresTests : IAsyncLifetime
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Edition.Morning.Date);

    private readonly CountingNewsroom newsroom = new();
    private StaffMember editor = null!;
    private string target = "";

    public async ValueTask InitializeAsync()
    {
        await newsroom.InitializeAsync();
        editor = await newsroom.SignInAsync(Role.Editor);
        target = await newsroom.PublishStoryAsync();
    }

    public ValueTask DisposeAsync()
    {
        editor.Dispose();
        return newsroom.DisposeAsync();
    }

    [Fact]
    public async Task Beside_each_block_stands_how_often_it_was_followed_and_what_is_usual()
    {
        foreach (var follows in new[] { 10, 60, 0, 80, 20 })
            await CountedAsync(await LeadingStoryAsync(), reads: 1_000, follows);
        var story = await LeadingStoryAsync();
        await CountedAsync(story, reads: 1_830, follows: 214);

        // Of 1, 6, 0, 8, 2 and 11.7 % the middle is 4.
        Assert.Equal("Followed 214 times in 1,830 reads of the last 28 days: 11.7 %; usual for a link here is 4 %.", await SaidAsync(story));
    }

    [Fact]
    public async Task A_link_nobody_followed_is_told_as_one()
    {
        var story = await LeadingStoryAsync();
        await CountedAsync(story, reads: 80, follows: 0);

        Assert.Equal("Never followed in 80 reads of the last 28 days: 0 %. What is usual here cannot be told yet.", await SaidAsync(story));
    }

    [Fact]
    public async Task Of_few_reads_no_share_is_told()
    {
        var story = await LeadingStoryAsync();
        await CountedAsync(story, reads: 49, follows: 1);

        Assert.Equal("Followed once in 49 reads of the last 28 days: too few to tell.", await SaidAsync(story));
    }

    [Fact]
    public async Task Of_a_story_nobody_has_read_nothing_is_told()
    {
        var story = await LeadingStoryAsync();
        await CountedAsync(story, reads: 900, follows: 90, Today.AddDays(-28));

        Assert.Null(await SaidAsync(story));
    }

    [Fact]
    public async Task All_stories_stand_in_one_table()
    {
        var story = await LeadingStoryAsync();
        await CountedAsync(story, reads: 1_200, follows: 30);
        await CountedAsync(story, reads: 300, follows: 0, Today.AddDays(-6));
        await CountedAsync(story, reads: 4_000, follows: 70, Today.AddDays(-20));
        await CountedAsync(target, reads: 60, follows: null);

        var week = await RowsAsync("/desk/readers");
        var month = await RowsAsync("/desk/readers?days=28");
        var today = await RowsAsync("/desk/readers?days=1");

        Assert.Equal(["Story number 2 of the count", "1,200", "1,500", "5,500", "30 2 %", "0"], week[0]);
        Assert.Equal(["Story number 1 of the count", "60", "60", "60", "0", "30 50 %"], week[1]);
        Assert.Equal(["Story number 2 of the count", "1,200", "1,500", "5,500", "100 1.8 %", "0"], month[0]);
        Assert.Equal(["Story number 2 of the count", "1,200", "1,500", "5,500", "30 2.5 %", "0"], today[0]);
    }

    [Theory]
    [InlineData("/desk/readers?days=x")]
    [InlineData("/desk/readers?days=7&days=28")]
    public async Task A_span_nobody_offers_is_a_week(string address)
    {
        await CountedAsync(target, reads: 60, follows: null);

        Assert.Equal("Last 7 days", (await editor.OpenAsync(address)).QuerySelector(".spans [aria-current]")!.TextContent);
    }

    private Task<string> LeadingStoryAsync() => newsroom.PublishStoryAsync($"One.\n\nREAD MORE: story:{CountingNewsroom.IdIn(target)}");

    private async Task CountedAsync(string story, int reads, int? follows, DateOnly? day = null)
    {
        await using var db = await newsroom.OpenDbAsync();
        db.Add(new StoryReads { StoryId = CountingNewsroom.IdIn(story), Day = day ?? Today, Reads = reads });
        if (follows is > 0)
            db.Add(new StoryFollows { FromId = CountingNewsroom.IdIn(story), Block = 0, ToId = CountingNewsroom.IdIn(target), Day = day ?? Today, Follows = follows.Value });
        await db.SaveChangesAsync();
    }

    private async Task<string?> SaidAsync(string story) =>
        (await editor.OpenAsync($"/desk/stories/{CountingNewsroom.IdIn(story)}")).QuerySelector("#report .link-figures")?.TextContent.Trim();

    private async Task<List<List<string>>> RowsAsync(string address) =>
        [.. (await editor.OpenAsync(address)).QuerySelectorAll(".figures tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList())];
}
