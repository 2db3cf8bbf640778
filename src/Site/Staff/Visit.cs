namespace LondonDefender.Staff;

/// <summary>One browser that somebody is signed in with, from sign-in to sign-out.</summary>
public sealed class Visit
{
    public Guid Id { get; private init; }
    public int PersonId { get; private init; }

    /// <summary>Their security stamp when the browser was last let in: with a new stamp the visit is over.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>By what they came in: "password", "password and number", "passkey", or the name of a sign-in elsewhere.</summary>
    public string By { get; private init; } = "";

    /// <summary>"Firefox on Windows", as far as the browser says.</summary>
    public string Browser { get; private init; } = "";

    public DateTimeOffset BeganAt { get; private init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static Visit Begin(int personId, string stamp, string by, string browser, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), PersonId = personId, Stamp = stamp, By = by, Browser = browser, BeganAt = now, SeenAt = now };

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
