namespace LondonDefender.Pictures;

/// <summary>
/// Where files of pictures are kept: what photographers sent (never given out), the print every rendition is made from, and the
/// renditions. A file under a key never changes, so whoever writes it last writes the same.
/// </summary>
public abstract class PictureStore
{
    /// <summary>The file as it came in; for the paper's own eyes.</summary>
    public static string OriginalKey(string fileHash) => $"originals/{fileHash[..2]}/{fileHash}";

    /// <summary>Upright, in sRGB, without a word of metadata, and large enough for every rendition.</summary>
    public static string PrintKey(string fileHash) => $"prints/{fileHash[..2]}/{fileHash}.jpg";

    /// <summary>A stream that knows its length, or null where there is no such file.</summary>
    /// <exception cref="StoreAway">As from every method here.</exception>
    public abstract Task<Stream?> OpenAsync(string key, CancellationToken ct);

    /// <summary>Copies a file in. It is there whole, or not at all.</summary>
    public abstract Task KeepAsync(string key, string file, CancellationToken ct);

    /// <summary>All files whose keys begin so; a key is either a whole one, or ends with a slash.</summary>
    public abstract Task ThrowAwayAsync(string key, CancellationToken ct);

    public async Task<bool> HasAsync(string key, CancellationToken ct)
    {
        await using var found = await OpenAsync(key, ct);
        return found is not null;
    }

    /// <summary>Copies a file out, for the tools to work on.</summary>
    public async Task<bool> FetchAsync(string key, string file, CancellationToken ct)
    {
        await using var found = await OpenAsync(key, ct);
        if (found is null)
            return false;

        await using var copy = File.Create(file);
        await found.CopyToAsync(copy, ct);
        return true;
    }
}

/// <summary>The place where pictures are kept does not answer, or takes nothing more.</summary>
public sealed class StoreAway(Exception why) : Exception($"The place where pictures are kept does not answer: {why.Message}", why);
