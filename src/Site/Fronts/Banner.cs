namespace LondonDefender.Fronts;

/// <summary>Breaking news across the top of the front page. It always has an end.</summary>
public sealed class Banner
{
    public const int LongestWords = 140;

    public int Id { get; private set; }
    public required string Words { get; set; }

    /// <summary>The story it leads to, while that is live; without one it is words alone.</summary>
    public int? StoryId { get; set; }

    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; set; }
    public int? ById { get; init; }
}
