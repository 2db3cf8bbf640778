using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Pictures;
using LondonDefender.Sections;

namespace LondonDefender.Stories;

/// <summary>As much of a live story as a card needs.</summary>
public sealed record StoryBrief
{
    public required int Id { get; init; }
    public StoryKind Kind { get; init; }
    public required string Headline { get; init; }

    /// <summary>The wording for fronts, where an editor gave one.</summary>
    public string FrontHeadline { get; init; } = "";

    public required string Standfirst { get; init; }
    public required string Kicker { get; init; }
    public required string Slug { get; init; }
    public required int SectionId { get; init; }
    public required string SectionName { get; init; }
    public required string SectionSlug { get; init; }
    public required DateTimeOffset PublishAt { get; init; }
    public required DateTimeOffset? UpdatedAt { get; init; }
    public ShownPicture? Picture { get; init; }

    public string Address => AddressOf(SectionSlug, Id, Slug, Headline);

    /// <param name="slug">Empty where the address follows the headline.</param>
    public static string AddressOf(string section, int id, string slug, string headline) =>
        StoryAddress.Of(section, id, slug.Length > 0 ? slug : Slugs.From(headline));
}

public static class StoryAddress
{
    /// <summary>The story's number in a path that looks like a story's; whether there is such a story it does not say.</summary>
    public static int? IdAt(string path) =>
        path.Split('/') is { Length: 3 or 4 } and ["", var section, var id, ..]
        && !Section.ReservedSlugs.Contains(section)
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    public static string Of(string section, int id, string slug) => string.Create(null, $"/{section}/{id}/{slug}");

    public static string OfChanges(string story) => story + "/changes";
}
