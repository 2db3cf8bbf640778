namespace LondonDefender.Hosting;

/// <summary>The one folder the paper writes in.</summary>
public static class DataFolder
{
    public static string Resolve(string? configured) =>
        Path.GetFullPath(string.IsNullOrWhiteSpace(configured) ? Path.Combine(Repository() ?? ".", "data") : configured);

    private static string? Repository() =>
        FoldersUp.From(AppContext.BaseDirectory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "Site.sln")));
}
