namespace LondonDefender.Workflow;

public enum NoticeKind
{
    Assigned,
    SentToReview,
    SentToLegal,
    SentBack,
    MarkedReady,
    Commented,
    DueSoon,
    Late,
    Published,
}

/// <summary>That something concerns somebody: one for each event and person.</summary>
public sealed class Notice
{
    public int Id { get; private set; }
    public required int PersonId { get; init; }
    public required int StoryId { get; init; }
    public required NoticeKind Kind { get; init; }

    /// <summary>Whose doing it is; null for what the clock brings.</summary>
    public int? ById { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the clock brings is told once, whichever node notices it, and however often.</summary>
    public string? Once { get; init; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When it is to be tried as a mail; before that it waits, after <see cref="MailedAt"/> it is done.</summary>
    public required DateTimeOffset MailDueAt { get; init; }
    public int MailTries { get; private set; }
    public DateTimeOffset? MailedAt { get; private set; }
}

/// <summary>Where somebody wants mail, and of what.</summary>
public sealed class MailWish
{
    public const int LongestAddress = 254;

    public required int PersonId { get; init; }
    public string Address { get; private set; } = "";

    /// <summary>When they followed the link that was sent to the address; before, nothing else is.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public NoticeKind[] Kinds { get; set; } = [];

    /// <summary>What happened before is not mailed after all.</summary>
    public DateTimeOffset Since { get; set; }

    public void WriteTo(string address) => (Address, ConfirmedAt) = (address, address == Address ? ConfirmedAt : null);

    public void Confirm(DateTimeOffset at) => ConfirmedAt ??= at;
}
