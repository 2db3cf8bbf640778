using System.Globalization;
using System.Security.Claims;
using LondonDefender.Fronts;
using LondonDefender.Pictures;
using LondonDefender.Stories;

namespace LondonDefender.Staff;

/// <summary>Who may do what. Pages and calls name a policy; a story asks here.</summary>
public static class Rights
{
    public const string Editors = "Editors";
    public const string ChiefEditors = "ChiefEditors";

    /// <summary>Editors of all sections: for what belongs to no section, or to every one.</summary>
    public const string EditorsOfAll = "EditorsOfAll";

    internal const string SectionClaim = "section";

    public static int Id(this ClaimsPrincipal person) =>
        int.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public static string Name(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.GivenName) ?? "";

    public static bool IsEditor(this ClaimsPrincipal person) =>
        person.IsInRole(nameof(Role.Editor)) || person.IsInRole(nameof(Role.ChiefEditor));

    public static bool IsChiefEditor(this ClaimsPrincipal person) => person.IsInRole(nameof(Role.ChiefEditor));

    /// <summary>Of a section, or of what is in none yet. A chief editor is editor of all, whatever sections are named.</summary>
    public static bool IsEditorOf(this ClaimsPrincipal person, int? sectionId) =>
        person.IsEditor() && (person.IsEditorOfAll() || sectionId is null || person.HasClaim(SectionClaim, sectionId.Value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The sections somebody is editor of, where those are not all.</summary>
    public static int[] SectionIds(this ClaimsPrincipal person) => person.IsChiefEditor() ? [] : [.. person.FindAll(SectionClaim).Select(claim => int.Parse(claim.Value, CultureInfo.InvariantCulture))];

    public static bool IsEditorOfAll(this ClaimsPrincipal person) => person.IsChiefEditor() || (person.IsEditor() && !person.HasClaim(claim => claim.Type == SectionClaim));

    /// <summary>By the section readers find it under and by the one it is going to: nobody takes a story out of a section, or into one, that is not theirs.</summary>
    public static bool IsEditorOf(this ClaimsPrincipal person, Story story) =>
        person.IsEditorOf(story.Draft.SectionId) && person.IsEditorOf(story.SectionId);

    /// <summary>Editors may write in every story of their sections; everybody in their own, as long as it has not been given to readers.</summary>
    public static bool MayWriteIn(this ClaimsPrincipal person, Story story) =>
        person.IsEditorOf(story) || (story.OwnerId == person.Id() && story.PublishedNumber is null);

    /// <summary>The paper's own front is for editors of all sections, a section's for its editors.</summary>
    public static bool MayArrange(this ClaimsPrincipal person, int frontId) => frontId == Front.OfThePaper ? person.IsEditorOfAll() : person.IsEditorOf(frontId);

    /// <summary>Editors may change every picture, others those they sent in as long as no story with it has been given to readers.</summary>
    public static bool MayChange(this ClaimsPrincipal person, Picture picture, bool isPublished) =>
        person.IsEditor() || (picture.UploadedById == person.Id() && !isPublished);
}
