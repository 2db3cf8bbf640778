using System.IO.Compression;
using System.Net;
using LondonDefender.Paper.PaperCache;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Paper.PaperCache;

public sealed class PageCacheTests(CachingNewsroom newsroom) : IClassFixture<CachingNewsroom>
{
    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("*", "br")]
    [InlineData("what, ever;;;", null)]
    [InlineData(null, null)]
    public async Task A_page_comes_packed_as_its_reader_takes_it(string? accepted, string? encoding)
    {
        var page = await AskAsync("/", ("Accept-Encoding", accepted));

        Assert.Equal(encoding, page.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", page.Headers.Vary);
        Assert.Contains("<title>", await TextOf(page), StringComparison.Ordinal);
        Assert.Equal(page.Content.Headers.ContentLength, (await page.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/rss.xml")]
    [InlineData("/feed.json")]
    public async Task A_page_that_was_not_made_in_time_is_none(string path) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => newsroom.Printer.PrintAsync(new("http://paper.example", path, ""), TimeSpan.Zero));

    [Fact]
    public async Task Who_has_the_page_already_is_told_so_however_it_was_packed()
    {
        var page = await AskAsync("/world", ("Accept-Encoding", "br"));

        foreach (var accepted in new[] { "br", "gzip", null })
        {
            var again = await AskAsync("/world", ("Accept-Encoding", accepted), ("If-None-Match", page.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
            Assert.NotNull(again.Headers.ETag);
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/world", ("If-None-Match", "\"another\""))).StatusCode);
    }

    [Fact]
    public async Task The_page_is_the_one_that_would_be_made_without_a_cache_headers_and_all()
    {
        var kept = await AskAsync("/world");
        kept = await AskAsync("/world");
        var fresh = await newsroom.PrintAsync("/world");

        Assert.Equal(fresh.Body, await kept.Content.ReadAsByteArrayAsync());
        foreach (var (name, value) in fresh.Headers.Where(header => header.Key is not ("Cache-Control" or "ETag" or "Strict-Transport-Security")))
            Assert.Equal(value.ToString(), kept.Headers.Concat(kept.Content.Headers).Single(header => header.Key == name).Value.Single());
        Assert.Contains("s-maxage=1", kept.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("stale-if-error", kept.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_has_all_but_the_page()
    {
        await newsroom.Watch.CatchUpAsync(CancellationToken.None);
        var whole = await AskAsync("/");
        var head = await newsroom.Reader.SendAsync(new(HttpMethod.Head, "/"));

        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Equal(whole.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Nobody_fills_the_memory_by_making_addresses_up()
    {
        await AskAsync("/world");
        await AskAsync("/world?page=2");
        // Pages of stories, fronts and feeds come and go with what other tests publish, and with the looks that are taken at it.
        static bool IsMadeUp(KeptAddress address) => address.Path is "/World" or "/ABOUT" or "/about/" || address.Path.StartsWith("/search", StringComparison.Ordinal)
            || address.Path.StartsWith("/no-such", StringComparison.Ordinal) || address.Path.StartsWith("/world/100", StringComparison.Ordinal)
            || address.Query.Contains("utm", StringComparison.Ordinal) || (address.Path == "/" && address.Query.Length > 0);

        for (var i = 0; i < 20; i++)
        {
            await AskAsync($"/world?utm={i}");
            await AskAsync($"/?page={i + 2}");
            await AskAsync($"/world/{i + 100_000}/x");
            await AskAsync($"/no-such-{i}");
            await AskAsync($"/search?q=word{i}");
        }

        await AskAsync("/World");
        await AskAsync("/ABOUT");
        await AskAsync("/about/");
        Assert.DoesNotContain(newsroom.Kept.All.Select(page => page.Address), IsMadeUp);
        Assert.Single(newsroom.Kept.All, page => page.Address is { Path: "/world", Query: "" });
    }

    [Fact]
    public async Task Continuation_pages_are_pages_of_their_own()
    {
        Assert.Contains("<title>", await TextOf(await AskAsync("/world?page=1")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("/world?page=400")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("/world?page=x")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/world")).StatusCode);
    }

    [Fact]
    public async Task What_an_editor_publishes_is_on_every_page_that_lists_it()
    {
        string[] pages = ["/", "/britain", "/rss.xml", "/britain/feed.json", "/sitemap-news.xml", "/sitemaps/stories-1.xml"];
        foreach (var page in pages)
            await AskAsync(page);

        var section = await SectionAsync("britain");
        var id = await newsroom.PublishAsync(Edition.Told("A heron on the town hall", "It stood there.", section));
        await newsroom.Watch.CatchUpAsync(CancellationToken.None);

        foreach (var page in pages)
            Assert.Contains("a-heron-on-the-town-hall", await TextOf(await AskAsync(page)), StringComparison.Ordinal);

        await newsroom.Desk.WithdrawAsync(id);
        await newsroom.Watch.CatchUpAsync(CancellationToken.None);
        foreach (var page in pages)
            Assert.DoesNotContain("a-heron-on-the-town-hall", await TextOf(await AskAsync(page)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await AskAsync($"/britain/{id}/a-heron-on-the-town-hall")).StatusCode);
    }

    [Fact]
    public async Task A_scheduled_story_comes_with_its_moment_and_not_before()
    {
        var at = newsroom.Clock.GetUtcNow().AddMinutes(7);
        await newsroom.PublishAsync(Edition.Told("The ferry leaves at noon", "It leaves.", await SectionAsync("world")), at);
        await newsroom.Watch.CatchUpAsync(CancellationToken.None);
        Assert.DoesNotContain("The ferry leaves at noon", await TextOf(await AskAsync("/world")), StringComparison.Ordinal);

        newsroom.Clock.MoveTo(at);

        // Without asking the database: the alarm knows.
        Assert.Contains("The ferry leaves at noon", await TextOf(await AskAsync("/world")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_of_another_section_leaves_a_page_alone()
    {
        await AskAsync("/sport");
        var before = newsroom.Kept.Find(new(CachingNewsroom.Origin, "/sport", ""));

        await newsroom.PublishAsync(Edition.Told("A quiet day in parliament", "Nothing.", await SectionAsync("politics")));
        await newsroom.Watch.CatchUpAsync(CancellationToken.None);

        Assert.NotNull(before);
        Assert.Null(before.StaleSince(newsroom.Clock.GetUtcNow()));
        await AskAsync("/sport");
        Assert.Same(before, newsroom.Kept.Find(new(CachingNewsroom.Origin, "/sport", "")));
    }

    private async Task<int> SectionAsync(string slug)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Sections.Where(s => s.Slug == slug).Select(s => s.Id).SingleAsync();
    }

    private Task<HttpResponseMessage> AskAsync(string address, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        return newsroom.Reader.SendAsync(request);
    }

    private static async Task<string> TextOf(HttpResponseMessage page)
    {
        var bytes = await page.Content.ReadAsStreamAsync();
        await using Stream plain = page.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync();
    }
}
