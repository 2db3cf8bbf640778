using System.Globalization;

namespace LondonDefender.Readership;

/// <summary>
/// Where a link's <c>ping</c> attribute reports that it was followed. The link itself stays a plain link: a browser that sends no
/// pings opens it just the same.
/// </summary>
public static class FollowAddress
{
    /// <summary>In place of a story, for links on the front page: what is read from there is counted, the link is not.</summary>
    public const int NoStory = 0;

    public const int RelatedList = -1;
    public const int LaterOnThisStory = -2;

    /// <param name="from">The story the link stands on, or <see cref="NoStory"/>.</param>
    /// <param name="block">The block's place in the copy, from 0; or <see cref="RelatedList"/> or <see cref="LaterOnThisStory"/>.</param>
    /// <param name="to">The story it leads to.</param>
    public static string Of(int from, int block, int to) => string.Create(CultureInfo.InvariantCulture, $"/followed/{from}/{block}/{to}");
}
