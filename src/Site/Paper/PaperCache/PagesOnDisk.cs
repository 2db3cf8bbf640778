using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LondonDefender.Paper.PaperCache;

/// <summary>
/// The last good form of the pages printed lately, in files: for when a page cannot be printed and memory does not have it, as after a start
/// without the database. A story that is withdrawn leaves them at once; other pages may be as old as the database has been away.
/// </summary>
public sealed class PagesOnDisk(IOptions<PaperOptions> options, ILogger<PagesOnDisk> log) : BackgroundService
{
    private const int WritesBetweenSweeps = 500;

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    // One after the other: a page that is written and the order to forget it must not overtake each other.
    private readonly Channel<Action> work = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private int written;
    private bool hasComplained;

    public bool HasPages => FilesIn(Folder, "*.page").Any();

    private string Folder => options.Value.PagesFolder;

    public bool Has(KeptAddress address) => FilesOf(address).Any();

    public void Keep(KeptPage page) => work.Writer.TryWrite(() => Write(page));

    public void Forget(KeptAddress address) => work.Writer.TryWrite(() => Delete(FilesOf(address)));

    public void ForgetStory(int id) => work.Writer.TryWrite(() => Delete(FilesOfStory(id)));

    /// <summary>Every page that read any of these things, of whatever story.</summary>
    public void ForgetReadersOf(IReadOnlySet<string> keys) => work.Writer.TryWrite(() => Delete(FilesIn(Folder, "*.page").Where(file => HasRead(file, keys))));

    /// <summary>Every page written before that moment.</summary>
    public void ForgetBefore(DateTimeOffset moment) => work.Writer.TryWrite(() => Delete(FilesIn(Folder, "*.page").Where(file => File.GetLastWriteTimeUtc(file) < moment.UtcDateTime)));

    /// <summary>Whether a page is here on which readers had the story.</summary>
    public bool ShowsStory(int id) => FilesOfStory(id).Any(file => HeadOf(file) is { Status: StatusCodes.Status200OK });

    /// <summary>The stories that pages are here of, by their ids.</summary>
    public IEnumerable<int> Stories() => FilesIn(Folder, "*.page").Select(StoryOf).OfType<int>().Distinct();

    /// <summary>The page as it was printed last; null where it is not here, or cannot be read.</summary>
    public KeptPage? Read(KeptAddress address)
    {
        try
        {
            return FilesOf(address).FirstOrDefault() is { } file ? Read(file, address) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>For whoever has to know that everything asked for so far is done.</summary>
    public Task DrainAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Writer.TryWrite(done.SetResult);
        return done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was printed before the paper is stopped is still written: it may be started again without its database.
        using var stopping = stoppingToken.Register(() => work.Writer.TryComplete());
        await foreach (var next in work.Reader.ReadAllAsync(CancellationToken.None))
            Do(next);
    }

    private void Do(Action next)
    {
        try
        {
            next();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (!hasComplained)
                log.LogWarning("Pages cannot be kept in {Folder}: {Problem} The paper goes on; only after a start without its database it would miss them.", Folder, problem.Message);
            hasComplained = true;
        }
    }

    private void Write(KeptPage page)
    {
        if (page.IsWithdrawn)
            return;

        var file = FileFor(page);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Delete(FilesOf(page.Address).Where(other => other != file));
        // Of its own: nodes may share the folder.
        var unfinished = $"{file}.{Guid.NewGuid():N}.new";
        using (var stream = File.Create(unfinished))
        {
            JsonSerializer.Serialize(stream, PageHead.Of(page));
            stream.WriteByte((byte)'\n');
            stream.Write(page.Forms.Brotli.Bytes);
        }

        File.Move(unfinished, file, overwrite: true);
        if (++written % WritesBetweenSweeps == 0)
            Sweep();
    }

    private static KeptPage Read(string file, KeptAddress address)
    {
        var bytes = File.ReadAllBytes(file);
        var end = Math.Max(0, Array.IndexOf(bytes, (byte)'\n'));
        var head = JsonSerializer.Deserialize<PageHead>(bytes.AsSpan(0, end)) ?? throw new InvalidDataException();
        return head.Path == address.Path
            ? head.ToPage(address, Packing.Unpack(bytes.AsSpan(end + 1), head.Length))
            : throw new InvalidDataException($"{file} is of another address.");
    }

    /// <summary>Of a file that cannot be read nobody knows; it is of no use either.</summary>
    private static bool HasRead(string file, IReadOnlySet<string> keys) => HeadOf(file)?.Keys.Any(keys.Contains) != false;

    private static PageHead? HeadOf(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { } head ? JsonSerializer.Deserialize<PageHead>(head) : null;
        }
        catch (Exception problem) when (problem is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private void Sweep()
    {
        var files = new DirectoryInfo(Folder).EnumerateFiles("*.page", Everywhere).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        var room = options.Value.PagesOnDiskMegabytes * 1024L * 1024L;
        Delete(files.SkipWhile(file => (room -= file.Length) >= 0).Select(file => file.FullName));
    }

    private static void Delete(IEnumerable<string> files)
    {
        foreach (var file in files.ToList())
            File.Delete(file);
    }

    /// <summary>Such as 3f/3f09…-1042.page for a page of story 1042: found by its address, and by its story.</summary>
    private string FileFor(KeptPage page) => Path.Combine(FolderOf(page.Address, out var name), $"{name}-{StoryOf(page)}.page");

    private IEnumerable<string> FilesOf(KeptAddress address) => FilesIn(FolderOf(address, out var name), $"{name}-*.page");

    private IEnumerable<string> FilesOfStory(int id) => FilesIn(Folder, string.Create(CultureInfo.InvariantCulture, $"*-{id}.page"));

    private static IEnumerable<string> FilesIn(string folder, string pattern) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, Everywhere) : [];

    private string FolderOf(KeptAddress address, out string name)
    {
        name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{address.Origin} {address.Path}{address.Query}")).AsSpan(0, 12));
        return Path.Combine(Folder, name[..2]);
    }

    private static string StoryOf(KeptPage page) =>
        page.Keys.Select(PageKey.WithdrawnStory).FirstOrDefault(story => story is not null)?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static int? StoryOf(string file) =>
        int.TryParse(Path.GetFileNameWithoutExtension(file).Split('-')[^1], CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What stands before the page in its file.</summary>
    private sealed record PageHead(string Path, int Status, KeyValuePair<string, string?[]>[] Headers, string[] Keys, string TagStart, DateTimeOffset? LastModified, bool HasPages, int Length)
    {
        public static PageHead Of(KeptPage page) => new(page.Address.Path, page.Status,
            [.. page.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()))],
            [.. page.Keys], page.TagStart, page.LastModified, page.HasPages, page.Forms.Length);

        /// <summary>As one that has gone stale long ago; reads of it are not counted until it is printed anew.</summary>
        public KeptPage ToPage(KeptAddress address, byte[] plain) => new()
        {
            Address = address,
            Status = Status,
            Headers = [.. Headers.Select(header => KeyValuePair.Create(header.Key, new StringValues(header.Value)))],
            Keys = Keys,
            Until = DateTimeOffset.MinValue,
            TagStart = TagStart,
            HasPages = HasPages,
            LastModified = LastModified,
            Forms = Packing.Quickly(plain, TagStart),
        };
    }
}
