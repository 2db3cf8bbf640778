using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LondonDefender.Paper;

/// <summary>
/// What the newsroom counts about itself, under the names it goes out by. A new meter is one line here and one Add or Record where it
/// happens: it is exported, and stands on the newsroom's page about the system, by itself. Its description is what that page calls it.
/// </summary>
public static class PaperMeters
{
    public const string Name = "LondonDefender";

    /// <summary>Where pieces of work begin that are worth seeing in a trace.</summary>
    public static readonly ActivitySource Work = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> PagesMade = Meter.CreateHistogram<double>("paper.pages_made", "s", "Answers made afresh, not kept ones");
    public static readonly Counter<long> KeptPagesGiven = Meter.CreateCounter<long>("paper.kept_pages_given", "{page}", "Pages given out that were kept ready");
    public static readonly Counter<long> PagesPrinted = Meter.CreateCounter<long>("paper.pages_printed", "{page}", "Pages printed to be kept");
    public static readonly Counter<long> OldPagesGiven = Meter.CreateCounter<long>("paper.old_pages_given", "{page}", "Old pages given out because no new one could be printed");
    public static readonly Counter<long> TurnedAway = Meter.CreateCounter<long>("paper.turned_away", "{request}", "Requests turned away because too many came at once");
    public static readonly Counter<long> DatabaseAway = Meter.CreateCounter<long>("paper.database_away", "{request}", "Requests that met no database");
    public static readonly Counter<long> ReadsCounted = Meter.CreateCounter<long>("paper.reads_counted", "{read}", "Reads of stories written down");
    public static readonly Histogram<double> HeardByAll = Meter.CreateHistogram<double>("newsroom.heard_by_all", "s", "Changes, until all nodes had heard of them");
    public static readonly Histogram<double> WentLive = Meter.CreateHistogram<double>("newsroom.went_live", "s", "Stories that went live, after they were due");
    public static readonly Counter<long> Saves = Meter.CreateCounter<long>("newsroom.saves", "{save}", "Texts saved by editors");
    public static readonly Counter<long> SaveConflicts = Meter.CreateCounter<long>("newsroom.save_conflicts", "{save}", "Saves that met a colleague’s newer text");
    public static readonly Counter<long> Merges = Meter.CreateCounter<long>("newsroom.merges", "{save}", "Saves that were merged with a colleague’s text");
    public static readonly UpDownCounter<long> PicturesWaiting = Meter.CreateUpDownCounter<long>("pictures.waiting", "{picture}", "Pictures in line for the darkroom");
    public static readonly Histogram<double> DarkroomWork = Meter.CreateHistogram<double>("pictures.darkroom", "s", "Work in the darkroom");
}
