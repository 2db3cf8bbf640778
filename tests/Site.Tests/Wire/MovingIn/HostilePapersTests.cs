using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using LondonDefender.Tests.Pictures;
using LondonDefender.Wire.MovingIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LondonDefender.Tests.Wire.MovingIn;

/// <summary>Files that were made to do harm, or broke on their way: each ends in a sentence.</summary>
public sealed class HostilePapersTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private const string Head = """
        <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
        <channel><wp:base_blog_url>https://bad.example</wp:base_blog_url>
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("defender-hostile-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>", "document type")]
    [InlineData("<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss/>", "document type")]
    [InlineData("<rss version=\"2.0\"><channel><item><title>Cut o", "no whole XML")]
    [InlineData("<html><body>A page</body></html>", "neither WordPress’s export nor a feed")]
    [InlineData("{\"db\":[{\"data\":{\"posts\":[{\"id\":\"1\",", "no whole JSON")]
    [InlineData("Just some words", "none of what can be read")]
    [InlineData("", "none of what can be read")]
    [InlineData("PK\u0003\u0004 and no more", "cannot be unpacked")]
    public async Task A_file_that_is_none_is_refused_in_a_sentence(string content, string why)
    {
        var path = Path.Combine(folder, "bad.xml");
        await File.WriteAllTextAsync(path, content);

        var refusal = await Assert.ThrowsAsync<UnreadableOldPaper>(() => HeraldMovedIn.MoveAsync(newsroom, path));

        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await StoriesAsync());
    }

    [Fact]
    public async Task Nothing_of_a_ZIP_lands_outside_and_none_fills_the_disk()
    {
        var path = Path.Combine(folder, "slip.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            await AddAsync(zip, "../../escaped.md", "---\ntitle: Escaped\n---\nOut.");
            await AddAsync(zip, "/tmp/defender-escaped.md", "---\ntitle: Escaped\n---\nOut.");
            await AddAsync(zip, "kept.md", "---\ntitle: Kept inside\n---\nIn.");
            zip.CreateEntry("link.md").ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        var report = (await HeraldMovedIn.MoveAsync(newsroom, path, options => options with { IsDryRun = true })).ToString();

        Assert.Contains("3 × files of the ZIP that would have landed outside its folder", report, StringComparison.Ordinal);
        Assert.Contains("Kept inside", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Escaped", report, StringComparison.Ordinal);
        Assert.False(File.Exists("/tmp/defender-escaped.md") || File.Exists(Path.Combine(folder, "..", "escaped.md")));
    }

    [Fact]
    public async Task Texts_made_to_take_for_ever_take_seconds()
    {
        string[] texts =
        [
            string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep",
            string.Concat(Enumerable.Repeat("<b><i>", 50_000)) + "bold",
            string.Concat(Enumerable.Repeat("<ul><li>", 20_000)) + "listed",
            string.Concat(Enumerable.Repeat("[caption id=\"1\"]", 100_000)),
            string.Concat(Enumerable.Repeat("[gallery ", 100_000)),
            string.Concat(Enumerable.Repeat("[a ", 300_000)),
            new string('[', 500_000),
            string.Concat(Enumerable.Repeat("<a href='x'>", 100_000)),
            string.Concat(Enumerable.Repeat("<br> ", 200_000)),
            "<table>" + string.Concat(Enumerable.Repeat("<tr>" + string.Concat(Enumerable.Repeat("<td>x", 300)), 1_000)),
            string.Concat(Enumerable.Repeat("<p>READ MORE: ", 50_000)),
            new string('x', 5_000_000),
            string.Concat(Enumerable.Repeat("**", 200_000)),
            string.Concat(Enumerable.Repeat("\n\n \n", 200_000)),
        ];
        var path = Path.Combine(folder, "slow.xml");
        await File.WriteAllTextAsync(path, Head + string.Concat(texts.Select((text, number) =>
            $"<item><title>Slow {number}</title><content:encoded>{System.Security.SecurityElement.Escape(text)}</content:encoded><wp:post_id>{number}</wp:post_id><wp:status>publish</wp:status><wp:post_date_gmt>2020-01-01 00:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type></item>")) + "</channel></rss>");

        var watch = Stopwatch.StartNew();
        var report = (await HeraldMovedIn.MoveAsync(newsroom, path)).ToString();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
        Assert.Contains("nested too deep to be read as it was meant", report, StringComparison.Ordinal);
        Assert.Contains("longer than", report, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(texts.Length, await db.Stories.CountAsync(s => EF.Functions.Like(s.Draft.Headline, "Slow %")));
        await db.Stories.Where(s => EF.Functions.Like(s.Draft.Headline, "Slow %")).ExecuteDeleteAsync();
    }

    [Theory]
    [InlineData("- - - - - - - - - - - - - - - - - - - - - - - - - - - - - -")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]")]
    public async Task Traps_in_front_matter_cost_their_file_and_no_more(string yaml)
    {
        var texts = Directory.CreateDirectory(Path.Combine(folder, "traps")).FullName;
        await File.WriteAllTextAsync(Path.Combine(texts, "trap.md"), $"---\n{yaml}\n---\nText.");
        await File.WriteAllTextAsync(Path.Combine(texts, "deep.md"), $"---\nx: {new string('[', 50_000)}\n---\nText.");
        await File.WriteAllTextAsync(Path.Combine(texts, "good.md"), "---\ntitle: Good all the same\n---\nText.");

        var report = (await HeraldMovedIn.MoveAsync(newsroom, texts, options => options with { IsDryRun = true })).ToString();

        Assert.Contains("trap.md was left out, for its front matter is not YAML", report, StringComparison.Ordinal);
        Assert.Contains("deep.md was left out, for its front matter is not YAML", report, StringComparison.Ordinal);
        Assert.Contains("Good all the same", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:2800:220:1::1", true)]
    public void Only_addresses_of_the_internet_are_asked_for_pictures(string address, bool isPublic) =>
        Assert.Equal(isPublic, PictureFetching.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Pictures_are_fetched_but_from_no_machine_of_ones_own_network_unless_that_is_said()
    {
        Vips.IsNeeded();
        var photo = await Vips.PhotoAsync("photo.jpg", 640, 400);
        var asked = 0;
        await using var web = await ServeAsync(app =>
        {
            app.MapGet("/quay.jpg", () => Asked(Results.Bytes(photo, "image/jpeg")));
            app.MapGet("/page.jpg", () => Asked(Results.Content("<html>", "text/html")));
            app.MapGet("/long.jpg", () => Asked(Results.Stream(Endless(), "image/jpeg")));
        });
        IResult Asked(IResult result)
        {
            asked++;
            return result;
        }

        var site = web.Urls.First();
        var path = Path.Combine(folder, "pictures.xml");
        await File.WriteAllTextAsync(path, $"""
            <rss version="2.0"><channel><link>{site}</link><item><title>With pictures</title><guid>p1</guid><link>{site}/with</link><pubDate>Tue, 03 Mar 2020 10:00:00 GMT</pubDate>
            <description>{System.Security.SecurityElement.Escape($"<p>{string.Join(' ', Enumerable.Repeat("word", 90))}</p><img src='/quay-300x200.jpg' alt='A quay'><img src='/page.jpg'><img src='/long.jpg'><img src='/none.jpg'><img src='http://169.254.169.254/latest'>")}</description></item></channel></rss>
            """);

        var refused = (await HeraldMovedIn.MoveAsync(newsroom, path, options => options with { FetchPictures = true, IsDryRun = false, AsDrafts = true })).ToString();
        Assert.Equal(0, asked);
        Assert.Contains("did not come: It lies behind an unusual port", refused, StringComparison.Ordinal);
        Assert.Contains("169.254.169.254 is a machine of this network, not of the internet; it was not asked.", refused, StringComparison.Ordinal);

        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("<guid>p1<", "<guid>p2<", StringComparison.Ordinal).Replace("<img src='http://169.254.169.254/latest'>", "", StringComparison.Ordinal).Replace("&lt;img src=&apos;http://169.254.169.254/latest&apos;&gt;", "", StringComparison.Ordinal));
        var fetched = (await HeraldMovedIn.MoveAsync(newsroom, path, options => options with { FetchPictures = true, MayFetchPrivate = true, AsDrafts = true })).ToString();

        await using var db = await newsroom.OpenDbAsync();
        var copy = (await db.Stories.AsNoTracking().OrderBy(s => s.Id).LastAsync(s => s.Draft.Headline == "With pictures")).Draft.Copy;
        Assert.Matches(@"word\n\n!\[A quay\]\(picture:\d+\)$", copy);
        Assert.Contains("/none.jpg did not come: 127.0.0.1 answered 404.", fetched, StringComparison.Ordinal);
        Assert.Contains("/long.jpg did not come: The file is larger than 40 MB", fetched, StringComparison.Ordinal);
        Assert.Contains("/page.jpg did not come:", fetched, StringComparison.Ordinal);
    }

    private static Stream Endless() => new ZeroStream();

    private static async Task<WebApplication> ServeAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private async Task<int> StoriesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.MovedStories.CountAsync(m => m.TakenAt == null);
    }

    private static async Task AddAsync(ZipArchive zip, string name, string text)
    {
        await using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        await entry.WriteAsync(text);
    }

    private sealed class ZeroStream : MemoryStream
    {
        private long left = 64L << 20;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, left);
            left -= count;
            return ValueTask.FromResult(count);
        }
    }
}
