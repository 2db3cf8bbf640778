namespace LondonDefender.Stories;

/// <summary>How much room a story gets among others; the type says what matters.</summary>
public enum StoryCardSize
{
    Normal,
    Lead,
    Large,
    HeadlineOnly,
}
