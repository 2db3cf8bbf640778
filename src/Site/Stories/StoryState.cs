namespace LondonDefender.Stories;

public enum StoryState
{
    Draft,
    Due,
    Live,
    Withdrawn,
}
