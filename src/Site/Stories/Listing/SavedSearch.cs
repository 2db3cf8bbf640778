namespace LondonDefender.Stories.Listing;

/// <summary>A search of the story list that somebody keeps, as its address; or a set of stories that somebody has put together.</summary>
public sealed class SavedSearch
{
    public const int LongestName = 60;
    public const int MostOfOnePerson = 40;
    public const int MostInSet = 500;

    public int Id { get; private set; }
    public required int PersonId { get; init; }
    public required string Name { get; set; }

    /// <summary>What follows the question mark; empty for a set.</summary>
    public string Query { get; init; } = "";

    /// <summary>The set's stories in the order they came into it; null for a search.</summary>
    public int[]? StoryIds { get; private set; }

    public int Position { get; set; }

    public bool IsSet => StoryIds is not null;

    public static SavedSearch NewSet(int personId, string name, int position) => new() { PersonId = personId, Name = name, Position = position, StoryIds = [] };

    public void Put(int storyId) => StoryIds = [.. StoryIds!.Where(id => id != storyId), storyId];

    public void TakeOut(int storyId) => StoryIds = [.. StoryIds!.Where(id => id != storyId)];
}
