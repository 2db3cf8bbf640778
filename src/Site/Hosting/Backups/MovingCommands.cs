using System.Diagnostics;
using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Hosting.Checkup;
using LondonDefender.Paper;
using LondonDefender.Wire.MovingOut;
using LondonDefender.Wire.StaticCopy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LondonDefender.Hosting.Backups;

/// <summary>The commands by which a paper leaves its place and comes back: they say what they did, and how long it took.</summary>
internal static class MovingCommands
{
    private const int WrongWords = 2;

    public static Task<int> ExportAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: export FILE.zip"), async (words, began) =>
    {
        await using var paper = await OpenPaper.AtAsync(words.Settings);
        await NewsroomDatabase.MigrateAsync(paper.Services);
        ExportReport report = null!;
        await NewFile.WriteAsync(words.Path, async file => report = await paper.Services.GetRequiredService<PaperExport>().WriteAsync(file, CancellationToken.None), CancellationToken.None);

        await SayAsync($"{report.Paper}: {Count(report.Stories, "story", "stories")} in {Count(report.Versions, "version", "versions")} and {Count(report.Pictures, "picture", "pictures")} are in {words.Path} ({Disk.Words(report.Length)}), after {Took(began)}.");
        if (report.PicturesWithoutFile.Count > 0)
            await SayAsync($"The files of these pictures were not to be had: {string.Join(", ", report.PicturesWithoutFile)}.");
        await SayAsync("No password is in it, but drafts and names are: keep it safe.");
        return 0;
    });

    public static Task<int> ImportPaperAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: import-paper FILE.zip"), async (words, began) =>
    {
        await using var paper = await OpenPaper.AtAsync(words.Settings);
        await NewsroomDatabase.MigrateAsync(paper.Services);
        var report = await paper.Services.GetRequiredService<PaperImport>().RunAsync(words.Path, CancellationToken.None);

        await SayAsync($"{report.Manifest.Paper} is here: {Count(report.RowsOf("stories"), "story", "stories")} in {Count(report.RowsOf("revisions"), "version", "versions")} and {Count(report.RowsOf("pictures"), "picture", "pictures")}, after {Took(began)}.");
        await SayOfPeopleAsync(report.People, paper.Services.GetRequiredService<IOptions<PaperOptions>>().Value.Address ?? PaperHost.DefaultAddress);
        return 0;
    });

    private static async Task SayOfPeopleAsync(IReadOnlyList<Returned> people, string address)
    {
        if (people.Count == 0)
        {
            await SayAsync("Nobody works at it: the first start prints a link that makes the first chief editor.");
            return;
        }

        await SayAsync($"{Count(people.Count, "person works", "people work")} at it, without passwords, which stayed behind. Each of these links lets a chief editor choose a new one, once, within a day; everybody else is given one under People, by “Cannot sign in”:");
        foreach (var chief in people.Where(person => person.Key is not null))
            await SayAsync($"  {chief.Name}: {address.Trim().TrimEnd('/')}/desk/invitation?key={chief.Key}");
    }

    public static Task<int> BackUpAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: backup FILE [--check]", "--check"), async (words, began) =>
    {
        if (words.Options.Contains("--check"))
            return await CheckAsync(words, began);

        await using var paper = await OpenPaper.AtAsync(words.Settings);
        Manifest kept = null!;
        await NewFile.WriteAsync(words.Path, async file => kept = await PaperBackup.WriteAsync(paper.Services, file, CancellationToken.None), CancellationToken.None);
        paper.Services.GetRequiredService<Backup>().Remember();

        await SayAsync($"{InWords(kept)} are kept in {words.Path} ({Disk.Words(new FileInfo(words.Path).Length)}), after {Took(began)}.");
        if (kept.PicturesWithoutFile.Count > 0)
            await SayAsync($"The files of these pictures were not to be had: {string.Join(", ", kept.PicturesWithoutFile)}.");
        await SayAsync("Whoever has the file has the newsroom’s secrets: keep it safe, and on another machine.");
        return 0;
    });

    private static async Task<int> CheckAsync(CommandWords words, long began)
    {
        using var zip = await CheckedZip.OpenAsync(words.Path, Manifest.OfBackup, CancellationToken.None);
        await SayAsync($"{words.Path} is whole: {InWords(zip.Manifest)}, kept {zip.Manifest.MadeAt:u} by version {zip.Manifest.Program}. It was read in {Took(began)}.");
        return 0;
    }

    public static Task<int> RestoreAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: restore FILE [--put-aside]", "--put-aside"), async (words, began) =>
    {
        using var zip = await CheckedZip.OpenAsync(words.Path, Manifest.OfBackup, CancellationToken.None);
        await using var paper = await OpenPaper.AtAsync(words.Settings, mayJoin: false);
        await using (var db = await paper.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>().CreateDbContextAsync())
        {
            if (PaperRestore.WhyNot(zip.Manifest, db) is { } reason)
                throw new CannotMove(reason);

            var folder = DataFolder.Resolve(paper.Services.GetRequiredService<IOptions<HostingOptions>>().Value.DataFolder);
            var place = new PlaceForPaper(db.Database.GetConnectionString()!, folder, TimeProvider.System.GetUtcNow());
            foreach (var sentence in await place.ClearAsync(words.Options.Contains("--put-aside"), CancellationToken.None))
                await SayAsync(sentence);
        }

        var leftOut = await PaperRestore.RunAsync(zip, paper.Services, CancellationToken.None);
        await SayAsync($"{InWords(zip.Manifest)} are back as they were on {zip.Manifest.MadeAt:u}, every file and row counted and compared, after {Took(began)}. Start the paper.");
        if (leftOut.Count > 0)
            await SayAsync($"These tables are not the paper’s own, and stayed in the file: {string.Join(", ", leftOut)}.");
        return 0;
    });

    public static Task<int> CopyAsync(string[] args) => RunAsync(CommandWords.Read(args, "Usage: static-copy FOLDER --Paper:Address=https://where-it-will-stand.example"), async (words, began) =>
    {
        await using var paper = await OpenPaper.AtAsync(words.Settings, more: ["--urls=http://127.0.0.1:0", "--Paper:PageCache=false", "--Serilog:MinimumLevel:Default=Fatal"]);
        if (paper.Services.GetRequiredService<IOptions<PaperOptions>>().Value.Origin is not { } origin)
            throw new CannotMove("Say where the copy will stand, such as --Paper:Address=https://paper.example: feeds, sitemaps and what is told to search engines name it.");

        await NewsroomDatabase.MigrateAsync(paper.Services);
        await paper.App.StartAsync();
        using var reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(paper.App.Urls.First()), Timeout = TimeSpan.FromMinutes(2) };
        var report = await new SiteCopy(reader, origin, paper.Services.GetRequiredService<IDbContextFactory<NewsroomDb>>()).WriteAsync(words.Path, CancellationToken.None);
        await paper.App.StopAsync();

        await SayAsync($"The copy in {words.Path} has {Count(report.Files, "file", "files")} ({report.Written:#,0} written, {report.Removed:#,0} taken away) and {Count(report.Redirects, "redirect", "redirects")}, after {Took(began)}.");
        await SayAsync("What needs the program was left out:");
        foreach (var sentence in report.Left)
            await SayAsync($"  {sentence}");
        foreach (var sentence in report.Failed.Take(20))
            await Console.Error.WriteLineAsync(sentence);
        if (report.Failed.Count > 0)
            await Console.Error.WriteLineAsync($"{Count(report.Failed.Count, "address", "addresses")} gave nothing, all of them listed in .static-copy/left-out.txt; what is copied stays, and running this again goes on from there.");
        return report.Failed.Count == 0 ? 0 : 1;
    });

    private static string InWords(Manifest manifest)
    {
        return $"{manifest.Paper}: {Count(RowsOf("stories"), "story", "stories")} in {Count(RowsOf("revisions"), "version", "versions")}, {Count(RowsOf("pictures"), "picture", "pictures")}, {Count(RowsOf("users"), "person", "people")} and all else";

        long RowsOf(string table) => manifest.Tables.Where(found => found.Name == table).Sum(found => found.Rows);
    }

    internal static async Task<int> RunAsync(CommandWords? words, Func<CommandWords, long, Task<int>> run)
    {
        if (words is null)
            return WrongWords;

        try
        {
            return await run(words, Stopwatch.GetTimestamp());
        }
        catch (CannotMove reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return 1;
        }
        catch (NpgsqlException problem)
        {
            await Console.Error.WriteLineAsync($"The database could not be worked on: {problem.GetBaseException().Message.TrimEnd('.')}.");
            return 1;
        }
    }

    internal static Task SayAsync(string sentence) => Console.Out.WriteLineAsync(sentence);

    internal static string Count(long number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? one : many)}");

    internal static string Took(long began) => Stopwatch.GetElapsedTime(began) switch
    {
        { TotalMinutes: >= 2 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.0} minutes"),
        var time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} seconds"),
    };
}
