using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LondonDefender.Wire.MovingOut;

namespace LondonDefender.Tests.Wire.MovingOut;

/// <summary>A paper is taken in whole, or nothing of it, and never over another.</summary>
public sealed class RefusedPapersTests(RefusedPapersTests.SmallPaper newsroom) : IClassFixture<RefusedPapersTests.SmallPaper>, IDisposable
{
    public sealed class SmallPaper : PaperToMove
    {
        protected override async Task FillAsync()
        {
            await using var db = await OpenDbAsync();
            await Edition.SetAsync(db);
            await PublishAsync(Edition.BridgeOpens);
        }
    }

    private readonly string folder = Directory.CreateTempSubdirectory("defender-refused-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_paper_that_is_not_empty_takes_none_in()
    {
        var before = await newsroom.RowsAsync();

        var reason = await RefusedAsync(await newsroom.ExportAsync(folder), newsroom);

        Assert.StartsWith("This paper is not empty (sections: 2), and a paper is taken into an empty one only.", reason, StringComparison.Ordinal);
        Assert.Equal(before, await newsroom.RowsAsync());
    }

    [Fact]
    public async Task What_is_torn_or_changed_is_not_taken_in()
    {
        var whole = await File.ReadAllBytesAsync(await newsroom.ExportAsync(folder));
        await using var empty = await EmptyPaper.OpenAsync(newsroom);
        var before = await empty.RowsAsync();

        Assert.Contains("is no whole file", await RefusedAsync(Written(whole[..^1000]), empty), StringComparison.Ordinal);
        Assert.Contains("is no whole file", await RefusedAsync(Written(whole[..200]), empty), StringComparison.Ordinal);
        Assert.Contains("is no whole file", await RefusedAsync(Written("Dear editor,\n"u8.ToArray()), empty), StringComparison.Ordinal);
        Assert.Contains("There is no file", await RefusedAsync(Path.Combine(folder, "nowhere.zip"), empty), StringComparison.Ordinal);
        for (var at = 40; at < whole.Length; at += whole.Length / 60)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x5A;
            // A byte of a header that says nothing may be any; whatever is taken in must be what was written.
            if (await Record.ExceptionAsync(async () => (await CheckedZip.OpenAsync(Written(changed), Manifest.OfExport, default)).Dispose()) is { } refusal)
                Assert.IsType<CannotMove>(refusal);
        }

        Assert.Equal(before, await empty.RowsAsync());
    }

