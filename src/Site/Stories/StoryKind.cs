namespace LondonDefender.Stories;

/// <summary>What sort of work a story is; readers are told wherever it is more than a report.</summary>
public enum StoryKind
{
    Report,

    /// <summary>A story whose entries are still being added. When it is over it becomes a report with entries.</summary>
    Live,

    Analysis,
    Opinion,
    Interview,
    Review,
    Obituary,
}
