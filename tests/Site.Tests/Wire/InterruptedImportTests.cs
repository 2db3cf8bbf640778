using System.Text.RegularExpressions;
using LondonDefender.Data;
using LondonDefender.Pictures;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LondonDefender.Tests.Wire;

public sealed partial class InterruptedImportTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-import-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The clock is asked twice for each story that is begun, once for each that is tied or published.
    [Theory]
    [InlineData(24)]
    [InlineData(105)]
    [InlineData(140)]
    public async Task A_demo_edition_whose_first_start_was_killed_is_whole_after_the_second(int asked)
    {
        await using var paper = new EmptyNewsroom();
        await paper.InitializeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadDemoUntilAsync(paper, asked));

        await paper.Services.GetRequiredService<DemoEdition>().LoadIntoEmptyAsync();

        await using var db = await paper.OpenDbAsync();
        var states = (await db.Stories.AsNoTracking().ToListAsync()).CountBy(s => s.StateAt(paper.Clock.GetUtcNow())).ToDictionary();
        var files = Directory.GetFiles(Path.Combine(SourceTree.Site, "Wire", "DemoEdition"), "*.md").Select(File.ReadAllText).ToList();
        Assert.Equal(files.Count, states.Values.Sum());
        Assert.Equal(files.Count(f => f.Contains("\nstate: draft\n", StringComparison.Ordinal)), states[StoryState.Draft]);
        Assert.Equal(files.Count(f => f.Contains("\nstate: withdrawn\n", StringComparison.Ordinal)), states[StoryState.Withdrawn]);
        Assert.DoesNotContain(await db.Stories.Select(s => s.Draft.Copy).ToListAsync(), copy => FileLink().IsMatch(copy));
        Assert.Equal("Poland’s president urges NATO to step up as Russian troops move near Ukraine", (await paper.ReadAsync("/")).QuerySelector(".card-lead .card-headline")!.TextContent);
    }

    [Fact]
    public async Task Running_a_killed_import_again_finishes_it_and_says_so()
    {
        Write("a.md", "---\nheadline: Killed A\nrelated: [Killed C]\n---\nOne.\n\nREAD MORE: [B](story:b.md)");
        Write("b.md", "---\nheadline: Killed B\n---\nTwo.");
        Write("c.md", "---\nheadline: Killed C\nstate: draft\n---\nThree.");
        await BeginOnlyAsync(stories: 2);

        var (result, report) = await ImportAsync(publish: true);

        Assert.Equal(0, result);
        var (a, b, c) = (await ByHeadlineAsync("Killed A"), await ByHeadlineAsync("Killed B"), await ByHeadlineAsync("Killed C"));
        Assert.Equal($"One.\n\nREAD MORE: [B](story:{b.Id})", a.Draft.Copy);
        Assert.Equal([c.Id], a.Draft.RelatedIds);
        Assert.Equal((StoryState.Live, StoryState.Live, StoryState.Draft), (StateOf(a), StateOf(b), StateOf(c)));
        Assert.Contains($"a.md is story {a.Id}, live: Killed A", report, StringComparison.Ordinal);
        Assert.Contains($"b.md is story {b.Id}, live: Killed B", report, StringComparison.Ordinal);
        Assert.Contains("1 taken in, 2 here already, 0 left out.", report, StringComparison.Ordinal);

        var (_, again) = await ImportAsync(publish: true);

        Assert.Contains($"a.md is here already, as story {a.Id}.", again, StringComparison.Ordinal);
        Assert.Contains($"c.md is here already, as story {c.Id}.", again, StringComparison.Ordinal);
        Assert.Equal(2, (await newsroom.StoryAsync(a.Id)).RevisionNumber);
    }

    [Fact]
    public async Task What_an_editor_had_in_hand_meanwhile_stays_as_it_is()
    {
        foreach (var name in new[] { "saved", "embargoed", "unscheduled", "withdrawn", "back" })
            Write($"{name}.md", $"---\nheadline: In hand, {name}\n---\nSee [another](story:saved.md).");
        await BeginOnlyAsync(stories: 5);
        var editor = await newsroom.IdOfAsync(await newsroom.SignInAsync(Role.Editor));
        var ids = new Dictionary<string, int>();
        foreach (var name in new[] { "saved", "embargoed", "unscheduled", "withdrawn", "back" })
            ids[name] = (await ByHeadlineAsync($"In hand, {name}")).Id;
        await newsroom.Desk.SaveAsync(ids["saved"], 1, (await newsroom.StoryAsync(ids["saved"])).Draft with { Kicker = "Mine" }, editor);
        await newsroom.Desk.EmbargoAsync(ids["embargoed"], newsroom.Clock.GetUtcNow().AddDays(1));
        await newsroom.Desk.PublishAsync(ids["unscheduled"], 1, newsroom.Clock.GetUtcNow().AddDays(1));
        await newsroom.Desk.TakeScheduleBackAsync(ids["unscheduled"]);
        foreach (var id in new[] { ids["withdrawn"], ids["back"] })
        {
            await newsroom.Desk.PublishAsync(id, 1);
            await newsroom.Desk.WithdrawAsync(id);
        }

        await newsroom.Desk.BringBackAsync(ids["back"]);

        var (result, report) = await ImportAsync(publish: true);

        Assert.Equal(0, result);
        foreach (var (name, expected) in new[]
        {
            ("saved", StoryState.Draft), ("embargoed", StoryState.Draft), ("unscheduled", StoryState.Draft), ("withdrawn", StoryState.Withdrawn), ("back", StoryState.Live),
        })
        {
            var story = await newsroom.StoryAsync(ids[name]);
            Assert.Equal((name, expected), (name, StateOf(story)));
            Assert.Equal("See [another](story:saved.md).", story.Draft.Copy);
            Assert.Contains($"{name}.md is here already, as story {story.Id}.", report, StringComparison.Ordinal);
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private async Task<(int Result, string Report)> ImportAsync(bool publish)
    {
        await using var report = new StringWriter();
        var result = await newsroom.Services.GetRequiredService<Importer>().RunAsync(new() { Paths = [folder], Publish = publish }, report);
        return (result, report.ToString());
    }

    /// <summary>An import that is killed once so many stories lie there, untied and unpublished.</summary>
    private async Task BeginOnlyAsync(int stories)
    {
        using var end = new CancellationTokenSource();
        var importer = ImporterWith(newsroom, new CountingClock(newsroom.Clock, 2 * stories + 1, end.Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => importer.RunAsync(new() { Paths = [folder], Publish = true }, TextWriter.Null, end.Token));
    }

    private static async Task LoadDemoUntilAsync(Newsroom paper, int asked)
    {
        using var end = new CancellationTokenSource();
        var importer = ImporterWith(paper, new CountingClock(paper.Clock, asked, end.Cancel));
        var demo = new DemoEdition(Factory(paper), importer, paper.Clock, paper.Services.GetRequiredService<IConfiguration>(), NullLogger<DemoEdition>.Instance);
        await demo.LoadIntoEmptyAsync(end.Token);
    }

    private static Importer ImporterWith(Newsroom paper, TimeProvider clock) => new(Factory(paper), paper.Services.GetRequiredService<PictureIntake>(), clock, NullLogger<Importer>.Instance);

    private static IDbContextFactory<NewsroomDb> Factory(Newsroom paper) => paper.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>();

    private StoryState StateOf(Story story) => story.StateAt(newsroom.Clock.GetUtcNow());

    private async Task<Story> ByHeadlineAsync(string headline)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline == headline);
    }

    private sealed class EmptyNewsroom : Newsroom
    {
        protected override Task FillAsync() => Task.CompletedTask;
    }

    [GeneratedRegex(@"story:\S+\.md")]
    private static partial Regex FileLink();
}
