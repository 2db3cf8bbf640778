using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Fronts;
using LondonDefender.Sections;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Safety;

/// <summary>Whatever is written in whatever field, on whatever page it is shown: it stays text.</summary>
public sealed class HostileTextTests(HostileTextTests.HostileNewsroom newsroom) : IClassFixture<HostileTextTests.HostileNewsroom>
{
    private static readonly string[] Texts =
    [
        "<script>alert(1)</script>",
        "</script><script>alert(2)</script>",
        "\"><img src=x onerror=alert(3)>",
        "' onmouseover='alert(4)' x='",
        "<svg/onload=alert(5)>",
        "<iframe srcdoc=\"<script>alert(6)</script>\"></iframe>",
        "[click](javascript:alert(7))",
        "![x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href=\"java&#x0A;script:alert(8)\">x</a>",
        "</title></head><style>*{display:none}</style>",
        "--><!--<base href=//evil.example>",
        "]]><x xmlns=\"evil\"/><![CDATA[",
        "{{constructor.constructor('alert(9)')()}}",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(10)>",
        "\u2028\u2029</textarea><script>alert(11)</script>",
        "&lt;script&gt; &amp; &#x3c;script&#x3e;",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "READ MORE: <b onclick=alert(12)>x</b>",
        "@(Environment.Exit(1)) @Model <%= 1 %> ${7*7}",
    ];

    public static TheoryData<string> Corpus => new(Texts);

    public sealed class HostileNewsroom : Newsroom
    {
        public StaffMember Chief { get; private set; } = null!;
        public Dictionary<string, int> StoryIds { get; } = [];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Chief = await SignInAsync(LondonDefender.Staff.Role.ChiefEditor);
        }

        public override async ValueTask DisposeAsync()
        {
            Chief.Dispose();
            await base.DisposeAsync();
        }

