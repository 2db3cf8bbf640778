namespace LondonDefender.Stories;

public enum StoryState
{
    Draft,
    Due,
    Live,
    Withdrawn,
}

public static class StoryStates
{
    /// <summary>The state of a story of which only these are at hand; <see cref="LiveStories.Live"/> says the same to the database.</summary>
    public static StoryState Of(int? publishedNumber, DateTimeOffset? publishAt, DateTimeOffset? withdrawnAt, DateTimeOffset now) =>
        withdrawnAt is not null ? StoryState.Withdrawn
        : publishedNumber is null || publishAt is null ? StoryState.Draft
        : publishAt <= now ? StoryState.Live
        : StoryState.Due;
}
