using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Fronts;
using LondonDefender.Paper;

namespace LondonDefender.Tests.Fronts;

public sealed class FrontFillingTests : IAsyncLifetime
{
    private readonly Newsroom newsroom = new();

    public ValueTask InitializeAsync() => newsroom.InitializeAsync();

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    [Fact]
    public async Task An_empty_paper_has_a_front_page()
    {
        var front = await newsroom.ReadAsync("/");

        Assert.Equal("London Defender", front.QuerySelector("h1")!.TextContent);
        Assert.Contains("first edition is in the making", front.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_containers_the_newest_stories_lead()
    {
        await PublishAsync(3);

        Assert.Equal(["Story 2", "Story 1", "Story 0"], await HeadlinesAsync());
    }

    [Fact]
    public async Task No_story_stands_twice_however_many_containers_would_take_it()
    {
        var ids = await PublishAsync(8);
        await ArrangeAsync(("Top", 3, null, [ids[0], ids[1]]), ("World", 4, Edition.World, [ids[1], ids[2]]), ("Again", 4, null, [ids[0]]));

        var shown = await HeadlinesAsync();

        Assert.Equal(shown.Distinct(), shown);
        Assert.Equal(8, shown.Count);
        Assert.Equal(["Story 0", "Story 1"], shown.Take(2));
    }

    [Fact]
    public async Task A_pin_further_down_is_not_taken_by_a_backfill_further_up()
    {
        var ids = await PublishAsync(4);
        await ArrangeAsync(("Top", 2, null, []), ("Picked", 2, null, [ids[3]]));

        var front = await newsroom.ReadAsync("/");

        Assert.Equal(["Story 2", "Story 1"], front.QuerySelectorAll(".slice-first .card-headline").Select(h => h.TextContent));
        Assert.Equal("Story 3", front.QuerySelectorAll(".slice:not(.slice-first) .card-headline")[0].TextContent);
    }

    [Fact]
    public async Task A_pin_that_is_withdrawn_or_not_yet_due_gives_way_and_comes_back_to_its_place()
    {
        var ids = await PublishAsync(3);
        var due = await newsroom.PublishAsync(Edition.Told("Tomorrow’s lead", "T."), newsroom.Clock.GetUtcNow().AddHours(1));
        await ArrangeAsync(("Top", 2, null, [due, ids[0]]));
        await newsroom.Desk.WithdrawAsync(ids[0]);

        Assert.Equal(["Story 2", "Story 1"], await HeadlinesAsync());

        await newsroom.Desk.BringBackAsync(ids[0]);
        newsroom.Clock.MoveBy(TimeSpan.FromHours(1));
        Assert.Equal(["Tomorrow’s lead", "Story 0"], await HeadlinesAsync());
    }

    [Fact]
    public async Task A_container_with_nothing_to_show_is_left_out()
    {
        await PublishAsync(1);
        await ArrangeAsync(("Top", 1, null, []), ("Britain", 3, Edition.Britain, []));

        Assert.DoesNotContain("Britain", (await newsroom.ReadAsync("/")).QuerySelectorAll("main h2").Select(h => h.TextContent.Trim()));
    }

    [Fact]
    public async Task Whatever_is_pinned_and_filled_nothing_is_shown_twice_and_nothing_too_much()
    {
        var ids = await PublishAsync(10);
        await using var db = await newsroom.OpenDbAsync();
        var container =
            from size in Gen.Choose(1, 6)
            from section in Gen.Elements<int?>(null, Edition.World, Edition.Britain)
            from pinned in Gen.Elements(ids).ListOf(4)
            select (size, section, pinned);

        Prop.ForAll(container.ListOf().ToArbitrary(), containers => Task.Run(async () =>
        {
            var arrangement = Arrangement([.. containers.Select(c => ("Any", c.size, c.section, c.pinned.ToArray()))]);

            var filled = await FrontFilling.DraftAsync(db, arrangement, new(new PaperSettings().Zone), new(), newsroom.Clock.GetUtcNow(), CancellationToken.None);

            var shown = filled.Containers.SelectMany(f => f.Stories).Select(s => s.Id).ToList();
            return shown.Distinct().Count() == shown.Count && filled.Containers.All(f => f.Stories.Count is > 0 and <= 12);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private async Task<int[]> PublishAsync(int count)
    {
        List<int> ids = [];
        for (var i = 0; i < count; i++)
            ids.Add(await newsroom.PublishAsync(Edition.Told($"Story {i}", "S.", i % 5 == 4 ? Edition.Britain : Edition.World), newsroom.Clock.GetUtcNow().AddMinutes(i - 60)));
        return [.. ids];
    }

    private Task ArrangeAsync(params (string Title, int Size, int? Section, int[] Pinned)[] containers) => newsroom.ArrangeAsync(Arrangement(containers));

    /// <summary>Pinned where it is first named: the front holds no story twice.</summary>
    private static FrontArrangement Arrangement((string Title, int Size, int? Section, int[] Pinned)[] containers)
    {
        HashSet<int> pinned = [];
        return new()
        {
            Containers = [.. containers.Select((container, index) => new Container
            {
                Key = $"{index}",
                Title = container.Title,
                Size = container.Size,
                Pins = [.. container.Pinned.Where(pinned.Add).Select(id => new PinnedCard { StoryId = id })],
                Fill = new() { SectionId = container.Section },
            })],
        };
    }

    private async Task<List<string>> HeadlinesAsync() => [.. (await newsroom.ReadAsync("/")).QuerySelectorAll("main .card-headline").Select(h => h.TextContent)];
}
