using System.Globalization;

namespace LondonDefender.Copy;

/// <summary>The only two kinds of address that lead anywhere from copy: a story of ours, and a page outside.</summary>
internal static class Addresses
{
    private const string StoryScheme = "story:";

    public static bool NamesStory(string address) => address.StartsWith(StoryScheme, StringComparison.OrdinalIgnoreCase);

    public static bool TryReadStory(string? address, out int id)
    {
        id = 0;
        return address is not null
            && NamesStory(address)
            && int.TryParse(address.AsSpan(StoryScheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }

    public static bool IsOutside(string? address) =>
        address is { Length: <= 2000 }
        && (StartsWith(address, "https://") || StartsWith(address, "http://"))
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0;

    private static bool StartsWith(string address, string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
