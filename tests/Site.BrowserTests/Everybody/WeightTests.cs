using System.Net.Http.Headers;
using LondonDefender.Stories;
using LondonDefender.Wire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Everybody;

/// <summary>The demo edition with its pictures in their places.</summary>
public sealed class PicturedEdition : FirstStart
{
    private const int EnoughForAPhone = 800;

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        await Services.GetRequiredService<DemoPictures>().ArriveAsync(TestContext.Current.CancellationToken, longestSide: EnoughForAPhone);
    }
}

/// <summary>What pages may weigh, in bytes as they travel. A change that makes them heavier has to say why here.</summary>
public sealed class WeightTests(ABrowser browser, PicturedEdition newsroom) : IClassFixture<PicturedEdition>
{
    private const int TextStory = 14 * 1024;
    private const int StoryWithElements = 17 * 1024;
    private const int FrontPageOnAPhone = 150 * 1024;

    [Fact]
    public async Task A_story_and_its_styles_fit_into_the_first_round_trip()
    {
        List<string> tooHeavy = [];
        foreach (var address in await StoriesAsync())
        {
            var page = await newsroom.ReadAsync(address);
            var weight = await WeightAsync(address);
            List<string> sheets = [.. page.QuerySelectorAll("link[rel=stylesheet]").Select(link => link.GetAttribute("href")!)];
            foreach (var sheet in sheets)
                weight += await WeightAsync(sheet);
            // Timelines, tables and their like bring a style sheet of their own.
            if (weight > (sheets.Count > 1 ? StoryWithElements : TextStory))
                tooHeavy.Add($"{address} weighs {weight:N0} bytes");
        }

        Assert.True(tooHeavy.Count == 0, string.Join("\n", tooHeavy));
    }

    [Fact]
    public async Task The_front_page_weighs_little_on_a_phone_with_every_picture_seen()
    {
        await using var reader = await OnAPhoneAsync();
        var network = await reader.Page.Context.NewCDPSessionAsync(reader.Page);
        long weight = 0;
        network.Event("Network.loadingFinished").OnEvent += (_, told) => weight += (long)told!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");

        await reader.OpenAsync("/");
        var pictures = await SeeEveryPictureAsync(reader.Page);

        Assert.InRange(pictures, 8, 40);
        Assert.True(weight <= FrontPageOnAPhone, $"The front page weighs {weight:N0} bytes with {pictures} pictures; {FrontPageOnAPhone:N0} is the most it may.");
        Assert.Equal(0, await reader.Page.EvaluateAsync<double>("shifted"));
        Assert.Empty(reader.Troubles);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/world")]
    [InlineData("story")]
    public async Task The_first_picture_waits_for_the_page_and_its_styles_alone_and_nothing_is_script_or_a_strangers(string address)
    {
        await using var reader = await OnAPhoneAsync();
        List<IRequest> asked = [];
        reader.Page.Request += (_, request) => asked.Add(request);

        await reader.OpenAsync(address == "story" ? await PicturedStoryAsync() : address);
        await reader.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.InRange(asked.TakeWhile(request => request.ResourceType != "image").Count(request => request.ResourceType is "document" or "stylesheet" or "script"), 1, 2);
        Assert.All(asked, request => Assert.StartsWith(newsroom.Address.ToString(), request.Url, StringComparison.Ordinal));
        Assert.All(asked, request => Assert.Contains(request.ResourceType, (string[])["document", "stylesheet", "image", "font", "other"]));
        Assert.Equal(0, await reader.Page.EvaluateAsync<double>("shifted"));
    }

    [Fact]
    public async Task Readers_need_not_wait_for_the_typeface()
    {
        await using var reader = await OnAPhoneAsync();
        // Never answered, for as long as the test lasts.
        await reader.Page.RouteAsync("**/fonts/**", _ => Task.CompletedTask);

        await reader.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        // Awaited in the page: to be asked again and again would take an "eval" that the readers' policy forbids.
        await reader.Page.EvaluateAsync("""
            () => new Promise(painted => new PerformanceObserver(list => { if (list.getEntriesByName('first-contentful-paint').length) painted(); })
                .observe({ type: 'paint', buffered: true }))
            """);
    }

    private async Task<Visitor> OnAPhoneAsync()
    {
        var reader = await Visitor.ComeAsync(browser, newsroom, window =>
        {
            window.ViewportSize = new() { Width = 360, Height = 740 };
            window.DeviceScaleFactor = 2;
            window.IsMobile = true;
        });
        await reader.Page.AddInitScriptAsync("""
            window.shifted = 0;
            new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; }).observe({ type: 'layout-shift', buffered: true });
            """);
        return reader;
    }

    /// <returns>How many came.</returns>
    private static async Task<int> SeeEveryPictureAsync(IPage page)
    {
        foreach (var picture in await page.Locator("main img").AllAsync())
        {
            // Some are for wider screens only, and never asked for here.
            if (!await picture.IsVisibleAsync())
                continue;

            await picture.ScrollIntoViewIfNeededAsync();
            await Expect.That(picture).ToHaveJSPropertyAsync("complete", true);
        }

        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return await page.EvaluateAsync<int>("[...document.querySelectorAll('main img')].filter(picture => picture.complete && picture.naturalWidth > 0).length");
    }

    private async Task<long> WeightAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await newsroom.Reader.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private async Task<List<string>> StoriesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return (await db.Stories.Live(newsroom.Clock.GetUtcNow()).Briefs(db, newsroom.Clock.GetUtcNow()).ToListAsync()).ConvertAll(story => story.Address);
    }

    private async Task<string> PicturedStoryAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return (await db.Stories.Live(newsroom.Clock.GetUtcNow()).Briefs(db, newsroom.Clock.GetUtcNow()).ToListAsync()).First(story => story.Picture is not null).Address;
    }
}
