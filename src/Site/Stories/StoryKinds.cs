namespace LondonDefender.Stories;

public static class StoryKinds
{
    /// <summary>What readers are told of the kind; a report is what they expect, so nothing is said of it.</summary>
    public static string Label(this StoryKind kind) => kind switch
    {
        StoryKind.Report => "",
        StoryKind.Live => "Live",
        StoryKind.Analysis => "Analysis",
        StoryKind.Opinion => "Opinion",
        StoryKind.Interview => "Interview",
        StoryKind.Review => "Review",
        StoryKind.Obituary => "Obituary",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
