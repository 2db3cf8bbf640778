using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Wire.MovingOut;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.StaticCopy;

/// <summary>What became of a copy.</summary>
/// <param name="Left">What could not be copied, in words.</param>
/// <param name="Failed">Addresses that a page leads to, and that gave nothing.</param>
public sealed record CopyReport(int Files, int Written, int Removed, int Redirects, IReadOnlyList<string> Left, IReadOnlyList<string> Failed);

/// <summary>
/// Every page that readers can come to, as files for any web server: asked for as a reader would, at the paper itself, from the front page and the
/// sitemaps along all links.
/// </summary>
/// <param name="reader">Asks the paper, and follows no redirect by itself.</param>
/// <param name="origin">Where the paper says it stands.</param>
public sealed class SiteCopy(HttpClient reader, string origin, IDbContextFactory<NewsroomDb> newsroom)
{
    private const int AtOnce = 3;
    private const string NotFound = "404.html";

    // Machines look for these, whether anything leads to them or not.
    private static readonly string[] Beginnings =
        ["/", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/ads.txt", "/rss.xml", "/atom.xml", "/feed.json", "/archive", "/corrections", "/about", "/most-read"];

    private readonly ConcurrentDictionary<string, byte> known = [];
    private readonly ConcurrentDictionary<string, string> moved = [];
    private readonly ConcurrentDictionary<string, byte> gone = [], left = [], failed = [];

    /// <exception cref="CannotMove">The folder is somebody else's.</exception>
    public async Task<CopyReport> WriteAsync(string path, CancellationToken ct)
    {
        var folder = CopyFolder.Open(path);
        List<string> wave = [.. Beginnings.Where(address => known.TryAdd(address, 0))];
        while (wave.Count > 0)
        {
            ConcurrentBag<string> next = [];
            await Parallel.ForEachAsync(wave, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (address, stop) =>
            {
                foreach (var lead in await CopyAsync(address, folder, stop))
                {
                    if (known.TryAdd(lead, 0))
                        next.Add(lead);
                }
            });
            wave = [.. next];
        }

        await CopyNotFoundAsync(folder, ct);
        await FindOldAddressesAsync(ct);
        await WriteRedirectsAsync(folder, ct);
        var report = new CopyReport(folder.Count, folder.Written, 0, moved.Count + gone.Count, [.. left.Keys.Order(StringComparer.Ordinal)], [.. failed.Keys.Order(StringComparer.Ordinal)]);
        folder.Finish();
        return report with { Removed = folder.Removed };
    }

    /// <returns>What the page leads to.</returns>
    private async Task<IEnumerable<string>> CopyAsync(string address, CopyFolder folder, CancellationToken ct)
    {
        if (CopiedPage.FileOf(address, isPage: false) is { } picture && address.StartsWith("/pictures/", StringComparison.Ordinal) && folder.HasKept(picture))
            return [];

        using var answer = await AskAsync(address, ct);
        if (answer.Headers.Location is { } elsewhere)
            return address.StartsWith("/pictures/", StringComparison.Ordinal) ? await StandInAsync(address, elsewhere, folder, ct) : Follow(address, elsewhere);
        if (answer.StatusCode != HttpStatusCode.OK)
            return Fail(address, answer);

        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        var content = await answer.Content.ReadAsByteArrayAsync(ct);
        if (CopiedPage.FileOf(address, type == "text/html") is not { } file)
            return Leave($"{address}, which needs the program to answer");

        var (copied, leads) = Read(address, type, content);
        await folder.WriteAsync(file, copied, ct);
        return leads;
    }

    private (byte[] Content, IEnumerable<string> Leads) Read(string address, string type, byte[] content)
    {
        if (type == "text/html")
        {
            var page = CopiedPage.Read(Encoding.UTF8.GetString(content), origin);
            foreach (var words in page.Left)
                left.TryAdd(words, 0);
            return (Encoding.UTF8.GetBytes(page.Text), page.Leads);
        }

        if (type == "text/css")
            return (content, CopiedPage.NamedInStyles(Encoding.UTF8.GetString(content), address));
        if (!type.Contains("xml", StringComparison.Ordinal) && !type.Contains("json", StringComparison.Ordinal))
            return (content, []);

        var text = Encoding.UTF8.GetString(content);
        return (content, [.. CopiedPage.PicturesIn(text, origin), .. CopiedPage.NamedInSitemap(text, origin)]);
    }

    /// <summary>Pages name every format, and browsers look at a picture’s bytes, not at its name.</summary>
    private async Task<IEnumerable<string>> StandInAsync(string address, Uri elsewhere, CopyFolder folder, CancellationToken ct)
    {
        using var answer = await AskAsync(elsewhere.OriginalString, ct);
        if (answer.StatusCode != HttpStatusCode.OK || CopiedPage.FileOf(address, isPage: false) is not { } file)
            return Fail(address, answer);

        await folder.WriteAsync(file, await answer.Content.ReadAsByteArrayAsync(ct), ct);
        return Leave("pictures as AVIF, where libvips wrote none just now: WebP stands in for them under the same names");
    }

    private IEnumerable<string> Follow(string address, Uri elsewhere)
    {
        var target = elsewhere.IsAbsoluteUri ? elsewhere.PathAndQuery : elsewhere.OriginalString;
        moved.TryAdd(address, CopiedPage.AddressOf(target));
        return [target];
    }

    private IEnumerable<string> Fail(string address, HttpResponseMessage answer)
    {
        failed.TryAdd($"{address} answers {(int)answer.StatusCode}", 0);
        return [];
    }

    private IEnumerable<string> Leave(string words)
    {
        left.TryAdd(words, 0);
        return [];
    }

    /// <summary>A paper that is busy says so; there is no hurry.</summary>
    private async Task<HttpResponseMessage> AskAsync(string address, CancellationToken ct)
    {
        for (var patience = 60; ; patience--)
        {
            var answer = await reader.GetAsync(address, ct);
            if (answer.StatusCode < HttpStatusCode.InternalServerError || patience == 0)
                return answer;

            answer.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
        }
    }

    private async Task CopyNotFoundAsync(CopyFolder folder, CancellationToken ct)
    {
        using var answer = await AskAsync("/no-such-page", ct);
        await folder.WriteAsync(NotFound, Read("/no-such-page", "text/html", await answer.Content.ReadAsByteArrayAsync(ct)).Content, ct);
    }

    /// <summary>Addresses that readers once had of a story, and what the paper says at each today.</summary>
    private async Task FindOldAddressesAsync(CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var had = db.Revisions.Where(r => r.PublishedAt != null && r.Text.SectionId != null)
            .Join(db.Sections, r => r.Text.SectionId, s => s.Id, (r, s) => new { r.StoryId, Section = s.Slug, r.Text.Slug, r.Text.Headline })
            .OrderBy(old => old.StoryId).AsAsyncEnumerable();
        await foreach (var old in had.WithCancellation(ct))
            await LookWhereItLeadsAsync(string.Create(null, $"/{old.Section}/{old.StoryId}/{(old.Slug.Length > 0 ? old.Slug : Slugs.From(old.Headline))}"), ct);

        // A list of redirects knows paths only, so what another system told apart by a question stays behind.
        await foreach (var path in db.OldAddresses.Where(old => !old.Path.Contains("?")).OrderBy(old => old.Path).Select(old => old.Path).AsAsyncEnumerable().WithCancellation(ct))
            await LookWhereItLeadsAsync(path, ct);
    }

    private async Task LookWhereItLeadsAsync(string address, CancellationToken ct)
    {
        if (!known.TryAdd(address, 0))
            return;

        using var answer = await AskAsync(address, ct);
        if (answer.Headers.Location is { } elsewhere)
            Follow(address, elsewhere);
        else if (answer.StatusCode == HttpStatusCode.Gone)
            gone.TryAdd(address, 0);
    }

    /// <summary>As a list that many hosts of static sites read, and as a map for nginx.</summary>
    private async Task WriteRedirectsAsync(CopyFolder folder, CancellationToken ct)
    {
        var redirects = moved.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var withdrawn = gone.Keys.Order(StringComparer.Ordinal).ToList();
        var list = redirects.Select(pair => $"{pair.Key} {pair.Value} 301").Concat(withdrawn.Select(address => $"{address} /{NotFound} 410"));
        var map = redirects.Select(pair => $"    \"{pair.Key}\" \"{pair.Value}\";");
        var away = withdrawn.Select(address => $"    \"{address}\" 1;");
        string[] nginx =
        [
            "# For nginx: include this file within http, and within server say",
            "#   root …; error_page 404 /404.html; if ($paper_moved) { return 301 $paper_moved; } if ($paper_gone) { return 410; }",
            "map $uri $paper_moved {", "    default \"\";", .. map, "}",
            "map $uri $paper_gone {", "    default 0;", .. away, "}",
        ];
        await folder.WriteAsync("_redirects", Lines(list), ct);
        await folder.WriteAsync(".static-copy/nginx.conf", Lines(nginx), ct);
        await folder.WriteAsync(".static-copy/left-out.txt", Lines(left.Keys.Concat(failed.Keys).Order(StringComparer.Ordinal)), ct);
    }

    private static byte[] Lines(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
