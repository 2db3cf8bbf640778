using System.Security.Cryptography;
using System.Text;
using LondonDefender.Data;
using LondonDefender.Hosting;
using LondonDefender.Staff;
using LondonDefender.Tests.Wire.MovingOut;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LondonDefender.Tests.Hosting.Backups;

/// <summary>A paper as one person runs it: PostgreSQL, pictures and all in one folder, and commands beside it.</summary>
public sealed class BackupTests : IDisposable
{
    private sealed class PaperInOneFolder(string folder, bool isFilled) : PaperToMove
    {
        private NewsroomDatabase? database;

        public override string DataFolder => folder;

        public static async Task<PaperInOneFolder> StartAsync(string folder, MovableClock clock, bool isFilled)
        {
            var paper = new PaperInOneFolder(folder, isFilled) { Clock = clock };
            await paper.InitializeAsync();
            return paper;
        }

        protected override Task FillAsync() => isFilled ? base.FillAsync() : Task.CompletedTask;

        protected override async Task<string> FindDatabaseAsync()
        {
            string[] settings = [$"--Hosting:DataFolder={folder}"];
            database = await NewsroomDatabase.OpenAsync(settings, mayJoin: false);
            await using var app = Program.Build([.. settings, .. database.AsArguments, "--Serilog:MinimumLevel:Default=Fatal"]);
            await NewsroomDatabase.MigrateAsync(app.Services);
            return LocalPostgres.ConnectionStringOfRunning(Path.Combine(folder, "postgres"))!;
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            NpgsqlConnection.ClearAllPools();
            if (database is not null)
                await database.DisposeAsync();
        }
    }

    private readonly string root = Directory.CreateTempSubdirectory("defender-backup-").FullName;
    private readonly MovableClock clock = new(Edition.Morning);

    private string Data => Path.Combine(root, "data");
    private string File_ => Path.Combine(root, "kept", "tonight.backup");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_paper_that_lost_its_folder_is_the_same_paper_again()
    {
        Dictionary<string, string> rows, pages;
        await using (var paper = await PaperInOneFolder.StartAsync(Data, clock, isFilled: true))
        {
            await HireAsync(paper);
            (rows, pages) = (await AllRowsAsync(paper), await PagesAsync(paper));
            // While the paper runs.
            var (code, said) = await SaidAsync("backup", File_);
            Assert.True(code == 0, said);
            Assert.Contains("is whole: London Defender: ", (await SaidAsync("backup", File_, "--check")).Said, StringComparison.Ordinal);
            Assert.Contains("is there already", (await SaidAsync("backup", File_)).Said, StringComparison.Ordinal);
            Assert.Contains("already running", (await SaidAsync("restore", File_)).Said, StringComparison.Ordinal);

        }

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File_));
        Assert.Contains("There is a paper already (the database is not empty), and nothing is written over it.", (await SaidAsync("restore", File_)).Said, StringComparison.Ordinal);
        Directory.Delete(Data, recursive: true);
        var (restored, report) = await SaidAsync("restore", File_);
        Assert.True(restored == 0, report);

        await using var again = await PaperInOneFolder.StartAsync(Data, clock, isFilled: false);
        Assert.Equal(rows, await AllRowsAsync(again));
        Assert.Equal(pages, await PagesAsync(again));
        using var editor = await StaffMember.SignInAsync(again.Address, "plain-chief");
        Assert.True(editor.SignedIn);
        Assert.Contains("The paper knows of none yet.", (await editor.OpenAsync("/desk/moving-out")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, (await SaidAsync("backup", File_ + ".2")).Code);
        Assert.Contains("The last one was made on", (await editor.OpenAsync("/desk/moving-out")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_is_put_aside_and_kept()
    {
        await using (var paper = await PaperInOneFolder.StartAsync(Data, clock, isFilled: false))
        {
            await using var db = await paper.OpenDbAsync();
            await Edition.SetAsync(db);
            await paper.PublishAsync(Edition.BridgeOpens);
            Assert.Equal(0, (await SaidAsync("backup", File_)).Code);
            await paper.PublishAsync(Edition.FerryCloses);
            Directory.CreateDirectory(Path.Combine(Data, "pictures", "originals"));
            await File.WriteAllTextAsync(Path.Combine(Data, "pictures", "originals", "later"), "x");
        }

        var (code, said) = await SaidAsync("restore", File_, "--put-aside");

        Assert.True(code == 0, said);
        Assert.Matches("The database that was there is called newsroom_aside_[0-9_]+ now", said);
        Assert.Single(Directory.GetDirectories(Data, "pictures-aside_*"));
        await using var again = await PaperInOneFolder.StartAsync(Data, clock, isFilled: false);
        Assert.Equal(System.Net.HttpStatusCode.OK, await again.StatusOf("/world/1/bridge-over-the-wend-opens-at-last"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, await again.StatusOf("/world/2/last-ferry-leaves-ansty-quay"));
    }

    [Fact]
    public async Task A_backup_that_is_torn_or_newer_is_refused_before_anything_is_touched()
    {
        await File.WriteAllTextAsync(Path.Combine(root, "torn"), "PK");

        var (code, said) = await SaidAsync("restore", Path.Combine(root, "torn"));

        Assert.Equal(1, code);
        Assert.Contains("is no whole file", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
        Assert.Equal((2, "Usage: backup FILE [--check]\n"), await SaidAsync("backup"));
    }

    private async Task<(int Code, string Said)> SaidAsync(params string[] words)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Site"), [.. words, $"--Hosting:DataFolder={Data}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private static async Task HireAsync(Newsroom paper)
    {
        await using var scope = paper.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();
        Assert.NotNull((await staff.AcceptAsync(await staff.InviteAsync("Plain", Role.ChiefEditor), "plain-chief", "Plain", StaffMember.Password)).Person);
    }

    private static async Task<Dictionary<string, string>> PagesAsync(Newsroom paper)
    {
        Dictionary<string, string> pages = [];
        foreach (var address in new[] { "/", "/britain", "/world", "/sitemaps/stories-1.xml", "/archive", "/most-read", "/rss.xml", "/search?q=bridge", "/corrections" })
            pages[address] = await paper.Reader.GetStringAsync(address);
        foreach (var picture in System.Text.RegularExpressions.Regex.Matches(pages["/"], "/pictures/[^\" ]+[.]jpg").Select(match => match.Value).Distinct().Take(3))
            pages[picture] = Convert.ToHexString(SHA256.HashData(await paper.Reader.GetByteArrayAsync(picture)));
        return pages;
    }

    /// <summary>Of every table but those that are true of this moment only, secrets included.</summary>
    private static async Task<Dictionary<string, string>> AllRowsAsync(Newsroom paper)
    {
        await using var db = await paper.OpenDbAsync();
        await using var tables = await WholeTables.ReadAsync(db, default);
        Dictionary<string, string> rows = [];
        foreach (var table in (await tables.ListAsync(default)).Where(table => table.Name is not ("changes" or "nodes" or "presences")))
        {
            using var text = new MemoryStream();
            await tables.CopyOutAsync(table, new Dictionary<string, string>(), text, default);
            rows[table.Name] = Encoding.UTF8.GetString(text.ToArray());
        }

        return rows;
    }
}
