using System.Linq.Expressions;

namespace LondonDefender.Wire.MovingIn;

/// <summary>How an import stands, without its report, which is long.</summary>
public sealed record RunState(
    int Id, string Source, bool IsDryRun, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset? EndedAt, int Found, int Done, string Problem, string Summary)
{
    /// <summary>After so long without a sign an import is over, whether or not somebody wrote that down.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public static readonly Expression<Func<ImportRun, RunState>> Of = run =>
        new(run.Id, run.Source, run.IsDryRun, run.StartedAt, run.SeenAt, run.EndedAt, run.Found, run.Done, run.Problem, run.Summary);

    public bool IsUnderWay(DateTimeOffset now) => EndedAt is null && now - SeenAt < Silence;

    public string InWords(DateTimeOffset now) => this switch
    {
        _ when IsUnderWay(now) && Found == 0 => IsDryRun ? "Dry run: looking through it" : "Under way: looking through it",
        _ when IsUnderWay(now) => $"{(IsDryRun ? "Dry run" : "Under way")}: {MoveReport.Number(Done)} of {MoveReport.Number(Found)} stories",
        { EndedAt: null } => "It was interrupted.",
        { Problem.Length: > 0 } => Problem,
        _ => (IsDryRun ? "Dry run. " : "") + Summary,
    };
}
