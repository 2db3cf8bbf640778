using Microsoft.AspNetCore.Identity;

namespace LondonDefender.Staff;

public enum Role
{
    /// <summary>Writes own drafts.</summary>
    Writer,

    /// <summary>Everything but people and settings.</summary>
    Editor,

    ChiefEditor,
}

public static class Roles
{
    public static string InWords(this Role role) => role switch
    {
        Role.Writer => "writer",
        Role.Editor => "editor",
        Role.ChiefEditor => "chief editor",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}

/// <summary>Someone who signs in to the newsroom. <see cref="IdentityUser{T}.UserName"/> is what they sign in with.</summary>
public sealed class Person : IdentityUser<int>
{
    public string Name { get; set; } = "";
    public Role Role { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>The sections an editor is editor of; with none named, of all.</summary>
    public int[] SectionIds { get; set; } = [];
}
