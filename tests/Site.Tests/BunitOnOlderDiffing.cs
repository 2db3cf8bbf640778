using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LondonDefender.Tests;

/// <summary>
/// bunit was built against a newer AngleSharp.Diffing than every registry holds; the older one does all that these tests ask of it.
/// Where the newer one restores, a PackageReference to bunit replaces this file.
/// </summary>
internal static class BunitOnOlderDiffing
{
    private const string Diffing = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += Older;

    private static Assembly? Older(AssemblyLoadContext context, AssemblyName name) => name.Name == Diffing
        ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Diffing + ".dll"))
        : null;
}
