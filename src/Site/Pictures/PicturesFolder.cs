using Microsoft.Extensions.Options;

namespace LondonDefender.Pictures;

/// <summary>Where on this machine pictures lie and are worked on.</summary>
public sealed class PicturesFolder(IOptions<PicturesOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(2);

    private readonly Lock sweeping = new();
    private bool isSwept;

    public string Path => options.Value.Folder;

    /// <summary>A fresh folder that nobody else may look into.</summary>
    public Workplace NewWorkplace()
    {
        var work = System.IO.Path.Combine(Path, "work");
        Directory.CreateDirectory(work);
        SweepOnce(work);
        var place = System.IO.Path.Combine(work, Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(place);
        else
            Directory.CreateDirectory(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(place);
    }

    /// <summary>What a killed process left. Another may be at work in here this moment, so only what is old goes.</summary>
    private void SweepOnce(string work)
    {
        lock (sweeping)
        {
            if (isSwept)
                return;
            isSwept = true;
        }

        foreach (var left in new DirectoryInfo(work).EnumerateDirectories().Where(place => place.LastWriteTimeUtc < clock.GetUtcNow().UtcDateTime - LongAgo))
        {
            try
            {
                left.Delete(recursive: true);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Somebody else sweeps too.
            }
        }
    }
}

/// <summary>A folder for one piece of work, gone when it is done.</summary>
public sealed class Workplace(string path) : IDisposable
{
    public string Path => path;

    public string File(string name) => System.IO.Path.Combine(path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException)
        {
            // Swept up when the paper is next started.
        }
    }
}
