namespace LondonDefender.Wire.MovingOut;

/// <summary>A file that is there whole under its name, or not at all, and that nobody else on the machine may read.</summary>
public static class NewFile
{
    /// <exception cref="CannotMove">It is there already, or cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken ct)
    {
        var whole = Path.GetFullPath(path);
        if (Path.Exists(whole))
            throw new CannotMove($"{whole} is there already, and nothing is written over it: choose another name.");

        var half = $"{whole}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
            await using (var file = ForUsAlone(half, FileOptions.Asynchronous))
            {
                await write(file);
                await file.FlushAsync(ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, whole, overwrite: false);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CannotMove($"{whole} could not be written: {problem.Message.TrimEnd('.')}.", problem);
        }
        finally
        {
            if (File.Exists(half))
                File.Delete(half);
        }
    }

    internal static FileStream ForUsAlone(string path, FileOptions options)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024, Options = options };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, how);
    }
}

/// <summary>Why a paper cannot be moved out or in, as a sentence for whoever asked for it.</summary>
public sealed class CannotMove(string sentence, Exception? why = null) : Exception(sentence, why);
