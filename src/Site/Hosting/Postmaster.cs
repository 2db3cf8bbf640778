using System.Diagnostics;
using System.Globalization;

namespace LondonDefender.Hosting;

internal enum PostmasterFate
{
    Alive,
    Gone,
    /// <summary>Its number was given to some other process.</summary>
    Replaced,
}

/// <summary>PostgreSQL's own note of the server running on a cluster (postmaster.pid), which outlives a server that was killed.</summary>
internal sealed record Postmaster(int Pid, string Cluster, int Port, string SocketFolder)
{
    public static string NoteIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    public static Postmaster? Read(string cluster)
    {
        try
        {
            // The lines: pid, cluster, start time, port, socket folder, ... A killed server may have left any part of them.
            var lines = File.ReadAllLines(NoteIn(cluster));
            return new Postmaster(Number(lines, 0), Line(lines, 1), Number(lines, 3), Line(lines, 4));
        }
        catch (Exception absence) when (absence is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Who bears that number now.</summary>
    public PostmasterFate Fate()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            var isOurs = process.ProcessName == "postgres" && (!OperatingSystem.IsLinux() || WasStartedOnCluster());
            return isOurs ? PostmasterFate.Alive : PostmasterFate.Replaced;
        }
        catch (ArgumentException)
        {
            return PostmasterFate.Gone;
        }
    }

    // A machine's other PostgreSQL may run under the same account and have drawn the same number.
    private bool WasStartedOnCluster() =>
        File.ReadAllText($"/proc/{Pid.ToString(CultureInfo.InvariantCulture)}/cmdline").Split('\0').Contains(Cluster);

    private static string Line(string[] lines, int index) => index < lines.Length ? lines[index].Trim() : "";

    private static int Number(string[] lines, int index) =>
        int.TryParse(Line(lines, index), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
