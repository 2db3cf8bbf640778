using System.Diagnostics;
using System.Globalization;

namespace LondonDefender.Tests;

/// <summary>The processes of one PostgreSQL, to which the system says something they did not expect.</summary>
public static class PostgresProcesses
{
    /// <summary>Every process of it stands still: it takes connections, and never answers.</summary>
    public static async Task FreezeAsync(string cluster)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are not frozen there.");
        // Again, for those that were just being born.
        await SignalAsync(cluster, "STOP");
        await SignalAsync(cluster, "STOP");
    }

    public static Task ThawAsync(string cluster) => SignalAsync(cluster, "CONT");

    public static async Task SignalAsync(string cluster, string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(cluster, "postmaster.pid")))[0];
        var children = await RunAsync("/bin/ps", "-o", "pid=", "--ppid", postmaster);
        string[] all = [postmaster, .. children.Split(' ', '\n').Where(pid => int.TryParse(pid, CultureInfo.InvariantCulture, out _))];
        await RunAsync("/bin/kill", [$"-{signal}", .. all]);
    }

    /// <summary>What a program said.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
