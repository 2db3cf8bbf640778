namespace LondonDefender.Stories;

/// <summary>What sort of work a story is; readers are told wherever it is more than a report.</summary>
public enum StoryKind
{
    Report,
    Analysis,
    Opinion,
    Interview,
    Review,
    Obituary,
}
