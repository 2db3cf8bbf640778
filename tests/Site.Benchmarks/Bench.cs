using System.Globalization;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LondonDefender.Benchmarks;

/// <summary>Where figures are taken: the papers that were asked for, and the servers of the row that is being measured.</summary>
public sealed class Bench(FigureOptions options) : IAsyncDisposable
{
    // As a browser, so that what is done for a person's visit, counting it among others, is done here too.
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private readonly Dictionary<int, BigPaper> papers = [];
    private readonly List<MeasuredProcess> servers = [];
    private readonly Dictionary<(BigPaper, bool), MeasuredProcess> shared = [];
    private string? published;
    private readonly string papersFolder = options.Papers ?? Directory.CreateTempSubdirectory("defender-benchmarks-").FullName;

    public FigureOptions Options => options;
    public string Scratch { get; } = Directory.CreateTempSubdirectory("defender-figures-").FullName;

    public Task<BigPaper> SmallestAsync() => PaperAsync(options.Stories.Min());
    public Task<BigPaper> LargestAsync() => PaperAsync(options.Stories.Max());

    public async Task<BigPaper> PaperAsync(int stories) =>
        papers.TryGetValue(stories, out var paper) ? paper : papers[stories] = await BigPaper.OpenAsync(papersFolder, options.Programs, stories);

    /// <summary>A site for one row; in the short form rows share it.</summary>
    public async Task<MeasuredProcess> OpenSiteAsync(BigPaper paper, bool pageCache) =>
        shared.TryGetValue((paper, pageCache), out var site) ? site : shared[(paper, pageCache)] = await StartSiteAsync(paper, pageCache);

    /// <summary>The folder of the site as it is shipped; null where there is none, and in a short run.</summary>
    public async Task<string?> PublishedAsync() => published ??= Options.IsShort ? null : await PublishedSite.MakeAsync(Scratch);

    /// <summary>The site as anybody would start it, on that paper.</summary>
    /// <param name="published">A folder with a site that was published, instead of the one that was built.</param>
    public async Task<MeasuredProcess> StartSiteAsync(BigPaper paper, bool pageCache, string firstPath = "/", string? published = null)
    {
        string[] program = published is null ? [BareHandler.Beside("Site")] : ["dotnet", Path.Combine(published, "Site.dll")];
        var address = MeasuredProcess.FreeAddress();
        var database = new NpgsqlConnectionStringBuilder(paper.ConnectionString) { MaxPoolSize = 25, CommandTimeout = 30 }.ConnectionString;
        return Keep(await MeasuredProcess.StartAsync(Scratch, program[0],
            [
                .. program[1..], $"--urls={address}", $"--ConnectionStrings:Newsroom={database}", $"--Hosting:DataFolder={Path.Combine(Scratch, address.Port.ToString(CultureInfo.InvariantCulture))}",
                $"--Paper:PageCache={(pageCache ? "true" : "false")}",
            ], address, firstPath));
    }

    public MeasuredProcess Keep(MeasuredProcess server)
    {
        servers.Add(server);
        return server;
    }

    public Load Readers(MeasuredProcess server, IReadOnlyList<string> paths, int connections, params (string Name, string Value)[] headers) =>
        new(server, paths, connections, [("User-Agent", Browser), .. headers]);

    /// <summary>Of so many live stories, from all over the paper; always the same ones.</summary>
    public static async Task<IReadOnlyList<string>> StoryPathsAsync(BigPaper paper, int count)
    {
        var chance = new Random(1);
        int[] ids = [.. Enumerable.Range(0, count * 2).Select(_ => 1 + chance.Next(paper.Stories))];
        await using var db = paper.OpenDb();
        var found = await db.Stories.Live(BigPaper.Now).Where(story => ids.Contains(story.Id))
            .Join(db.Sections, story => story.SectionId, section => section.Id, (story, section) => new { story.Id, story.Draft, Section = section.Slug })
            .ToListAsync();
        return [.. found.DistinctBy(story => story.Id).OrderBy(story => Array.IndexOf(ids, story.Id)).Take(count)
            .Select(story => StoryAddress.Of(story.Section, story.Id, story.Draft.AddressSlug))];
    }

    public Task EndRowAsync() => options.IsShort ? Task.CompletedTask : StopServersAsync();

    public async Task StopServersAsync()
    {
        shared.Clear();
        foreach (var server in servers)
            await server.DisposeAsync();
        servers.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopServersAsync();
        foreach (var paper in papers.Values)
        {
            await paper.ForgetAsync();
            await paper.DisposeAsync();
        }

        Directory.Delete(Scratch, recursive: true);
        if (options.Papers is null)
            Directory.Delete(papersFolder, recursive: true);
    }
}
