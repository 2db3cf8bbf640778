using System.Globalization;

namespace LondonDefender.Copy;

/// <summary>The only kinds of address that mean anything in copy: a story and a picture of ours, and a page outside.</summary>
internal static class Addresses
{
    private const string StoryScheme = "story:";
    private const string PictureScheme = "picture:";

    public static bool NamesStory(string address) => StartsWith(address, StoryScheme);

    public static bool NamesPicture(string? address) => address is not null && StartsWith(address, PictureScheme);

    public static bool TryReadStory(string? address, out int id) => TryReadId(address, StoryScheme, out id);

    public static bool TryReadPicture(string? address, out int id) => TryReadId(address, PictureScheme, out id);

    public static bool IsOutside(string? address) =>
        address is { Length: <= 2000 }
        && (StartsWith(address, "https://") || StartsWith(address, "http://"))
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0;

    private static bool TryReadId(string? address, string scheme, out int id)
    {
        id = 0;
        return address is not null
            && StartsWith(address, scheme)
            && int.TryParse(address.AsSpan(scheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }

    private static bool StartsWith(string address, string scheme) => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
}
