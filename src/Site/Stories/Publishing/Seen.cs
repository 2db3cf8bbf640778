using System.Globalization;

namespace LondonDefender.Stories.Publishing;

/// <summary>What was found in one place after something was done to a story.</summary>
/// <param name="Place">As the newsroom calls it.</param>
/// <param name="Address">Where readers find it; null for what is no page.</param>
/// <param name="After">Milliseconds since it was done.</param>
public sealed record Seen(string Place, string? Address, Finding Finding, string Words, int After)
{
    public string When => After < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"after {After} ms") : string.Create(CultureInfo.InvariantCulture, $"after {After / 1000} s");
}

public enum Finding
{
    /// <summary>As it should be.</summary>
    Right,

    /// <summary>The story is not there, and need not be: other stories fill the place.</summary>
    Elsewhere,

    /// <summary>Not as it should be; somebody has to look.</summary>
    Wrong,
}
