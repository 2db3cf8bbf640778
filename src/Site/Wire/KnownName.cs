using LondonDefender.Copy;

namespace LondonDefender.Wire;

/// <summary>A section, topic or writer the paper has, as a file may name it.</summary>
public sealed record KnownName(int Id, string Name, string Slug)
{
    // What names in scripts an address cannot spell all come down to, so it says nothing about which is meant.
    private static readonly string SlugOfNothing = Slugs.From("");

    /// <summary>The one a file means: its name in any case, its name set differently, or its address itself.</summary>
    public static KnownName? Find(IReadOnlyCollection<KnownName> all, string wanted) =>
        all.FirstOrDefault(known => string.Equals(known.Name, wanted, StringComparison.OrdinalIgnoreCase))
        ?? all.FirstOrDefault(known => Headlines.Normalise(wanted) is { Length: > 0 } name && Headlines.Normalise(known.Name) == name)
        ?? all.FirstOrDefault(known => known.Slug == wanted && wanted != SlugOfNothing);

    /// <summary>An address for a new name: two names may come down to the same one, and each keeps its own page.</summary>
    public static string FreeSlug(IReadOnlyCollection<KnownName> all, string name)
    {
        var slug = Slugs.From(name);
        var free = slug;
        for (var number = 2; all.Any(known => known.Slug == free); number++)
            free = $"{slug}-{number}";

        return free;
    }
}
