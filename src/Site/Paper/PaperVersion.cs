using System.Reflection;

namespace LondonDefender.Paper;

public static class PaperVersion
{
    private const int ShortCommit = 7;

    /// <summary>As it was built, with the commit where the build knew one: 1.0.0+3f78ff9</summary>
    public static string Number { get; } = Short(typeof(PaperVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    private static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && version.Length > plus + ShortCommit ? version[..(plus + 1 + ShortCommit)] : version;
}
