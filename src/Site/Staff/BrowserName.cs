namespace LondonDefender.Staff;

/// <summary>What a browser calls itself, in words by which its owner knows it again.</summary>
public static class BrowserName
{
    // The first that fits: most name the others, too, to be taken for them.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Machines =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var said = userAgent ?? "";
        var browser = NameIn(Browsers, said) ?? "A browser";
        return NameIn(Machines, said) is { } machine ? $"{browser} on {machine}" : browser;
    }

    private static string? NameIn((string Sign, string Name)[] known, string said) =>
        known.Where(one => said.Contains(one.Sign, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
}
