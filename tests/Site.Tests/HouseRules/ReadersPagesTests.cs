using System.Diagnostics;
using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LondonDefender.Tests.HouseRules;

/// <summary>Every readers' page that can be reached from the front page of the demo edition keeps the promises made to readers.</summary>
public sealed class ReadersPagesTests(DemoNewsroom newsroom) : IClassFixture<DemoNewsroom>
{
    private static List<Page>? crawled;

    [Fact]
    public async Task No_link_is_dead()
    {
        var dead = (await PagesAsync()).Where(page => page.Status != HttpStatusCode.OK)
            .Select(page => $"{page.Address} ({(int)page.Status}) on {page.FoundOn}").ToList();

        Assert.True(dead.Count == 0, string.Join("\n", dead));
        Assert.True(crawled!.Count > 80, $"Only {crawled.Count} addresses were found.");
    }

    [Fact]
    public async Task Every_page_is_valid_html()
    {
        var validator = Path.Combine(SourceTree.Tests, "node_modules", "html-validate", "bin", "html-validate.mjs");
        Assert.True(File.Exists(validator), "html-validate is not in node_modules: install Node.js, and build the tests again.");
        var folder = Directory.CreateTempSubdirectory("defender-html-");
        try
        {
            foreach (var (index, page) in (await PagesAsync()).Where(page => page.Source is not null).Index())
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{index:000}{page.Address.Replace('/', '_').Split('?')[0]}.html"), page.Source);

            using var process = Process.Start(new ProcessStartInfo("node", [validator, "--preset", "standard", "--formatter", "text", $"{folder.FullName}/*.html"]) { RedirectStandardOutput = true })!;
            var complaints = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, complaints);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task No_page_needs_script_or_brings_a_cookie()
    {
        foreach (var page in await PagesAsync())
        {
            Assert.False(page.Headers.Contains("Set-Cookie"), $"{page.Address} brings a cookie.");
            var scripts = page.Html?.QuerySelectorAll("script:not([type='application/ld+json'])").Length ?? 0;
            Assert.True(scripts == 0, $"{page.Address} has script.");
        }
    }

    [Fact]
    public async Task No_page_asks_anything_of_another_host()
    {
        foreach (var page in await PagesAsync())
        {
            var asked = page.Html?.QuerySelectorAll("link[href], [src], [srcset], [poster], [action]")
                .SelectMany(e => new[] { e.GetAttribute("href"), e.GetAttribute("src"), e.GetAttribute("srcset"), e.GetAttribute("poster"), e.GetAttribute("action") }).OfType<string>() ?? [];
            Assert.All(asked, address => Assert.True(IsOwn(address), $"{page.Address} asks for {address}."));
        }
    }

    [Fact]
    public async Task No_page_carries_style_or_behaviour_in_its_elements()
    {
        foreach (var page in (await PagesAsync()).Where(page => page.Html is not null))
        {
            Assert.True(page.Html!.QuerySelectorAll("[style], style, iframe, object, embed").Length == 0, page.Address);
            Assert.DoesNotContain(page.Html.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        List<(string Address, System.Net.Http.Headers.HttpHeaders Headers)> answers = [.. (await PagesAsync()).Select(page => (page.Address, page.Headers))];
        foreach (var address in new[] { "/no/such/page", "/css/no-such.css", "/desk", "/desk/sign-in", "/search?q=%00", "/health/live", "/css/readers.css", "/fonts/newsreader-latin-wght-normal.woff2" })
            answers.Add((address, (await newsroom.Reader.GetAsync(address)).Headers));

        foreach (var (address, headers) in answers)
        {
            var policy = string.Join(";", headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            if (!address.StartsWith("/desk", StringComparison.Ordinal))
                Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.NotEmpty(headers.GetValues("Referrer-Policy"));
            Assert.False(headers.Contains("Server"), $"{address} names its server.");
        }
    }

    [Fact]
    public async Task Every_page_has_one_heading_a_title_a_language_and_one_main_part()
    {
        var pages = (await PagesAsync()).Where(page => page.Html is not null).ToList();

        foreach (var page in pages)
        {
            Assert.True(page.Html!.QuerySelectorAll("h1").Length == 1, $"{page.Address} has {page.Html.QuerySelectorAll("h1").Length} h1.");
            Assert.Single(page.Html.QuerySelectorAll("main"));
            Assert.Equal("en-GB", page.Html.DocumentElement.GetAttribute("lang"));
            Assert.True(page.Html.QuerySelectorAll("[id]").GroupBy(e => e.Id).All(g => g.Count() == 1), $"{page.Address} has an id twice.");
            Assert.False(string.IsNullOrWhiteSpace(page.Html.Title), page.Address);
        }

        var titles = pages.Where(page => !page.Address.Contains('?', StringComparison.Ordinal)).GroupBy(page => page.Html!.Title);
        Assert.All(titles, same => Assert.True(same.Count() == 1, string.Join(" ", same.Select(page => page.Address)) + " have one title."));
    }

    [Fact]
    public async Task Everything_the_feeds_and_sitemaps_name_is_there()
    {
        var pages = (await PagesAsync()).Select(page => page.Address).ToHashSet();
        var named = pages.Where(address => address.EndsWith(".xml", StringComparison.Ordinal)).Concat(["/sitemap.xml", "/sitemap-news.xml"]).ToList();

        foreach (var address in named)
        {
            var xml = XDocument.Parse(await newsroom.Reader.GetStringAsync(address));
            foreach (var loc in xml.Descendants().Where(e => e.Name.LocalName is "loc" or "link" && e.Value.StartsWith("http", StringComparison.Ordinal)))
            {
                var path = new Uri(loc.Value).PathAndQuery;
                Assert.True(pages.Contains(path) || await newsroom.StatusOf(path) == HttpStatusCode.OK, $"{address} names {path}.");
            }
        }
    }

    private sealed record Page(string Address, string FoundOn, HttpStatusCode Status, System.Net.Http.Headers.HttpHeaders Headers, IDocument? Html, string? Source);

    private async Task<List<Page>> PagesAsync()
    {
        if (crawled is not null)
            return crawled;

        List<Page> pages = [];
        Queue<(string Address, string FoundOn)> toRead = new([("/", "")]);
        HashSet<string> known = ["/"];
        while (toRead.TryDequeue(out var next))
        {
            var answer = await newsroom.Reader.GetAsync(next.Address);
            var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
            var source = isPage ? await answer.Content.ReadAsStringAsync() : null;
            var html = source is null ? null : await new HtmlParser().ParseDocumentAsync(source);
            pages.Add(new(next.Address, next.FoundOn, answer.StatusCode, answer.Headers, html, source));
            foreach (var address in html?.QuerySelectorAll("a[href], link[href]").Select(e => e.GetAttribute("href")!).Where(IsOwn).Select(PathOf) ?? [])
            {
                if (!address.StartsWith("/desk", StringComparison.Ordinal) && known.Add(address))
                    toRead.Enqueue((address, next.Address));
            }
        }

        return crawled = pages;
    }

    private bool IsOwn(string address) => new Uri(newsroom.Address, address).Authority == newsroom.Address.Authority;

    private string PathOf(string address) => new Uri(newsroom.Address, address).PathAndQuery;
}
