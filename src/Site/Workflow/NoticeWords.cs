namespace LondonDefender.Workflow;

/// <summary>What a notice says. Never the story's words, which are for those who may open it.</summary>
public static class NoticeWords
{
    public static string Of(NoticeKind kind, string? by) => (kind, by ?? "Somebody") switch
    {
        (NoticeKind.Assigned, var who) => $"{who} gave you a story",
        (NoticeKind.SentToReview, var who) => $"{who} sent a story to review",
        (NoticeKind.SentToLegal, var who) => $"{who} sent a story to the lawyer",
        (NoticeKind.SentBack, var who) => $"{who} sent a story back",
        (NoticeKind.MarkedReady, var who) => $"{who} marked a story ready",
        (NoticeKind.Commented, var who) => $"{who} commented on a story",
        (NoticeKind.DueSoon, _) => "A story is due within the hour",
        (NoticeKind.Late, _) => "A story is late",
        (NoticeKind.Published, _) => "A story is out",
        _ => throw new InvalidOperationException($"A notice without words: {kind}"),
    };

    /// <summary>As somebody chooses what is mailed.</summary>
    public static string Choice(NoticeKind kind) => kind switch
    {
        NoticeKind.Assigned => "a story is given to me",
        NoticeKind.SentToReview => "a text waits for my review",
        NoticeKind.SentToLegal => "a story of mine goes to the lawyer",
        NoticeKind.SentBack => "a story of mine comes back",
        NoticeKind.MarkedReady => "a story of mine is ready",
        NoticeKind.Commented => "a comment concerns me",
        NoticeKind.DueSoon => "a story of mine is due within the hour",
        NoticeKind.Late => "a story of mine is late",
        NoticeKind.Published => "a story of mine is out",
        _ => throw new InvalidOperationException($"A notice without words: {kind}"),
    };
}
