using System.Globalization;
using LondonDefender.Readership;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class A_reader_follows_a_link(ABrowser browser, FirstStart newsroom) : IClassFixture<FirstStart>
{
    private const string Reader = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
    private const string ReadMore = ".read-more a[ping]";

    [Fact]
    public async Task What_a_read_more_leads_to_is_there_before_the_click_and_counted_once_after_it()
    {
        var (story, target) = await LeadingStoryAsync(number: 0);
        await using var chromium = await PlainChromium.StartAsync(browser);
        await chromium.OpenAsync(new(newsroom.Address, story));

        var prerendered = await chromium.HoverUntilPrerenderedAsync(ReadMore);
        var before = await CountedAsync(story, target);
        var activation = chromium.ActivationAsync(prerendered);
        await chromium.ClickAsync(ReadMore);

        Assert.InRange(await activation, 1, double.MaxValue);
        await FollowedAsync(story, target, before.Follows);
        Assert.Equal(before with { Reads = before.Reads + 1, Follows = before.Follows + 1 }, await CountedAsync(story, target));
    }

    [Fact]
    public async Task The_fronts_lead_is_there_before_the_click_and_read_once_after_it()
    {
        const string lead = ".lead-story a[ping]";
        var target = (await newsroom.ReadAsync("/")).QuerySelector(lead)!.GetAttribute("href")!;
        await using var chromium = await PlainChromium.StartAsync(browser);
        await chromium.OpenAsync(newsroom.Address);

        var prerendered = await chromium.HoverUntilPrerenderedAsync(lead);
        var before = (await CountedAsync(target, target)).Reads;
        var activation = chromium.ActivationAsync(prerendered);
        await chromium.ClickAsync(lead);

        Assert.InRange(await activation, 1, double.MaxValue);
        await UntilAsync(async () => (await CountedAsync(target, target)).Reads == before + 1);
    }

    [Fact]
    public async Task A_link_that_is_followed_with_the_keyboard_is_counted_once()
    {
        var (story, target) = await LeadingStoryAsync(number: 1);
        await using var reader = await Visitor.ComeAsync(browser, newsroom, options => options.UserAgent = Reader);
        await reader.OpenAsync(story);
        var before = await CountedAsync(story, target);

        await reader.Page.Locator(ReadMore).First.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        await Expect.That(reader.Page).ToHaveURLAsync(new Uri(newsroom.Address, target).ToString());

        await FollowedAsync(story, target, before.Follows);
        Assert.Equal(before with { Reads = before.Reads + 1, Follows = before.Follows + 1 }, await CountedAsync(story, target));
        Assert.Empty(reader.Troubles);
    }

    [Fact]
    public async Task Pages_move_into_each_other_only_for_readers_who_like_movement()
    {
        foreach (var (motion, moves) in new[] { (ReducedMotion.NoPreference, true), (ReducedMotion.Reduce, false) })
        {
            await using var reader = await Visitor.ComeAsync(browser, newsroom, options => options.ReducedMotion = motion);
            await reader.OpenAsync("/");
            var revealed = await reader.Page.EvaluateAsync<bool>("""
                () => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
                  .filter(rule => rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches)
                  .flatMap(rule => [...rule.cssRules])
                  .some(rule => rule instanceof CSSViewTransitionRule && rule.navigation === 'auto')
                """);
            Assert.Equal(moves, revealed);
        }
    }

    /// <summary>A story of the demo edition with a READ MORE line, another one for each number, and where the line leads.</summary>
    private async Task<(string Story, string Target)> LeadingStoryAsync(int number)
    {
        List<(string, string)> found = [];
        HashSet<string> used = [];
        foreach (var address in (await newsroom.ReadAsync("/")).QuerySelectorAll(".card-headline a").Select(link => link.GetAttribute("href")!).Distinct())
        {
            if ((await newsroom.ReadAsync(address)).QuerySelector(ReadMore) is { } link && used.Add(address) && used.Add(link.GetAttribute("href")!))
                found.Add((address, link.GetAttribute("href")!));
        }

        return found[number];
    }

    private Task FollowedAsync(string story, string target, int before) => UntilAsync(async () => (await CountedAsync(story, target)).Follows > before);

    private sealed record Counted(int OfTheStory, int Reads, int Follows);

    private async Task<Counted> CountedAsync(string story, string target)
    {
        await newsroom.Services.GetRequiredService<TallyWriter>().WriteAsync();
        await using var db = await newsroom.OpenDbAsync();
        var (from, to) = (IdIn(story), IdIn(target));
        return new(
            await db.StoryReads.Where(read => read.StoryId == from).SumAsync(read => read.Reads),
            await db.StoryReads.Where(read => read.StoryId == to).SumAsync(read => read.Reads),
            await db.StoryFollows.Where(follow => follow.FromId == from && follow.ToId == to).SumAsync(follow => follow.Follows));
    }

    private static int IdIn(string address) => int.Parse(address.Split('/')[2], CultureInfo.InvariantCulture);

    /// <summary>The ping comes a moment after the page.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
        while (!await isSo())
            patience.ThrowIfCancellationRequested();
    }
}
