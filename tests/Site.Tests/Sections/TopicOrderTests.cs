using LondonDefender.Stories;

namespace LondonDefender.Tests.Sections;

/// <summary>A topic keeps its stories' moments for itself; they must be the stories' own.</summary>
public sealed class TopicOrderTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_story_whose_moment_is_moved_moves_in_its_topic()
    {
        var sooner = await newsroom.PublishAsync(InHarbour("Tugs arrive"), Edition.Morning.AddHours(1));
        var later = await newsroom.PublishAsync(InHarbour("Cranes stop"), Edition.Morning.AddHours(2));
        var takenBack = await newsroom.PublishAsync(InHarbour("Pilots strike"), Edition.Morning.AddHours(1));

        await newsroom.Desk.EmbargoAsync(sooner, Edition.Morning.AddHours(3));
        await newsroom.Desk.TakeScheduleBackAsync(takenBack);
        newsroom.Clock.MoveTo(Edition.Morning.AddHours(2));
        Assert.Equal([later], await IdsAsync());

        newsroom.Clock.MoveTo(Edition.Morning.AddHours(4));
        Assert.Equal([sooner, later], await IdsAsync());
    }

    private static StoryText InHarbour(string headline) => Edition.Told(headline, "In the harbour.") with { TopicIds = [Edition.Harbour] };

    private async Task<List<int>> IdsAsync() =>
        [.. (await newsroom.ReadAsync("/topics/harbour")).QuerySelectorAll("main .card-headline a").Select(a => int.Parse(a.GetAttribute("href")!.Split('/')[2], null))];
}
