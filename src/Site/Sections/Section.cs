using LondonDefender.Copy;

namespace LondonDefender.Sections;

/// <summary>What a story is filed under: one section each, and its slug begins the story's address.</summary>
public sealed class Section
{
    /// <summary>First path segments that belong to the paper itself, so no section may take them.</summary>
    public static readonly IReadOnlySet<string> ReservedSlugs = new HashSet<string>(StringComparer.Ordinal)
    {
        "desk", "drafts", "topics", "by", "archive", "search", "corrections", "health", "pictures",
        "followed", "most-read", "css", "fonts", "icons", "desk-script", "api", "feeds", "sitemaps", "oembed", "about", "login", "admin", "front",
    };

    public int Id { get; private set; }
    public required string Name { get; set; }
    public required string Slug { get; set; }
    public string About { get; set; } = "";
    public int Position { get; set; }

    /// <summary>Out of the menu, and nothing new is filed under it. Its page and its stories stay.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>A sentence for the editor when the slug cannot be used, else null.</summary>
    public static string? WhyNotSlug(string slug) => slug switch
    {
        _ when slug != Slugs.From(slug) => "An address uses small letters, digits and hyphens only.",
        _ when ReservedSlugs.Contains(slug) => $"“{slug}” is an address the paper itself uses; choose another.",
        _ => null,
    };
}
