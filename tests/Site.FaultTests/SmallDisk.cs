using System.Diagnostics;

namespace LondonDefender.FaultTests;

/// <summary>A disk that can be filled to its last byte without harm to anything else.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string mount) => Mount = mount;

    private string Mount { get; }

    /// <summary>A folder on it.</summary>
    public string Folder => Path.Combine(Mount, "paper");

    private string Ballast => Path.Combine(Mount, "ballast");

    public static async Task<SmallDisk> MountAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a small disk to fill it.");
        var mount = Directory.CreateTempSubdirectory("defender-disk-").FullName;
        if (!await RunAsync("mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", mount))
        {
            Directory.Delete(mount);
            Assert.Skip("A small disk could not be mounted here: this machine or container does not allow it.");
        }

        var disk = new SmallDisk(mount);
        Directory.CreateDirectory(disk.Folder);
        return disk;
    }

    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(block);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        Assert.True(await RunAsync("umount", Mount), $"{Mount} could not be unmounted.");
        Directory.Delete(Mount);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
