using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;
using LondonDefender.Paper;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Wire;
using LondonDefender.Wire.MovingOut;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Wire.MovingOut;

public sealed class MovedPaperTests(PaperToMove newsroom) : IClassFixture<PaperToMove>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("defender-moving-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_paper_that_has_moved_is_the_same_paper()
    {
        var file = await newsroom.ExportAsync(folder);
        await using var moved = await EmptyPaper.OpenAsync(newsroom);

        var report = await moved.ImportAsync(file);

        var (before, after) = (await newsroom.RowsAsync(), await moved.RowsAsync());
        Assert.Equal(MovedTables.All.Count + 1, before.Count);
        Assert.All(before, table => Assert.True(table.Value == after[table.Key], $"{table.Key} differs:\n{FirstDifference(table.Value, after[table.Key])}"));
        foreach (var address in await PagesAsync())
            Assert.Equal((address, await ReadAsync(newsroom, address)), (address, await ReadAsync(moved, address)));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(moved, $"/world/{newsroom.Stories["withdrawn"]}/last-ferry-leaves-ansty-quay"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(moved, $"/world/{newsroom.Stories["scheduled"]}/night-market-opens-under-the-arches"));
        Assert.Equal(newsroom.Stories["spiked"] + 1, await moved.Desk.BeginAsync(null, new StoryText()));
        Assert.All(report.People, person => Assert.Equal(person.Role == Role.ChiefEditor, person.Key is not null));
    }

    [Fact]
    public async Task The_same_paper_makes_the_same_file()
    {
        var first = await newsroom.ExportAsync(folder, "first.zip");
        await using var moved = await EmptyPaper.OpenAsync(newsroom);
        await moved.ImportAsync(first);

        var second = await moved.ExportAsync(folder, "second.zip");

        Assert.Equal(Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(first))), Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(second))));
    }

    [Fact]
    public async Task Nothing_in_it_opens_a_door()
    {
        var file = await newsroom.ExportAsync(folder);
        await using var db = await newsroom.OpenDbAsync();
        List<string> secrets = [.. db.Users.AsEnumerable().SelectMany(p => new[] { p.PasswordHash!, p.SecurityStamp! }), .. db.Invitations.Select(i => i.KeyHash), .. db.ProtectionKeys.Select(k => k.Xml), PaperToMove.PasskeyOfTheChief, PaperToMove.SecondStepOfTheChief];
        Assert.True(secrets.Count >= 8);

        using var zip = ZipFile.OpenRead(file);
        foreach (var entry in zip.Entries)
        {
            var content = await TextAsync(entry);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, content, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_chief_editor_comes_back_by_the_link_and_brings_back_the_others()
    {
        await using var moved = await EmptyPaper.OpenAsync(newsroom);
        var report = await moved.ImportAsync(await newsroom.ExportAsync(folder));
        var link = Assert.Single(report.People, person => person.Name == newsroom.ChiefsName);
        using var chief = StaffMember.Stranger(moved.Address);
        Assert.Equal(HttpStatusCode.OK, (await chief.TryPasswordAsync(newsroom.ChiefsName, StaffMember.Password)).StatusCode);

        await using (var scope = moved.Services.CreateAsyncScope())
            Assert.NotNull((await scope.ServiceProvider.GetRequiredService<StaffDesk>().ComeBackAsync(link.Key!, "another long sentence")).Person);

        using var back = await StaffMember.SignInAsync(moved.Address, newsroom.ChiefsName, "another long sentence");
        Assert.True(back.SignedIn);
        Assert.Contains("Cannot sign in", (await back.OpenAsync("/desk/people")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_can_read_it_and_look_whether_it_is_whole()
    {
        ZipFile.ExtractToDirectory(await newsroom.ExportAsync(folder), Path.Combine(folder, "read"));
        string Path_(string name) => Path.Combine(folder, "read", name);

        foreach (var line in await File.ReadAllLinesAsync(Path_("checksums.sha256")))
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path_(line[66..])))));
        Assert.Contains("# London Defender", await File.ReadAllTextAsync(Path_("README.md")), StringComparison.Ordinal);

        var odd = await IncomingStory.ReadAsync(Path_($"stories/2026/03/{newsroom.Stories["pinned"]}-quoted-whats-odd-1-said-done-said-the-lord-mayor.md"), new PaperSettings(), default);
        Assert.Equal(PaperToMove.OddHeadline, odd.Headline);
        Assert.Equal((await newsroom.StoryAsync(newsroom.Stories["pinned"])).Draft.Copy, odd.Body);
        Assert.Equal(Edition.Morning, odd.Published);
        var withdrawn = await File.ReadAllTextAsync(Directory.GetFiles(Path_("stories"), $"{newsroom.Stories["withdrawn"]}-*", SearchOption.AllDirectories).Single());
        Assert.Contains("state: withdrawn\n", withdrawn, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path_("stories/drafts"), $"{newsroom.Stories["embargoed"]}-*"));
    }

    [Fact]
    public async Task A_chief_editor_is_sent_it_as_it_is_read()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var page = await chief.OpenAsync("/desk/moving-out");
        Assert.NotNull(page.QuerySelector("form[action='/desk/moving-out/export'] button"));

        var answer = await chief.SendFormAsync("/desk/moving-out/export", []);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.TransferEncodingChunked);
        Assert.Equal("london-defender-2026-03-10.zip", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var file = Path.Combine(folder, "sent.zip");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        using var whole = await CheckedZip.OpenAsync(file, Manifest.OfExport, default);
        Assert.Equal(HttpStatusCode.BadRequest, (await chief.CallAsync(HttpMethod.Post, "/desk/moving-out/export", new { }, withToken: false)).StatusCode);
    }

    private async Task<List<string>> PagesAsync()
    {
        List<string> addresses = ["/sitemap-news.xml", "/feed.json", "/atom.xml", "/search?q=bridge", "/search?q=brigde", "/api/stories"];
        Queue<string> toRead = new(["/", "/sitemap.xml"]);
        HashSet<string> known = [.. toRead];
        while (toRead.TryDequeue(out var next))
        {
            addresses.Add(next);
            var answer = await newsroom.Reader.GetAsync(next);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;

            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
            foreach (var link in page.QuerySelectorAll("a[href], link[rel=alternate]").Select(e => e.GetAttribute("href")!.Replace("https://paper.example", "", StringComparison.Ordinal)))
            {
                if (link.StartsWith('/') && !link.StartsWith("/desk", StringComparison.Ordinal) && known.Add(link.Split('#')[0]))
                    toRead.Enqueue(link.Split('#')[0]);
            }
        }

        Assert.True(addresses.Count > 200, $"Only {addresses.Count} pages were found.");
        return addresses;
    }

    private static async Task<string> ReadAsync(Newsroom paper, string address) => Encoding.Latin1.GetString(await (await paper.Reader.GetAsync(address)).Content.ReadAsByteArrayAsync());

    private static async Task<HttpStatusCode> StatusAsync(Newsroom paper, string address) => (await paper.Reader.GetAsync(address)).StatusCode;

    private static async Task<string> TextAsync(ZipArchiveEntry entry)
    {
        using var content = new StreamReader(await entry.OpenAsync(), Encoding.Latin1);
        return await content.ReadToEndAsync();
    }

    private static string FirstDifference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{Around(one)}\n…{Around(other)}";

        string Around(string text) => text.Substring(Math.Clamp(at - 80, 0, text.Length), Math.Min(200, text.Length - Math.Clamp(at - 80, 0, text.Length)));
    }
}
