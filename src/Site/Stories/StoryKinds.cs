using LondonDefender.Paper;

namespace LondonDefender.Stories;

public static class StoryKinds
{
    /// <summary>What readers are told of the kind; a report is what they expect, so nothing is said of it.</summary>
    public static string Label(this StoryKind kind) => kind switch
    {
        StoryKind.Report => "",
        StoryKind.Live => ReadersWords.Live,
        StoryKind.Analysis => ReadersWords.Analysis,
        StoryKind.Opinion => ReadersWords.Opinion,
        StoryKind.Interview => ReadersWords.Interview,
        StoryKind.Review => ReadersWords.Review,
        StoryKind.Obituary => ReadersWords.Obituary,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
