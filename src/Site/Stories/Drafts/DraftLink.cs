using LondonDefender.Staff;

namespace LondonDefender.Stories.Drafts;

/// <summary>A link by which somebody outside, a lawyer or a source, reads one draft for a while. Only a hash of its token is kept.</summary>
public sealed class DraftLink
{
    public const int LongestName = 100;

    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1), Longest = TimeSpan.FromDays(14);

    private DraftLink() { }

    public int Id { get; private set; }
    public int StoryId { get; private set; }
    public string TokenHash { get; private set; } = "";
    public string ForWhom { get; private set; } = "";
    public int MadeById { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public DateTimeOffset? LastOpenedAt { get; private set; }

    /// <summary>Why there can be no such link; null when there can.</summary>
    public static Missing? WhyNot(string forWhom, TimeSpan lasts) => forWhom switch
    {
        "" => new("draft-for", "Say for whom the link is, so that you know later whose it was."),
        { Length: > LongestName } => new("draft-for", $"The name has {forWhom.Length} characters; {LongestName} is the most the paper can keep."),
        _ when lasts < Shortest || lasts > Longest => new("draft-lasts", "A link lasts one hour at least, and fourteen days at most."),
        _ => null,
    };

    /// <summary>The token is known to nobody but whoever is given it here.</summary>
    public static (DraftLink Link, string Token) For(int storyId, string forWhom, TimeSpan lasts, int madeBy, DateTimeOffset now)
    {
        if (WhyNot(forWhom, lasts) is { } obstacle)
            throw new InvalidOperationException($"There can be no such link: {obstacle.Sentence}");

        var token = Invitation.NewKey();
        return (new() { StoryId = storyId, TokenHash = Invitation.Hash(token), ForWhom = forWhom, MadeById = madeBy, MadeAt = now, ExpiresAt = now + lasts }, token);
    }

    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
