namespace LondonDefender.Wire.MovingIn;

/// <summary>One import of an old paper, or a dry run of it, as its page shows it.</summary>
public sealed class ImportRun
{
    public int Id { get; private set; }

    /// <summary>The file's or folder's name, for people.</summary>
    public required string Source { get; init; }

    /// <summary>What was asked for, in JSON: going on needs the same.</summary>
    public required string Options { get; init; }

    public required bool IsDryRun { get; init; }
    public int? StartedById { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it is under way.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How many stories there are, and how many have been done.</summary>
    public int Found { get; set; }
    public int Done { get; set; }

    /// <summary>Why it ended before its end; empty where it did not.</summary>
    public string Problem { get; set; } = "";

    public string Summary { get; set; } = "";
    public string Report { get; set; } = "";
}
