using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Stories;

/// <summary>What an editor is told about a story that went live by itself.</summary>
public sealed class ReceiptTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_story_that_was_due_while_no_node_ran_is_live_at_the_first_request_and_says_why_it_was_late()
    {
        var clock = new MovableClock(Edition.Morning);
        await using var paper = new Newsroom { Clock = clock };
        await paper.InitializeAsync();
        await TellAsync(paper);
        var id = await paper.PublishAsync(Edition.BridgeOpens, clock.GetUtcNow().AddHours(1));
        await paper.StopAsync();

        clock.MoveBy(TimeSpan.FromHours(3));
        await using var again = await AnotherNode.StartAsync(paper);
        Assert.Equal("Bridge over the Wend opens at last", (await again.ReadStoryAsync(id)).QuerySelector("h1")!.TextContent.Trim());

        await TellAsync(again);
        using var editor = await again.SignInAsync(Role.Editor);
        Assert.Equal("went live 2 hours late. No node of the paper was running when it was due.", await ReceiptShownAsync(editor, id));
    }

    [Fact]
    public async Task A_story_on_time_says_so_and_one_that_is_live_already_is_told_of_once()
    {
        await TellAsync(newsroom);
        var due = newsroom.Clock.GetUtcNow().AddHours(1);
        var id = await newsroom.PublishAsync(Edition.FerryCloses, due);
        newsroom.Clock.MoveTo(due);

        var told = await TellAsync(newsroom);
        var again = await TellAsync(newsroom);

        using var editor = await newsroom.SignInAsync(Role.Editor);
        Assert.Equal("went live 0.00 s after it was due", await ReceiptShownAsync(editor, id));
        Assert.DoesNotContain(again, receipt => receipt.StoryId == id);
        // The clock that runs in the background may have been first.
        Assert.All(told, receipt => Assert.Null(receipt.WhyLate));
    }

    private static Task<IReadOnlyList<Receipt>> TellAsync(Newsroom paper) =>
        paper.Services.GetRequiredService<PublishingClock>().TellAsync(CancellationToken.None);

    private static async Task<string?> ReceiptShownAsync(StaffMember editor, int id) =>
        (await editor.OpenAsync($"/desk/stories/{id}")).QuerySelector(".receipt")?.TextContent;
}
