using System.IO.Compression;
using System.Net;
using LondonDefender.Stories;
using LondonDefender.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Wire.MovingIn;

/// <summary>Ghost, feeds, and folders of Markdown.</summary>
public sealed class OtherPapersTests(Newsroom newsroom) : IClassFixture<Newsroom>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-moving-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Ghosts_stories_come_from_whichever_form_holds_their_text()
    {
        var report = (await HeraldMovedIn.MoveAsync(newsroom, HeraldMovedIn.Sample("ghost.json"), options => options with { From = "https://lamp.example" })).ToString();

        var (lamps, market, paid, old) = (await ByHeadlineAsync("The lamplighters’ last round"), await ByHeadlineAsync("A night market"), await ByHeadlineAsync("For members"), await ByHeadlineAsync("In an old editor"));
        Assert.Equal($"They *walked* it [once more](story:{market.Id}).\n\nREAD MORE: story:{market.Id}", lamps.Draft.Copy);
        Assert.Equal($"Forty **stalls**[ under lamps](story:{lamps.Id})".Replace("[ under", " [under", StringComparison.Ordinal) + "\n\n## Prices\n\n- Eels", market.Draft.Copy);
        Assert.Equal("It [led](https://elsewhere.example/) **on**\n\nA *card*.\n\n- one", old.Draft.Copy.Replace("** on**", " **on**", StringComparison.Ordinal));
        Assert.Equal(("Forty lamps, one man.", "Lamplighters", Edition.Britain), (lamps.Draft.Standfirst, lamps.Draft.SearchHeadline, lamps.SectionId));
        Assert.Equal([Edition.Idris], lamps.Draft.WriterIds);
        Assert.Equal((new DateTimeOffset(2020, 1, 5, 18, 0, 0, TimeSpan.Zero), null, null), (lamps.PublishAt, paid.PublishedNumber, old.PublishedNumber));
        Assert.Equal($"/britain/{lamps.Id}/lamplighters-last-round", (await newsroom.Reader.GetAsync("/lamplighters-last-round/")).Headers.Location?.OriginalString);
        Assert.Equal("/topics/night-life", (await newsroom.Reader.GetAsync("/tag/night-life/")).Headers.Location?.OriginalString);
        Assert.All(["1 × pages", "It was for members only, so it is a draft.", "A card of the kind “signup” was taken out.", "#newsletter"], told => Assert.Contains(told, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_in_RSS_is_taken_in_and_a_mere_beginning_stays_a_draft()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 90));
        await WriteAsync("feed.xml", $"""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
            <channel><title>Feed</title><atom:link href="https://feed.example/rss" rel="self"/><link>https://feed.example/</link>
            <item><title>Whole in the feed</title><link>https://feed.example/a-1</link><guid>tag:feed,1</guid><pubDate>Tue, 03 Mar 2020 10:00:00 +0100</pubDate>
              <dc:creator>Maud Ferrier</dc:creator><category>Britain</category><category>Harbour</category><description>In short.</description>
              <content:encoded><![CDATA[<p>One <a href="https://feed.example/a-2">two</a>.</p>]]></content:encoded></item>
            <item><title>In its description</title><link>https://feed.example/a-2</link><guid>tag:feed,2</guid><pubDate>Wed, 04 Mar 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>
            <item><title>Only begun</title><link>https://feed.example/a-3</link><pubDate>Thu, 05 Mar 2020 10:00:00 GMT</pubDate><description>Read the rest elsewhere…</description></item>
            </channel></rss>
            """);

        var report = (await MoveAsync("feed.xml")).ToString();

        var (whole, described, begun) = (await ByHeadlineAsync("Whole in the feed"), await ByHeadlineAsync("In its description"), await ByHeadlineAsync("Only begun"));
        Assert.Equal(($"One [two](story:{described.Id}).", "In short.", Edition.Britain), (whole.Draft.Copy, whole.Draft.Standfirst, whole.SectionId));
        Assert.Equal((Edition.Maud, Edition.Harbour), (Assert.Single(whole.Draft.WriterIds), Assert.Single(whole.Draft.TopicIds)));
        Assert.Equal(new DateTimeOffset(2020, 3, 3, 9, 0, 0, TimeSpan.Zero), whole.PublishAt);
        Assert.Equal((1, null), (described.PublishedNumber, begun.PublishedNumber));
        Assert.Contains("The feed has only its beginning, so it is a draft.", report, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MovedPermanently, await newsroom.StatusOf("/a-1"));
    }

    [Fact]
    public async Task A_feed_in_Atom_is_taken_in_too()
    {
        await WriteAsync("atom.xml", """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link href="https://atom.example/"/>
            <entry><title type="html">Salt &amp;amp; water</title><link rel="alternate" href="https://atom.example/salt"/><link rel="replies" href="https://atom.example/salt/c"/><id>urn:salt</id>
              <published>2021-06-01T12:00:00+02:00</published><updated>2022-01-01T00:00:00Z</updated><author><name>Nobody Known</name></author><category term="harbour" label="Harbour"/>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Salt is <em>wet</em>.</p></div></content></entry></feed>
            """);

        await MoveAsync("atom.xml");

        var salt = await ByHeadlineAsync("Salt & water");
        Assert.Equal(("Salt is *wet*.", "Nobody Known", new DateTimeOffset(2021, 6, 1, 10, 0, 0, TimeSpan.Zero)), (salt.Draft.Copy, salt.Draft.CreditLine, salt.PublishAt));
    }

    [Fact]
    public async Task Hugos_folder_moves_in_with_its_pictures_and_aliases()
    {
        Vips.IsNeeded();
        await WriteAsync("site/content/news/tide.md", """
            +++
            title = "The tide, \"explained\""
            date = 2020-07-01T08:00:00+01:00
            tags = [
              "Floods", # as ever
              'Moon',
            ]
            aliases = ["/old/tide/"]
            [params]
              author = "Maud Ferrier"
            +++
            It [turns](other.md) twice, ~~or thrice~~.

            ![The quay](/images/quay.jpg "At noon")

            {{< youtube abcdefghijk >}}

            READ MORE: The other one
            READ MORE: [Outside](https://example.org/)
            """);
        await WriteAsync("site/content/news/other.md", "---\ntitle: The other one\ndate: 2020-07-02 09:00:00\ncategories: [Britain]\ndescription: Short.\n---\nSee [the tide]({{< ref \"tide.md\" >}}).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
        await WriteAsync("site/content/news/_index.md", "---\ntitle: News\n---\n");
        await WriteAsync("site/content/news/broken.md", "---\ntitle: [never closed\n---\nText.");
        Directory.CreateDirectory(Path.Combine(folder, "site", "static", "images"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "site", "static", "images", "quay.jpg"), await Vips.PhotoAsync("photo.jpg", 640, 400));

        var report = (await MoveAsync("site/content")).ToString();

        var (tide, other) = (await ByHeadlineAsync("The tide, \"explained\""), await ByHeadlineAsync("The other one"));
        await using var db = await newsroom.OpenDbAsync();
        var picture = await db.Pictures.SingleAsync(p => p.FileName == "quay.jpg");
        Assert.Equal($"It [turns](story:{other.Id}) twice, or thrice.\n\n![The quay](picture:{picture.Id})\n\n[www.youtube.com](https://www.youtube.com/watch?v=abcdefghijk)\n\nREAD MORE: The other one\n\nREAD MORE: [Outside](https://example.org/)", tide.Draft.Copy);
        Assert.Equal($"See [the tide](story:{tide.Id}).\n\n| a | b |\n|---|---|\n| 1 | 2 |", other.Draft.Copy);
        Assert.Equal((new DateTimeOffset(2020, 7, 1, 7, 0, 0, TimeSpan.Zero), new DateTimeOffset(2020, 7, 2, 8, 0, 0, TimeSpan.Zero)), (tide.PublishAt, other.PublishAt));
        Assert.Equal((Edition.Maud, Edition.Britain), (Assert.Single(tide.Draft.WriterIds), other.SectionId));
        Assert.Equal($"/world/{tide.Id}/tide", (await newsroom.Reader.GetAsync("/old/tide/")).Headers.Location?.OriginalString);
        Assert.Equal($"/world/{tide.Id}/tide", (await newsroom.Reader.GetAsync("/news/tide/")).Headers.Location?.OriginalString);
        Assert.All(["1 × pages", "news/broken.md was left out, for its front matter is not YAML", "Words that were struck out are plain now."], told => Assert.Contains(told, report, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jekylls_folder_in_a_ZIP_moves_in_by_the_dates_in_its_names()
    {
        using (var zip = ZipFile.Open(Path.Combine(folder, "jekyll.zip"), ZipArchiveMode.Create))
        {
            await AddAsync(zip, "_posts/2018-03-04-low-water.md", "---\nlayout: post\ntitle: Low water\ncategory: britain\npublished: true\n---\nAt {{ site.baseurl }}[home](/2018/03/05/high-water.html).\n\n# A heading\n");
            await AddAsync(zip, "_posts/2018-03-05-high-water.md", "---\nlayout: post\ntitle: High water\nredirect_from: /hw\n---\nHigh.");
            await AddAsync(zip, "_drafts/no-water.md", "---\ntitle: No water\n---\nDry.");
            await AddAsync(zip, "about.md", "---\nlayout: page\ntitle: About\n---\nUs.");
        }

        await MoveAsync("jekyll.zip");

        var (low, high, none) = (await ByHeadlineAsync("Low water"), await ByHeadlineAsync("High water"), await ByHeadlineAsync("No water"));
        Assert.Equal(($"At [home](story:{high.Id}).\n\n## A heading", Edition.Britain), (low.Draft.Copy, low.SectionId));
        Assert.Equal((new DateTimeOffset(2018, 3, 5, 0, 0, 0, TimeSpan.Zero), null), (high.PublishAt, none.PublishedNumber));
        Assert.Equal($"/world/{high.Id}/high-water", (await newsroom.Reader.GetAsync("/hw")).Headers.Location?.OriginalString);
        Assert.Equal($"/britain/{low.Id}/low-water", (await newsroom.Reader.GetAsync("/britain/2018/03/04/low-water.html")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Names_are_what_the_list_of_names_says()
    {
        await WriteAsync("named/one.md", "---\ntitle: Named anew\ndate: 2020-01-01\ncategories: [Politics]\ntags: [covid, junk]\nauthor: admin\n---\nText.");

        await HeraldMovedIn.MoveAsync(newsroom, Path.Combine(folder, "named"), options => options with { Names = "sections:\n  politics: Britain\ntopics:\n  covid: Floods\n  junk:\nwriters:\n  admin: Idris Quill\n" });

        var story = await ByHeadlineAsync("Named anew");
        Assert.Equal((Edition.Britain, ""), (story.SectionId, story.Draft.CreditLine));
        Assert.Equal((Edition.Floods, Edition.Idris), (Assert.Single(story.Draft.TopicIds), Assert.Single(story.Draft.WriterIds)));
    }

    private Task<LondonDefender.Wire.MovingIn.MoveReport> MoveAsync(string name) => HeraldMovedIn.MoveAsync(newsroom, Path.Combine(folder, name));

    private Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text);
    }

    private static async Task AddAsync(ZipArchive zip, string name, string text)
    {
        await using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        await entry.WriteAsync(text);
    }

    private async Task<Story> ByHeadlineAsync(string headline)
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Stories.AsNoTracking().SingleAsync(s => s.Draft.Headline == headline);
    }
}
