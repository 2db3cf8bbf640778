using System.Reflection;

namespace LondonDefender.Hosting;

public static class PaperVersion
{
    /// <summary>As it was built, with the commit where the build knew one: 1.0.0+3f78ff9…</summary>
    public static string Number { get; } =
        typeof(PaperVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
