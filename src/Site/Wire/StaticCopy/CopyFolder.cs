using LondonDefender.Wire.MovingOut;

namespace LondonDefender.Wire.StaticCopy;

/// <summary>
/// The folder a copy of the site stands in. It remembers which files are its own: what has not changed is left as it lies, what is gone from the
/// paper goes from here too, and what somebody else put there stays.
/// </summary>
internal sealed class CopyFolder
{
    private const string Own = ".static-copy";

    private readonly string root;
    private readonly HashSet<string> before;
    private readonly HashSet<string> now = new(StringComparer.Ordinal);
    private readonly Lock turn = new();

    private CopyFolder(string root, HashSet<string> before) => (this.root, this.before) = (root, before);

    public int Written { get; private set; }
    public int Removed { get; private set; }
    public int Count => now.Count;

    private string List => Path.Combine(root, Own, "files.txt");

    /// <exception cref="CannotMove">There are files in it that no copy has put there.</exception>
    public static CopyFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        var list = Path.Combine(root, Own, "files.txt");
        if (File.Exists(root) || (Directory.Exists(root) && !File.Exists(list) && Directory.EnumerateFileSystemEntries(root).Any()))
            throw new CannotMove($"{root} has files in it that are no copy of a paper, and nothing is written among them: name a new folder, or one with an earlier copy.");

        Directory.CreateDirectory(Path.Combine(root, Own));
        if (!File.Exists(list))
            File.WriteAllText(list, "");
        return new(root, [.. File.ReadLines(list)]);
    }

    /// <summary>Whether an earlier copy left it; what is behind the address of a picture never changes.</summary>
    public bool HasKept(string file)
    {
        if (!before.Contains(file) || !File.Exists(PathOf(file)))
            return false;

        lock (turn)
            now.Add(file);
        return true;
    }

    public async Task WriteAsync(string file, byte[] content, CancellationToken ct)
    {
        var path = PathOf(file);
        lock (turn)
        {
            now.Add(file);
            // Before it is there: a copy that was broken off knows what it has left.
            if (before.Add(file))
                File.AppendAllText(List, file + "\n");
        }

        if (File.Exists(path) && new FileInfo(path).Length == content.Length && (await File.ReadAllBytesAsync(path, ct)).AsSpan().SequenceEqual(content))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = path + ".part";
        await File.WriteAllBytesAsync(half, content, ct);
        File.Move(half, path, overwrite: true);
        lock (turn)
            Written++;
    }

    /// <summary>Takes away what the paper has no more.</summary>
    public void Finish()
    {
        foreach (var file in before.Except(now).Where(file => IsSound(file) && File.Exists(PathOf(file))))
        {
            File.Delete(PathOf(file));
            Removed++;
            for (var folder = Path.GetDirectoryName(PathOf(file))!; folder != root && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
                Directory.Delete(folder);
        }

        var half = List + ".part";
        File.WriteAllLines(half, now.Order(StringComparer.Ordinal));
        File.Move(half, List, overwrite: true);
    }

    /// <summary>Whether it stays in the folder, on every system.</summary>
    public static bool IsSound(string file) => file.Split('/').All(part => part is not ("" or "." or "..") && part.Length <= 200 && !part.AsSpan().ContainsAny("\\:*?\"<>|\0"));

    private string PathOf(string file) => Path.Combine(root, file);
}
