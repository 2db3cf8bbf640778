namespace LondonDefender.Pictures;

/// <summary>Pictures in the data folder.</summary>
public sealed class FolderStore(PicturesFolder folder) : PictureStore
{
    private readonly string root = folder.Path;

    public override Task<Stream?> OpenAsync(string key, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public override async Task KeepAsync(string key, string file, CancellationToken ct)
    {
        var path = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var from = File.OpenRead(file))
            await using (var to = new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true))
            {
                await from.CopyToAsync(to, ct);
                to.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
        }
        catch (Exception problem)
        {
            File.Delete(half);
            if (problem is IOException or UnauthorizedAccessException)
                throw new StoreAway(problem);
            throw;
        }
    }

    public override Task ThrowAwayAsync(string key, CancellationToken ct)
    {
        try
        {
            if (key.EndsWith('/'))
                Directory.Delete(PathOf(key), recursive: true);
            else
                File.Delete(PathOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // No rendition was ever asked for.
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StoreAway(problem);
        }

        return Task.CompletedTask;
    }

    private string PathOf(string key) => Path.Combine(root, key);
}
