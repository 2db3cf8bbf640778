using System.Diagnostics;

namespace LondonDefender.Benchmarks;

/// <summary>The site as it is shipped: published with the words of the Dockerfile, compiled ahead for this machine.</summary>
internal static class PublishedSite
{
    private static readonly string[] AsInImage =
        ["-c", "Release", "--use-current-runtime", "-p:SelfContained=false", "-p:PublishReadyToRun=true", "-p:UseAppHost=false", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false", "-p:RestoreNpm=false"];

    /// <returns>Its folder; null where there is no source, or what compiles ahead cannot be had.</returns>
    public static async Task<string?> MakeAsync(string scratch)
    {
        if (Source() is not { } source)
            return null;

        var folder = Path.Combine(scratch, "published");
        // With artifacts of its own: it must not disturb what was built.
        var start = new ProcessStartInfo("dotnet", ["publish", source, "-o", folder, "--artifacts-path", Path.Combine(scratch, "artifacts"), .. AsInImage])
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode == 0)
            return folder;

        await Console.Error.WriteLineAsync(said);
        return null;
    }

    private static string? Source()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Site.sln")))
                return Path.Combine(folder.FullName, "src", "Site");
        }

        return null;
    }
}
