using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;
using LondonDefender.Data;
using LondonDefender.Fronts;
using LondonDefender.Paper.PaperCache;
using LondonDefender.Pictures;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Tests.Paper.PaperCache;
using LondonDefender.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Stories.Publishing;

/// <summary>A killed story leaves no trace with readers, on any node, in memory or on disk; its text stays with the newsroom.</summary>
public sealed class KillTests(CachingNewsroom newsroom) : IClassFixture<CachingNewsroom>
{
    private const string Headline = "Zephaniah Quillfeather named in sealed indictment", Word = "Quillfeather";

    [Fact]
    public async Task A_killed_story_leaves_no_trace()
    {
        await using var second = await AnotherNode.StartAsync(newsroom);
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var (own, shared) = (await PictureAsync(), await PictureAsync());
        var text = await TextAsync(own, shared);
        var id = await newsroom.PublishAsync(text);
        var linking = await newsroom.PublishAsync(Edition.Told("What else happened", $"One.\n\nREAD MORE: story:{id}\n\nTwo.", text.SectionId!.Value) with { PictureId = shared });
        await InDbAsync(async db => await BreakingNews.PutUpAsync(db, "Quillfeather named", id, 30, null, newsroom.Clock.GetUtcNow(), CancellationToken.None));
        var page = (await newsroom.Reader.GetAsync($"/world/{id}")).Headers.Location!.ToString();
        var linkingPage = (await newsroom.Reader.GetAsync($"/world/{linking}")).Headers.Location!.ToString();
        var (topic, writer) = await PlacesAsync();
        string[] places =
        [
            page, $"{page}/changes", linkingPage, "/", "/world", $"/topics/{topic}", $"/by/{writer}", "/rss.xml", "/atom.xml", "/feed.json", "/world/rss.xml", $"/topics/{topic}/rss.xml", $"/by/{writer}/feed.json",
            "/sitemap-news.xml", "/sitemaps/stories-1.xml", $"/search?q={Word}", "/api/stories", $"/api/stories/{id}", "/corrections", "/archive/" + newsroom.Clock.GetUtcNow().ToString("yyyy/MM/dd", null),
        ];
        var before = await OpenAllAsync(places);
        foreach (var place in places)
            await second.Reader.GetAsync(place);
        Assert.True(before.Count(body => body.Contains(Word, StringComparison.Ordinal)) > 15, "The story has to be in the places that are looked at.");
        await OnDisk(newsroom).DrainAsync();
        await OnDisk(second).DrainAsync();
        Assert.NotEmpty(FilesNaming(newsroom.DataFolder));

        var answer = await OrderAsync(editor, id, "kill", new { reason = "By order of the court" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var receipt = await ReceiptAsync(editor, id);

        Assert.All(places.Zip(await OpenAllAsync(places)), one => Assert.False(one.Second.Contains(Word, StringComparison.OrdinalIgnoreCase) && !one.First.Contains("search", StringComparison.Ordinal), $"{one.First} still names it."));
        Assert.DoesNotContain($"/{id}/", await newsroom.Reader.GetStringAsync($"/search?q={Word}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, await newsroom.StatusOf(page));
        Assert.Equal(HttpStatusCode.Gone, await second.StatusOf(page));
        Assert.Equal(HttpStatusCode.Gone, await newsroom.StatusOf($"/api/stories/{id}"));
        Assert.DoesNotContain("aria-labelledby=\"related\"", await (await newsroom.Reader.GetAsync(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var place in places.Where(place => !place.StartsWith("/search", StringComparison.Ordinal)))
            Assert.DoesNotContain(Word, await (await second.Reader.GetAsync(place)).Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await PagesOfAsync(newsroom));
        await OnDisk(newsroom).DrainAsync();
        await OnDisk(second).DrainAsync();
        Assert.Empty(FilesNaming(newsroom.DataFolder));
        Assert.Empty(FilesNaming(second.DataFolder));

        var store = newsroom.Services.GetRequiredService<PictureStore>();
        Assert.False(await store.HasAsync(KeyOf(await FindAsync(own)), CancellationToken.None));
        Assert.True(await store.HasAsync(KeyOf(await FindAsync(shared)), CancellationToken.None));

        Assert.DoesNotContain("Not as it should be", receipt, StringComparison.Ordinal);
        Assert.Contains("Killed: seen on 2 of 2 nodes", receipt, StringComparison.Ordinal);
        Assert.Contains("By order of the court", receipt, StringComparison.Ordinal);
        Assert.Contains($"Renditions of picture {own}", receipt, StringComparison.Ordinal);
        Assert.Contains("READ MORE in “What else happened”", receipt, StringComparison.Ordinal);
        Assert.Equal(text.Copy, (await newsroom.StoryAsync(id)).Draft.Copy);
    }

    [Fact]
    public async Task The_chief_editor_alone_brings_it_back_and_it_is_found_again()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var id = await newsroom.PublishAsync(Edition.Told("Ambrosine Tolliver cleared at last", "She was.", await SectionAsync()));
        await newsroom.RewriteAsync(id, old => old with { Copy = "She was not." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await OrderAsync(editor, id, "kill", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await newsroom.Reader.GetAsync((await newsroom.Reader.GetAsync($"/world/{id}")).Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await OrderAsync(editor, id, "kill", new { reason = "By mistake" })).StatusCode);

        var publish = await OrderAsync(editor, id, "publish", new { basedOn = 2 });
        var bringBack = await OrderAsync(editor, id, "bring-back", new { });
        var revive = await OrderAsync(editor, id, "revive", new { });

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden), (publish.StatusCode, bringBack.StatusCode, revive.StatusCode));
        Assert.Contains("was killed", await publish.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Killed", (await editor.OpenAsync($"/desk/stories/{id}")).QuerySelector(".editor-state")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Killed", (await editor.OpenAsync("/desk?words=Ambrosine")).QuerySelector(".story-list")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await OrderAsync(chief, id, "revive", new { reason = "It was a mistake" })).StatusCode);
        Assert.Contains("She was.", (await newsroom.ReadStoryAsync(id)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"/{id}/", await newsroom.Reader.GetStringAsync("/search?q=Ambrosine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_has_its_receipt_and_one_that_leads_to_a_successor_says_so()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var successor = await newsroom.PublishAsync(Edition.Told("The right one", "Right.", await SectionAsync()));
        var id = await newsroom.PublishAsync(Edition.Told("The wrong one", "Wrong.", await SectionAsync()));

        await OrderAsync(editor, id, "withdraw", new { successorId = successor, reason = "It was wrong" });

        var receipt = await ReceiptAsync(editor, id);
        Assert.Contains("Withdrawn: seen on", receipt, StringComparison.Ordinal);
        Assert.Contains("answers 410", receipt, StringComparison.Ordinal);
        Assert.Contains("It was wrong", receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("still shows", receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_is_published_is_seen_in_its_places_and_a_change_is_too()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("Seen everywhere at once", "It was.", await SectionAsync()));

        await OrderAsync(editor, id, "publish", new { basedOn = 1 });
        var published = await ReceiptAsync(editor, id);
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(5));
        await newsroom.RewriteAsync(id, old => old with { Headline = "Seen once more" });
        await OrderAsync(editor, id, "publish", new { basedOn = 2, reason = "A better headline" });
        var changed = await ReceiptAsync(editor, id);

        foreach (var place in new[] { "Its page shows it", "Front page", "Front of World shows it", "Feed shows it", "Sitemap of news shows it", "Sitemap shows it" })
            Assert.Contains(place, published, StringComparison.Ordinal);
        Assert.Contains("Went live: seen on", published, StringComparison.Ordinal);
        Assert.Contains("Change published: seen on", changed, StringComparison.Ordinal);
        Assert.Contains("A better headline", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("does not show it;", published.Replace("Front page does not show it;", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_that_named_it_leaves_the_disk_even_where_nothing_is_in_memory()
    {
        var disk = OnDisk(newsroom);
        var id = await newsroom.PublishAsync(Edition.Told("Left on the disk", "It was.", await SectionAsync()));
        await newsroom.Reader.GetAsync("/world/rss.xml");
        await disk.DrainAsync();
        foreach (var page in newsroom.Kept.All)
            newsroom.Kept.Forget(page);

        using var editor = await newsroom.SignInAsync(Role.Editor);
        await OrderAsync(editor, id, "kill", new { reason = "By order" });
        await disk.DrainAsync();

        Assert.Empty(FilesNaming(newsroom.DataFolder, "Left on the disk"));
    }

    private Task<HttpResponseMessage> OrderAsync(StaffMember person, int id, string order, object body)
    {
        // Receipts stand in the order of their moments.
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        return person.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/{order}", body);
    }

    private static PagesOnDisk OnDisk(Newsroom node) => node.Services.GetRequiredService<PagesOnDisk>();

    /// <summary>As the editing page does, until everything has been looked at.</summary>
    private static async Task<string> ReceiptAsync(StaffMember editor, int id)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            var part = await new HtmlParser().ParseDocumentAsync(await (await editor.GetAsync($"/desk/stories/{id}/receipts")).Content.ReadAsStringAsync());
            if (part.QuerySelector("[data-waits=no]") is { } receipts)
                return string.Join(' ', receipts.TextContent.Replace("(in a new tab)", "", StringComparison.Ordinal).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        }

        throw new TimeoutException("Nobody has looked.");
    }

    private async Task<List<string>> OpenAllAsync(string[] places)
    {
        List<string> bodies = [];
        foreach (var place in places)
            bodies.Add(WebUtility.HtmlDecode(await (await newsroom.Reader.GetAsync(place)).Content.ReadAsStringAsync()));
        return bodies;
    }

    private static async Task<IReadOnlyList<string>> PagesOfAsync(CachingNewsroom node)
    {
        await node.Watch.CatchUpAsync(CancellationToken.None);
        return [.. node.Kept.All.Where(page => System.Text.Encoding.UTF8.GetString(page.Forms.Unpacked().Bytes).Contains(Word, StringComparison.Ordinal)).Select(page => page.Address.ToString())];
    }

    private static List<string> FilesNaming(string dataFolder, string word = Word) =>
        [.. Directory.EnumerateFiles(Path.Combine(dataFolder, "pages"), "*.page", SearchOption.AllDirectories).Where(file => TextOf(file).Contains(word, StringComparison.Ordinal))];

    private static string TextOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        using var packed = new MemoryStream(bytes[(Array.IndexOf(bytes, (byte)'\n') + 1)..]);
        using var page = new StreamReader(new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionMode.Decompress));
        return page.ReadToEnd();
    }

    private async Task<StoryText> TextAsync(int picture, int inCopy)
    {
        await using var db = await newsroom.OpenDbAsync();
        return Edition.Told(Headline, $"Zephaniah Quillfeather was named.\n\n![Quillfeather at the door](picture:{inCopy})", await SectionAsync()) with
        {
            Standfirst = "Quillfeather denies it.",
            PictureId = picture,
            PictureAlt = "Quillfeather.",
            TopicIds = [await db.Topics.OrderBy(t => t.Id).Select(t => t.Id).FirstAsync()],
            WriterIds = [await db.Writers.OrderBy(w => w.Id).Select(w => w.Id).FirstAsync()],
        };
    }

    private async Task<(string Topic, string Writer)> PlacesAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return (await db.Topics.OrderBy(t => t.Id).Select(t => t.Slug).FirstAsync(), await db.Writers.OrderBy(w => w.Id).Select(w => w.Slug).FirstAsync());
    }

    private async Task<int> SectionAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        return await db.Sections.Where(s => s.Slug == "world").Select(s => s.Id).SingleAsync();
    }

    /// <summary>With a rendition in the store, as if a reader had asked for it.</summary>
    private async Task<int> PictureAsync()
    {
        var id = await newsroom.PasteInAsync();
        var file = Path.Combine(newsroom.DataFolder, $"{id}.jpg");
        await File.WriteAllTextAsync(file, "a rendition");
        await newsroom.Services.GetRequiredService<PictureStore>().KeepAsync(KeyOf(await FindAsync(id)), file, CancellationToken.None);
        return id;
    }

    private async Task<Picture> FindAsync(int id) => (await newsroom.PictureAsync(id))!;

    private static string KeyOf(Picture picture) => new Rendition(PictureCrop.Whole, 640, "jpg").Key(picture.AddressHash);

    private async Task InDbAsync(Func<NewsroomDb, Task> act)
    {
        await using var db = await newsroom.OpenDbAsync();
        await act(db);
    }
}
