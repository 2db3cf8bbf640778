using System.Net;
using AngleSharp.Html.Parser;
using LondonDefender.Data;
using LondonDefender.Stories;
using LondonDefender.Tests.Wire.MovingOut;
using LondonDefender.Wire.MovingOut;
using LondonDefender.Wire.StaticCopy;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace LondonDefender.Tests.Wire.StaticCopy;

public sealed class StaticCopyTests(StaticCopyTests.PaperToCopy newsroom) : IClassFixture<StaticCopyTests.PaperToCopy>, IDisposable
{
    public sealed class PaperToCopy : PaperToMove
    {
        protected override IEnumerable<string> MoreSettings => ["--Paper:Address=https://paper.example"];

        protected override async Task FillAsync()
        {
            await base.FillAsync();
            for (var story = 1; story <= 60; story++)
                await PublishAsync(Edition.Told($"Bulletin number {story}", "Short, and one of many.", Edition.Britain));
        }
    }

    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("defender-copy-").FullName, "copy");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public async Task Every_link_of_the_copy_answers_at_a_plain_file_server()
    {
        var report = await CopyAsync();

        await using var server = await FileServerAsync();
        using var reader = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        List<string> dead = [];
        HashSet<string> known = ["/"];
        Queue<(string Address, string From)> toRead = new([("/", "")]);
        while (toRead.TryDequeue(out var next))
        {
            var answer = await reader.GetAsync(next.Address);
            if (answer.StatusCode != HttpStatusCode.OK)
                dead.Add($"{next.Address} ({(int)answer.StatusCode}) on {next.From}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;

            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
            Assert.Empty(page.QuerySelectorAll("form, [ping], [href^='/desk'], [href^='/search']"));
            foreach (var address in page.QuerySelectorAll("[href], [src], [srcset]").SelectMany(AddressesOf).Select(address => address.Replace("https://paper.example", "", StringComparison.Ordinal)))
            {
                if (address.StartsWith('/') && known.Add(address.Split('#')[0]))
                    toRead.Enqueue((address.Split('#')[0], next.Address));
            }
        }

        Assert.True(dead.Count == 0, string.Join("\n", dead));
        Assert.True(known.Count > 200, $"Only {known.Count} addresses were found.");
        Assert.Contains("/britain/page-2", known);
        Assert.Contains("the search form", report.Left);
        Assert.Empty(report.Failed);
        foreach (var file in new[] { "sitemap.xml", "rss.xml", "feed.json", "robots.txt", "404.html", "css/readers.css", "fonts/newsreader-latin-wght-normal.woff2", "world/rss.xml" })
            Assert.True(File.Exists(Path.Combine(folder, file)), $"{file} is missing.");
    }

    [Fact]
    public async Task What_readers_may_not_see_is_not_in_it()
    {
        await CopyAsync();

        var all = string.Concat(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".html" or ".xml" or ".json").Select(File.ReadAllText));
        Assert.DoesNotContain("Night market opens", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Numbers nobody may know", all, StringComparison.Ordinal);
        var redirects = await File.ReadAllLinesAsync(Path.Combine(folder, "_redirects"));
        var live = newsroom.Stories["live"];
        Assert.Contains($"/world/{live}/bridge-over-the-wend-opens-at-last /world/{live}/bridge-over-the-wend-opens-and-closes 301", redirects);
        Assert.Contains($"/world/{newsroom.Stories["withdrawn"]}/last-ferry-leaves-ansty-quay /404.html 410", redirects);
    }

    [Fact]
    public async Task A_second_copy_writes_what_has_changed_and_takes_away_what_is_gone()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Short-lived news of the quay", "Here today."));
        await CopyAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "CNAME"), "paper.example");
        var page = Path.Combine(folder, $"world/{id}/short-lived-news-of-the-quay/index.html");
        Assert.True(File.Exists(page));

        Assert.Equal(0, (await CopyAsync()).Written);
        Assert.IsType<StoryOutcome.Done>(await newsroom.Desk.WithdrawAsync(id));
        var third = await CopyAsync();

        Assert.InRange(third.Written, 1, 60);
        Assert.True(third.Removed >= 1);
        Assert.False(File.Exists(page));
        Assert.True(File.Exists(Path.Combine(folder, "CNAME")));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "thesis.txt"), "mine");

        var refusal = await Assert.ThrowsAsync<CannotMove>(CopyAsync);

        Assert.Contains("has files in it that are no copy of a paper", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private Task<CopyReport> CopyAsync() =>
        new SiteCopy(newsroom.Reader, "https://paper.example", newsroom.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>()).WriteAsync(folder, default);

    private static IEnumerable<string> AddressesOf(AngleSharp.Dom.IElement element) =>
    [
        .. new[] { element.GetAttribute("href"), element.GetAttribute("src") }.OfType<string>(),
        .. element.GetAttribute("srcset")?.Split(", ").Select(choice => choice.Split(' ')[0]) ?? [],
    ];

    private async Task<WebApplication> FileServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        var app = builder.Build();
        app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(folder), StaticFileOptions = { ServeUnknownFileTypes = true } });
        await app.StartAsync();
        return app;
    }
}
