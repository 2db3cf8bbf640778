namespace LondonDefender.Readership;

/// <summary>
/// Where the cards of a list stand, handed down to them as a cascading value, so that their links report when they are followed.
/// Cards outside any such list report nothing and are not prerendered.
/// </summary>
public sealed record FollowedFrom(int StoryId, int Block)
{
    public static readonly FollowedFrom Front = new(FollowAddress.NoStory, 0);

    public string To(int storyId) => FollowAddress.Of(StoryId, Block, storyId);
}
