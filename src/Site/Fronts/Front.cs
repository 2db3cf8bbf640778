namespace LondonDefender.Fronts;

/// <summary>A front as editors work on it. Readers see its newest published version, and only from its moment on.</summary>
public sealed class Front
{
    /// <summary>The paper's front page; every other front has the id of its section.</summary>
    public const int OfThePaper = 0;

    public required int Id { get; init; }
    public FrontArrangement Draft { get; private set; } = new();

    /// <summary>Counts every save. A save names the number it was based on, and is merged where that is not the newest.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset SavedAt { get; private set; }
    public int? SavedById { get; private set; }

    public void Rearrange(FrontArrangement arrangement, int? byPerson, DateTimeOffset at)
    {
        Draft = arrangement;
        Revision++;
        SavedAt = at;
        SavedById = byPerson;
    }

    /// <summary>Why readers cannot be given it at that moment; null when they can.</summary>
    public static string? WhyNotPublish(DateTimeOffset at, DateTimeOffset now) =>
        at < now.AddMinutes(-1) ? "That moment has passed. Choose a later one, or Now."
        : at > now.AddYears(10) ? "That moment is more than ten years away; check the year." : null;

    public FrontVersion Publish(DateTimeOffset at, int? byPerson, DateTimeOffset now)
    {
        if (WhyNotPublish(at, now) is { } obstacle)
            throw new InvalidOperationException($"Front {Id} cannot be published: {obstacle}");

        return new() { FrontId = Id, Arrangement = Draft, PublishAt = at < now ? now : at, OrderedAt = now, ById = byPerson };
    }
}

/// <summary>An arrangement that was given to readers, or will be at its moment. It never changes, and is kept for good.</summary>
public sealed class FrontVersion
{
    public int Id { get; private set; }
    public required int FrontId { get; init; }
    public required FrontArrangement Arrangement { get; init; }

    /// <summary>Readers have the newest version whose moment has come.</summary>
    public required DateTimeOffset PublishAt { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }
    public int? ById { get; init; }

    /// <summary>Taken off the schedule before its moment.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    public bool IsWaitingAt(DateTimeOffset now) => TakenBackAt is null && PublishAt > now;

    public void TakeBack(DateTimeOffset now)
    {
        if (!IsWaitingAt(now))
            throw new InvalidOperationException($"Version {Id} is not waiting for its moment.");

        TakenBackAt = now;
    }
}

/// <summary>A picture that a version gives a story on its front, in place of the story's own.</summary>
public sealed class FrontPicture
{
    public int VersionId { get; init; }
    public required int StoryId { get; init; }
    public required int PictureId { get; init; }
    public FrontVersion? Version { get; init; }
}