        protected override async Task FillAsync()
        {
            await base.FillAsync();
            await using var db = await OpenDbAsync();
            var everything = string.Join(" ", Texts);
            var settings = await db.PaperSettings.SingleAsync();
            (settings.Name, settings.Tagline, settings.About) = (Texts[1], Texts[0] + Texts[3], everything);
            settings.Labels = ["READ MORE", "<IMG SRC=X ONERROR=ALERT(1)>"];
            foreach (var (i, text) in Texts.Index())
            {
                db.Add(new Section { Name = text, Slug = $"hostile-{i}", About = text, Position = i + 10 });
                db.Add(new Topic { Name = text, Slug = $"hostile-{i}", About = text });
                db.Add(new Writer { Name = text, Slug = $"hostile-{i}", Role = text, About = text });
            }

            await db.SaveChangesAsync();
            List<Container> containers = [];
            foreach (var (i, text) in Texts.Index())
            {
                var target = i == 0 ? 0 : StoryIds[Texts[i - 1]];
                StoryIds[text] = await PublishAsync(new()
                {
                    Headline = text,
                    Standfirst = text,
                    Kicker = text[..Math.Min(100, text.Length)],
                    Dateline = text,
                    CreditLine = text,
                    Slug = text,
                    Copy = $"{text}\n\nREAD MORE: story:{target}\n\n<IMG SRC=X ONERROR=ALERT(1)>: [{text}](story:{target})\n\n> {text}\n\n- {text}\n\n# {text}\n\n`{text}`\n\nRead more: [{text}](https://a.example/\"onclick=alert(1))\n\n[{text}]({text}) *{text}*",
                    SectionId = await db.Sections.Where(s => s.Slug == $"hostile-{i}").Select(s => s.Id).SingleAsync(),
                    TopicIds = await db.Topics.Where(t => t.Slug == $"hostile-{i}").Select(t => t.Id).ToArrayAsync(),
                    WriterIds = await db.Writers.Where(w => w.Slug == $"hostile-{i}").Select(w => w.Id).ToArrayAsync(),
                });
                containers.Add(new() { Key = text, Title = text, Layout = (ContainerLayout)(i % 3), Size = 3, Pins = [new() { StoryId = StoryIds[text], Headline = text }] });
            }

            await db.SaveChangesAsync();
            await ArrangeAsync(new() { Containers = containers });
        }
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task Readers_pages_show_it_as_text(string text)
    {
        var i = Array.IndexOf(Texts, text);
        var id = newsroom.StoryIds[text];
        var headline = PlainWords.OneLine(text);

        var story = await ReadAsync($"/hostile-{i}/{id}");
        Assert.Equal(headline, story.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal(headline, story.QuerySelector(".standfirst")!.TextContent);
        Assert.Equal(headline, story.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Contains(headline, PlainWords.OneLine(story.Title), StringComparison.Ordinal);

        foreach (var address in new[] { $"/hostile-{i}", $"/topics/hostile-{i}", $"/by/hostile-{i}" })
            Assert.Equal(headline, PlainWords.OneLine((await ReadAsync(address)).QuerySelector("main h1")!.TextContent));
        var search = await ReadAsync($"/search?q={Uri.EscapeDataString(text)}&section={Uri.EscapeDataString(text)}&from={Uri.EscapeDataString(text)}");
        Assert.Equal(headline, search.QuerySelector("#search-q")!.GetAttribute("value"));
        await ReadAsync($"/search?q={Uri.EscapeDataString(text)}");
        await ReadAsync("/" + Uri.EscapeDataString(text));
        await ReadAsync("/search?q=alert");
    }

    [Fact]
    public async Task The_front_the_day_and_what_is_gone_show_it_as_text()
    {
        var front = await ReadAsync("/");
        Assert.True(front.QuerySelectorAll(".card").Length >= Texts.Length);
        await ReadAsync("/archive/2026/03/10");

        var gone = newsroom.StoryIds[Texts[^1]];
        await newsroom.Desk.WithdrawAsync(gone, newsroom.StoryIds[Texts[0]]);
        Assert.Contains("withdrawn", (await ReadAsync($"/hostile-1/{gone}/x")).QuerySelector("main h1")!.TextContent, StringComparison.Ordinal);
        await newsroom.Desk.BringBackAsync(gone);
    }

    [Theory]
    [InlineData("/rss.xml")]
    [InlineData("/hostile-0/rss.xml")]
    [InlineData("/topics/hostile-1/rss.xml")]
    [InlineData("/by/hostile-11/rss.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/sitemap-news.xml")]
    public async Task Feeds_stay_whole_and_carry_it_as_text(string address)
    {
        var xml = XDocument.Parse(await newsroom.Reader.GetStringAsync(address));

        foreach (var html in xml.Descendants(XName.Get("encoded", "http://purl.org/rss/1.0/modules/content/")))
            AssertHarmless(new HtmlParser().ParseDocument(html.Value), address);
        Assert.DoesNotContain(xml.Descendants(), element => element.Name.NamespaceName == "evil");
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task The_editing_page_shows_it_as_text_and_gives_it_back_unchanged(string text)
    {
        var id = newsroom.StoryIds[text];
        var draft = (await newsroom.StoryAsync(id)).Draft;

        var page = await OpenAsync($"/desk/stories/{id}");
        Assert.Equal(draft.Headline, page.QuerySelector("#headline")!.TextContent);
        Assert.Equal(draft.Copy, page.QuerySelector("#copy")!.TextContent);
        Assert.Equal(draft.Kicker, page.QuerySelector("#kicker")!.GetAttribute("value"));

        var preview = await newsroom.Chief.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/preview", new { basedOn = 1, headline = text, standfirst = text, copy = draft.Copy + "\n\nREAD MORE: " + text });
        AssertHarmless(new HtmlParser().ParseDocument(await preview.Content.ReadAsStringAsync()), "preview");
        await OpenAsync($"/desk/find-story?q={Uri.EscapeDataString(text)}");
        await OpenAsync($"/desk?words={Uri.EscapeDataString(text)}&state={Uri.EscapeDataString(text)}&section={Uri.EscapeDataString(text)}&after={Uri.EscapeDataString(text)}");
        await OpenAsync($"/desk/sign-in?to={Uri.EscapeDataString(text)}");
        await OpenAsync($"/desk/invitation?key={Uri.EscapeDataString(text)}");
    }

    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk/links")]
    [InlineData("/desk/my-day")]
    [InlineData("/desk/board")]
    [InlineData("/desk/copy-help")]
    [InlineData("/desk/fronts")]
    [InlineData("/desk/fronts/front")]
    [InlineData("/desk/sections")]
    [InlineData("/desk/topics")]
    [InlineData("/desk/writers")]
    [InlineData("/desk/people")]
    [InlineData("/desk/settings")]
    public async Task The_newsrooms_pages_show_it_as_text(string address)
    {
        if (address == "/desk/people")
        {
            await OpenAsync(address);
            foreach (var text in Texts)
                await newsroom.Chief.SendFormAsync(address, new() { ["_handler"] = "invite", ["Invite.Name"] = text, ["Invite.Role"] = "Writer" });
        }

        await OpenAsync(address);
    }

    [Fact]
    public async Task A_refused_form_gives_it_back_as_text()
    {
        await OpenAsync("/desk/settings");
        foreach (var text in Texts)
        {
            var answer = await newsroom.Chief.SendFormAsync("/desk/settings", new()
            {
                ["_handler"] = "settings",
                ["Form.Name"] = text,
                ["Form.Tagline"] = text,
                ["Form.Language"] = text,
                ["Form.TimeZone"] = text,
                ["Form.Labels"] = text,
            });
            AssertHarmless(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()), "settings");

            var door = await newsroom.Chief.SendFormAsync("/desk/sign-in", new() { ["_handler"] = "sign-in", ["Form.Name"] = text, ["Form.Password"] = text });
            AssertHarmless(new HtmlParser().ParseDocument(await door.Content.ReadAsStringAsync()), "sign-in");
        }
    }

    private async Task<IDocument> ReadAsync(string address)
    {
        var page = await newsroom.ReadAsync(address);
        AssertHarmless(page, address);
        foreach (var data in page.QuerySelectorAll("script[type='application/ld+json']"))
            JsonDocument.Parse(data.TextContent).Dispose();
        return page;
    }

    private async Task<IDocument> OpenAsync(string address)
    {
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Chief.GetAsync(address)).StatusCode);
        var page = await newsroom.Chief.OpenAsync(address);
        AssertHarmless(page, address);
        return page;
    }

