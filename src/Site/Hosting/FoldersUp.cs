namespace LondonDefender.Hosting;

internal static class FoldersUp
{
    /// <summary>The folder itself, the one holding it, and so on up to the root.</summary>
    public static IEnumerable<string> From(string folder)
    {
        for (var next = new DirectoryInfo(folder); next is not null; next = next.Parent)
            yield return next.FullName;
    }
}
