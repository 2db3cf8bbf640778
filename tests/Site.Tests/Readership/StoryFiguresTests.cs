using AngleSharp.Dom;
using LondonDefender.Readership;

namespace LondonDefender.Tests.Readership;

/// <summary>The page with one story's figures.</summary>
public sealed class StoryFiguresTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Edition.Morning.Date);

    [Fact]
    public async Task A_story_shows_its_days_where_readers_came_from_and_where_they_went()
    {
        var next = await newsroom.PublishAsync(Edition.Told("The next story", "One."));
        var story = await newsroom.PublishAsync(Edition.Told("The story itself", $"One.\n\nREAD MORE: [Out](https://paper.example)\n\nTwo.\n\nRELATED: story:{next}\n\nThree."));
        var before = await newsroom.PublishAsync(Edition.Told("The story before", $"One.\n\nREAD MORE: story:{story}\n\nTwo."));
        await using (var db = await newsroom.OpenDbAsync())
        {
            db.AddRange(new StoryReads { StoryId = story, Day = Today, Reads = 200 }, new StoryReads { StoryId = story, Day = Today.AddDays(-3), Reads = 1_000 }, new StoryReads { StoryId = story, Day = Today.AddDays(-60), Reads = 5 });
            db.AddRange(new StoryFollows { FromId = story, Block = 1, ToId = next, Day = Today, Follows = 30 }, new StoryFollows { FromId = story, Block = -1, ToId = before, Day = Today, Follows = 6 },
                new StoryFollows { FromId = before, Block = 0, ToId = story, Day = Today.AddDays(-3), Follows = 300 });
            await db.SaveChangesAsync();
        }

        var page = await newsroom.Writer.OpenAsync($"/desk/stories/{story}/figures");

        Assert.Equal(["1,200", "36 3 %", "300 25 %", "900 75 %"], page.QuerySelectorAll(".sums dd").Select(sum => Spaced(sum.TextContent)));
        Assert.Equal(28, page.QuerySelectorAll(".days-table tbody tr").Length);
        Assert.Equal("Tuesday 10 March 2026 200", Spaced(string.Join(' ', page.QuerySelector(".days-table tbody tr")!.Children.Select(cell => cell.TextContent))));
        Assert.Equal(2, page.QuerySelectorAll(".day-chart rect").Length);
        Assert.Contains("most, 1,000, on 7 Mar", page.QuerySelector("#chart-words")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["The next story RELATED, block 2 of 2 30 times", "The story before related list 6 times"], Rows(page, "on"));
        Assert.Equal(["The story before READ MORE, block 1 of 1 300 times"], Rows(page, "here"));
        Assert.Equal("1,205", (await newsroom.Writer.OpenAsync($"/desk/stories/{story}/figures?days=90")).QuerySelector(".sums dd")!.TextContent.Trim());
        Assert.NotNull((await newsroom.Editor.OpenAsync($"/desk/stories/{story}")).QuerySelector($".editor-state a[href='/desk/stories/{story}/figures']"));
        Assert.NotNull((await newsroom.Editor.OpenAsync("/desk")).QuerySelector($".story-list a[href='/desk/stories/{story}/figures']"));
    }

    [Fact]
    public async Task A_story_that_nobody_read_says_so_and_one_that_is_not_there_too()
    {
        var story = await newsroom.PublishAsync(Edition.Told("Unread", "One."));

        Assert.Contains("Nobody has read it", (await newsroom.Writer.OpenAsync($"/desk/stories/{story}/figures")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await newsroom.Writer.GetAsync("/desk/stories/999999/figures")).StatusCode);
    }

    private static List<string> Rows(IDocument page, string table) => [.. page.QuerySelectorAll($"table[aria-labelledby={table}] tbody tr").Select(row => Spaced(string.Join(' ', row.Children.Select(cell => cell.TextContent))))];

    private static string Spaced(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
