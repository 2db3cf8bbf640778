using System.Runtime.CompilerServices;

namespace LondonDefender.Tests;

/// <summary>Where the sources lie, for tests that read them.</summary>
internal static class SourceTree
{
    public static string Tests { get; } = Path.GetDirectoryName(Here())!;
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Tests, "..", ".."));
    public static string Site { get; } = Path.Combine(Root, "src", "Site");

    private static string Here([CallerFilePath] string path = "") => path;
}
