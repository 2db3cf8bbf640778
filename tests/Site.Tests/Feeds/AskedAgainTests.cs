using System.Net;
using System.Net.Http.Headers;

namespace LondonDefender.Tests.Feeds;

/// <summary>Feed readers ask every few minutes; what they have already is not sent again.</summary>
public sealed class AskedAgainTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    public static TheoryData<string> Addresses => ["/rss.xml", "/atom.xml", "/feed.json", "/world/rss.xml", "/topics/floods/atom.xml", "/by/maud-ferrier/feed.json", "/sitemap.xml", "/sitemaps/stories-1.xml", "/sitemap-news.xml"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Who_has_it_already_is_told_so_until_it_changes(string address)
    {
        await newsroom.PublishAsync(Edition.Told($"Stays at {address}", "S.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Maud] });
        var id = await newsroom.PublishAsync(Edition.Told($"Asked again at {address}", "A.") with { TopicIds = [Edition.Floods], WriterIds = [Edition.Maud] });
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));
        var first = await newsroom.Reader.GetAsync(address);
        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(1));

        var byTag = await AskAsync(address, ask => ask.IfNoneMatch.Add(first.Headers.ETag!));
        var byDate = await AskAsync(address, ask => ask.IfModifiedSince = first.Content.Headers.LastModified);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified), (byTag.StatusCode, byDate.StatusCode));
        Assert.Empty(await byTag.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, byTag.Headers.ETag);

        await newsroom.Desk.WithdrawAsync(id);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(address, ask => ask.IfNoneMatch.Add(first.Headers.ETag!))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(address, ask => ask.IfModifiedSince = first.Content.Headers.LastModified)).StatusCode);
    }

    [Fact]
    public async Task Two_changes_within_a_second_have_two_dates()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Quickly mended", "One."));
        var one = (await newsroom.Reader.GetAsync("/rss.xml")).Content.Headers.LastModified;
        await newsroom.RepublishAsync(id, text => text with { Copy = "Two." });

        var again = await AskAsync("/rss.xml", ask => ask.IfModifiedSince = one);

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(again.Content.Headers.LastModified > one);
    }

    [Fact]
    public async Task A_tag_goes_before_a_date()
    {
        await newsroom.PublishAsync(Edition.Told("Tagged and dated", "T."));
        var first = await newsroom.Reader.GetAsync("/rss.xml");

        var answer = await AskAsync("/rss.xml", ask =>
        {
            ask.IfNoneMatch.Add(EntityTagHeaderValue.Parse("\"another\""));
            ask.IfModifiedSince = first.Content.Headers.LastModified;
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_feed_can_be_asked_for_its_head_alone()
    {
        var whole = await newsroom.Reader.GetAsync("/feed.json");
        var head = await newsroom.Reader.SendAsync(new(HttpMethod.Head, "/feed.json"));

        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Equal(whole.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal("no-cache", head.Headers.CacheControl!.ToString());
    }

    private Task<HttpResponseMessage> AskAsync(string address, Action<HttpRequestHeaders> ask)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        ask(request.Headers);
        return newsroom.Reader.SendAsync(request);
    }
}
