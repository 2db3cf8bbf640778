using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Paper;

namespace LondonDefender.Tests.Paper;

public sealed class SocialAccountsTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Theory]
    [InlineData("https://x.com/londondefender", "X")]
    [InlineData("https://mobile.twitter.com/londondefender", "X")]
    [InlineData("https://bsky.app/profile/londondefender.example", "Bluesky")]
    [InlineData("https://www.facebook.com/londondefender", "Facebook")]
    [InlineData("https://www.instagram.com/londondefender/", "Instagram")]
    [InlineData("https://www.youtube.com/@londondefender", "YouTube")]
    [InlineData("https://uk.linkedin.com/company/london-defender", "LinkedIn")]
    [InlineData("https://www.tiktok.com/@londondefender", "TikTok")]
    [InlineData("https://www.threads.net/@londondefender", "Threads")]
    [InlineData("https://mastodon.social/@londondefender", "Mastodon")]
    [InlineData("https://mstdn.example/@londondefender", "Mastodon")]
    [InlineData("https://www.forum.example/paper", "forum.example")]
    [InlineData("https://netflix.com/paper", "netflix.com")]
    public void A_network_is_known_by_its_host(string account, string network) => Assert.Equal(network, SocialAccounts.NetworkOf(account));

    [Fact]
    public async Task Readers_find_the_paper_elsewhere_from_every_page()
    {
        var story = await newsroom.PublishAsync(Edition.Told("Told before there were accounts", "F."));
        Assert.Empty((await newsroom.ReadStoryAsync(story)).QuerySelectorAll(".imprint-follow, meta[name='twitter:site']"));

        var kept = await SaveAsync(" https://bsky.app/profile/paper.example \r\n\r\nhttps://x.com/ThePaper\r\nhttps://mastodon.social/@paper\r\nhttps://mastodon.social/@paper_sport\r\nhttps://x.com/ThePaper");

        Assert.Equal("https://bsky.app/profile/paper.example\nhttps://x.com/ThePaper\nhttps://mastodon.social/@paper\nhttps://mastodon.social/@paper_sport", kept.QuerySelector("#social")!.TextContent.TrimStart('\n'));
        foreach (var page in new[] { await newsroom.ReadStoryAsync(story), await newsroom.ReadAsync("/"), await newsroom.ReadAsync("/about") })
        {
            var links = page.QuerySelectorAll("footer .imprint-follow a");
            Assert.Equal(["Bluesky", "X", "Mastodon: @paper", "Mastodon: @paper_sport"], links.Select(a => a.TextContent));
            Assert.All(links, a => Assert.Equal("me noopener", a.GetAttribute("rel")));
            Assert.Equal("@ThePaper", page.QuerySelector("meta[name='twitter:site']")!.GetAttribute("content"));
        }

        Assert.Contains("\"sameAs\":[\"https://bsky.app/profile/paper.example\",\"https://x.com/ThePaper\",", (await newsroom.ReadAsync("/")).QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);

        await SaveAsync("");
        Assert.Empty((await newsroom.ReadStoryAsync(story)).QuerySelectorAll(".imprint-follow"));
    }

    [Theory]
    [InlineData("http://x.com/paper", "“http://x.com/paper” is not the address of a profile. It looks like https://")]
    [InlineData("x.com/paper", "not the address of a profile")]
    [InlineData("@paper", "not the address of a profile")]
    [InlineData("javascript:alert(1)", "not the address of a profile")]
    [InlineData("https://me:secret@x.com/paper", "not the address of a profile")]
    [InlineData("https://", "not the address of a profile")]
    [InlineData("https://www.instagram.com/", "leads to Instagram itself")]
    public async Task What_is_no_profile_is_refused_in_words_and_nothing_typed_is_lost(string account, string sentence)
    {
        var answer = await SaveAsync($"https://bsky.app/profile/good.example\n{account}");

        Assert.Contains(sentence, answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(account, answer.QuerySelector("#social")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await newsroom.ReadAsync("/")).QuerySelectorAll("a[href*='good.example']"));
    }

    [Fact]
    public async Task A_dozen_is_enough()
    {
        var answer = await SaveAsync(string.Join('\n', Enumerable.Range(1, 13).Select(n => $"https://forum{n}.example/paper")));

        Assert.Contains("at most 12", answer.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<IDocument> SaveAsync(string accounts)
    {
        await newsroom.Chief.OpenAsync("/desk/settings");
        var answer = await newsroom.Chief.SendFormAsync("/desk/settings", new()
        {
            ["_handler"] = "settings",
            ["Form.Name"] = "London Defender",
            ["Form.Language"] = "en-GB",
            ["Form.TimeZone"] = "Europe/London",
            ["Form.Labels"] = "READ MORE",
            ["Form.SocialAccounts"] = accounts,
        });
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