    /// <summary>The frame of a preview, which runs no script, and data that a script of ours reads.</summary>
    private static bool IsOurOwn(IElement e) => e.LocalName switch
    {
        "iframe" => e.Id is "preview-page" or "view-page" && e.GetAttribute("sandbox") == "allow-same-origin" && !e.HasAttribute("src"),
        "script" => e.Id == "front-data" && e.GetAttribute("type") == "application/json" && !e.HasAttribute("src"),
        _ => false,
    };

    private static void AssertHarmless(IDocument page, string where)
    {
        var elements = page.All.Where(e => !IsOurOwn(e)).Where(e => e.LocalName is "style" or "iframe" or "object" or "embed" or "base" or "svg" or "math" or "applet" or "img"
            || (e.LocalName == "script" && e.GetAttribute("type") != "application/ld+json" && e.GetAttribute("src")?.StartsWith("/desk-script/", StringComparison.Ordinal) != true)
            || (e.LocalName == "meta" && e.HasAttribute("http-equiv")));
        foreach (var inside in page.QuerySelectorAll("iframe").Where(IsOurOwn).Select(frame => frame.GetAttribute("srcdoc")).OfType<string>())
            AssertHarmless(new HtmlParser().ParseDocument(inside), $"the preview in {where}");

        var attributes = page.All.Where(e => !IsOurOwn(e)).SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name is "style" or "srcdoc" or "srcset"
            || (a.Name is "href" or "src" or "action" or "formaction" or "xlink:href" or "poster" && LeadsAstray(a.Value)));

        Assert.True(!elements.Any(), $"{where} has {string.Join(" ", elements.Select(e => e.OuterHtml))}");
        Assert.True(!attributes.Any(), $"{where} has {string.Join(" ", attributes.Select(a => $"{a.Name}={a.Value}"))}");
    }

    private static bool LeadsAstray(string address)
    {
        var bare = new string([.. address.Where(c => c > ' ')]).ToLowerInvariant();
        return bare.StartsWith("javascript:", StringComparison.Ordinal) || bare.StartsWith("data:", StringComparison.Ordinal)
            || bare.StartsWith("vbscript:", StringComparison.Ordinal) || bare.StartsWith("//", StringComparison.Ordinal);
    }
}
