using System.Globalization;
using System.Security.Claims;
using LondonDefender.Pictures;
using LondonDefender.Stories;

namespace LondonDefender.Staff;

/// <summary>Who may do what. Pages and calls name a policy; a story asks here.</summary>
public static class Rights
{
    public const string Editors = "Editors";
    public const string ChiefEditors = "ChiefEditors";

    public static int Id(this ClaimsPrincipal person) =>
        int.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    public static string Name(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.GivenName) ?? "";

    public static bool IsEditor(this ClaimsPrincipal person) =>
        person.IsInRole(nameof(Role.Editor)) || person.IsInRole(nameof(Role.ChiefEditor));

    public static bool IsChiefEditor(this ClaimsPrincipal person) => person.IsInRole(nameof(Role.ChiefEditor));

    /// <summary>Editors may write in every story, writers in their own as long as it has not been given to readers.</summary>
    public static bool MayWriteIn(this ClaimsPrincipal person, Story story) =>
        person.IsEditor() || (story.OwnerId == person.Id() && story.PublishedNumber is null);

    /// <summary>Editors may change every picture, others those they sent in as long as no story with it has been given to readers.</summary>
    public static bool MayChange(this ClaimsPrincipal person, Picture picture, bool isPublished) =>
        person.IsEditor() || (picture.UploadedById == person.Id() && !isPublished);
}
