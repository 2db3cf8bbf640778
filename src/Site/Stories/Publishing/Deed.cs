namespace LondonDefender.Stories.Publishing;

/// <summary>What was done to a story that readers have, or had. By their names in the database.</summary>
public enum Deed
{
    /// <summary>Readers have it for the first time, now or at its moment.</summary>
    WentLive,
    Changed,
    Withdrawn,
    BroughtBack,
    Killed,

    /// <summary>The chief editor has taken a kill back.</summary>
    Revived,
    ProceedingsBegan,
    ProceedingsEnded,
}

public static class Deeds
{
    /// <summary>Whether it is to be seen on readers' pages at once, so that there is something to look at.</summary>
    public static bool IsSeen(this Deed deed) => deed is not (Deed.ProceedingsBegan or Deed.ProceedingsEnded);

    public static bool TakesAway(this Deed deed) => deed is Deed.Withdrawn or Deed.Killed;

    public static string InWords(this Deed deed) => deed switch
    {
        Deed.WentLive => "Went live",
        Deed.Changed => "Change published",
        Deed.Withdrawn => "Withdrawn",
        Deed.BroughtBack => "Brought back",
        Deed.Killed => "Killed",
        Deed.Revived => "Kill taken back",
        Deed.ProceedingsBegan => "Marked: proceedings are active",
        Deed.ProceedingsEnded => "Mark taken off: proceedings are over",
        _ => throw new ArgumentOutOfRangeException(nameof(deed)),
    };
}
