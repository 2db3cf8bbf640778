namespace LondonDefender.Audit;

public enum AuditSubject
{
    Story,
    Front,
    Filing,
    Picture,
    Person,
    SignIn,
    Settings,
}

/// <summary>Somebody did something. It is written once; the database lets nobody change or remove it.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null where the paper did it by itself, or a command on its machine.</summary>
    public int? PersonId { get; init; }

    /// <summary>Their name as it was then.</summary>
    public required string By { get; init; }

    public required AuditSubject Subject { get; init; }

    /// <summary>The story, picture or person it was done to.</summary>
    public int? SubjectId { get; init; }

    /// <summary>A sentence without its subject: "published “Bridge closed”".</summary>
    public required string Words { get; init; }
}