    [Theory]
    [InlineData("tables/stories.csv", "was changed, or damaged on its way: “tables/stories.csv” is not what was written")]
    [InlineData("checksums.sha256", "was changed, or damaged on its way: “checksums.sha256” is not what was written")]
    [InlineData("README.md", "was changed, or damaged on its way: “README.md” is not what was written")]
    public async Task An_entry_that_was_changed_is_noticed(string name, string reason)
    {
        var file = await ChangedAsync(zip => Rewrite(zip, name, text => text + " "));

        Assert.Contains(reason, await RefusedAsync(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/cron.d/paper")]
    [InlineData("/etc/passwd")]
    [InlineData("stories\\..\\x.md")]
    [InlineData("C:/paper.md")]
    public async Task An_entry_that_leads_out_is_refused(string name)
    {
        var file = await ChangedAsync(zip => Add(zip, name, "Gotcha."u8.ToArray()));

        Assert.Contains($"has an entry that leads out of it (“{name}”)", await RefusedAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_nobody_knows_and_one_that_is_there_twice_are_refused()
    {
        Assert.Contains("has entries that its list of checksums does not know", await RefusedAsync(await ChangedAsync(zip => Add(zip, "stories/more.md", [1]))), StringComparison.Ordinal);
        Assert.Contains("has two entries called “README.md”", await RefusedAsync(await ChangedAsync(zip => Add(zip, "README.md", [1]))), StringComparison.Ordinal);
        Assert.Contains("“README.md” is missing", await RefusedAsync(await ChangedAsync(zip => zip.GetEntry("README.md")!.Delete())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_burst_is_not_unpacked()
    {
        var file = await ChangedAsync(zip => Add(zip, "stories/zeros.md", new byte[40 << 20]));

        Assert.Matches("has an entry \\(“stories/zeros.md”\\) that would become [0-9]{3,4} times as large", await RefusedAsync(file));
    }

    [Theory]
    [InlineData("\"form\": 1", "\"form\": 2", "was written in form 2, by version ")]
    [InlineData("london-defender-export", "london-defender-backup", "is a backup, with people’s secrets in it: `restore` brings it back")]
    [InlineData("london-defender-export", "somebody-else", "is no paper of ours: its manifest.json says it is “somebody-else”")]
    [InlineData("{\n", "[\n", "its manifest.json cannot be read")]
    [InlineData("\"draft_copy\"", "\"draft_mood\"", "Its table “stories” has a column “draft_mood”, which this version does not know: it was written by a newer one. Nothing was changed.")]
    [InlineData("\"name\": \"sections\"", "\"name\": \"user_tokens\"", "has a table “user_tokens” that no export of this version has")]
    public async Task Another_versions_paper_is_refused_by_name(string was, string now, string reason)
    {
        var file = await ChangedAsync(zip => Rewrite(zip, Manifest.FileName, text => text.Replace(was, now, StringComparison.Ordinal)));

        Assert.Contains(reason, await RefusedAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_do_not_fit_together_leave_the_paper_empty()
    {
        var file = await ChangedAsync(zip =>
        {
            Rewrite(zip, "tables/corrections.csv", text => text + "1,4711,Correction,AtFoot,Nothing.,2026-03-10 09:00:00+00,\n");
            Rewrite(zip, Manifest.FileName, text => text.Replace("\"rows\": 0", "\"rows\": 1", StringComparison.Ordinal));
            Seal(zip);
        });
        await using var empty = await EmptyPaper.OpenAsync(newsroom);
        var before = await empty.RowsAsync();

        Assert.NotEmpty(await RefusedAsync(file, empty));

        Assert.Equal(before, await empty.RowsAsync());
        Assert.NotEmpty((await empty.ImportAsync(await newsroom.ExportAsync(folder, "good.zip"))).Manifest.Tables);
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        var path = Path.Combine(folder, "mine.txt");
        await File.WriteAllTextAsync(path, "mine");

        var refusal = await Assert.ThrowsAsync<CannotMove>(() => newsroom.ExportAsync(folder, "mine.txt"));

        Assert.Contains("is there already, and nothing is written over it", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(path));
        var file = await newsroom.ExportAsync(folder);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
    }

    private async Task<string> RefusedAsync(string file)
    {
        await using var empty = await EmptyPaper.OpenAsync(newsroom);
        return await RefusedAsync(file, empty);
    }

    private static async Task<string> RefusedAsync(string file, PaperToMove paper) => (await Assert.ThrowsAsync<CannotMove>(() => paper.ImportAsync(file))).Message;

    private string Written(byte[] content)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.zip");
        File.WriteAllBytes(file, content);
        return file;
    }

    private async Task<string> ChangedAsync(Action<ZipArchive> change)
    {
        var file = await newsroom.ExportAsync(folder, $"{Guid.NewGuid():N}.zip");
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Update))
            change(zip);
        return file;
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static void Rewrite(ZipArchive zip, string name, Func<string, string> change)
    {
        var text = Read(zip, name);
        zip.GetEntry(name)!.Delete();
        Add(zip, name, Encoding.UTF8.GetBytes(change(text)));
    }

    private static string Read(ZipArchive zip, string name)
    {
        using var content = new StreamReader(zip.GetEntry(name)!.Open());
        return content.ReadToEnd();
    }

    /// <summary>As somebody would who knows how checksums are made.</summary>
    private static void Seal(ZipArchive zip)
    {
        var was = Read(zip, "checksums.sha256");
        var list = string.Concat(was.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Read(zip, line[66..]))))}  {line[66..]}\n"));
        Rewrite(zip, "checksums.sha256", _ => list);
        Rewrite(zip, Manifest.FileName, text => text.Replace(Hash(was), Hash(list), StringComparison.Ordinal));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
