using System.Security.Cryptography;
using System.Text;

namespace LondonDefender.Staff;

/// <summary>A link that makes one account, or opens one again, and dies with its first use. Only a hash of its key is kept.</summary>
public sealed class Invitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7), LifetimeOfWayBack = TimeSpan.FromDays(1);

    private Invitation() { }

    public int Id { get; private set; }
    public string KeyHash { get; private set; } = "";
    public string Name { get; private set; } = "";
    public Role Role { get; private set; }
    public bool IsFirstRun { get; private set; }

    /// <summary>Whose account it opens again; null where it makes a new one.</summary>
    public int? PersonId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }

    public static (Invitation Invitation, string Key) For(string name, Role role, DateTimeOffset now)
    {
        var key = NewKey();
        return (new() { KeyHash = Hash(key), Name = name, Role = role, CreatedAt = now, ExpiresAt = now + Lifetime }, key);
    }

    /// <summary>For someone who has lost password, telephone or passkey.</summary>
    public static (Invitation Invitation, string Key) ForWayBack(int person, string name, Role role, DateTimeOffset now)
    {
        var key = NewKey();
        return (new() { KeyHash = Hash(key), Name = name, Role = role, PersonId = person, CreatedAt = now, ExpiresAt = now + LifetimeOfWayBack }, key);
    }

    /// <summary>The link printed at start while the paper has no people; it does not expire, for it is made anew at each start.</summary>
    public static (Invitation Invitation, string Key) ForFirstRun(DateTimeOffset now)
    {
        var key = NewKey();
        return (new() { KeyHash = Hash(key), Role = Role.ChiefEditor, IsFirstRun = true, CreatedAt = now }, key);
    }

    public bool IsOpenAt(DateTimeOffset now) => UsedAt is null && (ExpiresAt is null || now < ExpiresAt);

    public void Use(DateTimeOffset now)
    {
        if (!IsOpenAt(now))
            throw new InvalidOperationException($"Invitation {Id} has been used or has run out.");

        UsedAt = now;
    }

    public static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>160 bits by chance, in letters and digits alone.</summary>
    public static string NewKey() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20)).ToLowerInvariant();
}
