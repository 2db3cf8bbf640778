namespace LondonDefender.Benchmarks;

/// <summary>
/// Subjects measured one after the other, again and again: whatever else the machine does meets them alike, and each round gives a
/// ratio of its own. The median of those is told, with the lowest and the highest.
/// </summary>
public sealed class Turns
{
    private readonly List<Measured[]> rounds = [];

    /// <param name="Worked">The server's processor time for one request, in microseconds.</param>
    private sealed record Measured(LoadResult Result, double Worked);

    public static async Task<Turns> MeasureAsync(FigureOptions options, params Load[] subjects)
    {
        // Until the runtime has compiled its hot paths for good, and the pages are where they are kept.
        for (var warming = 0; warming < (options.IsShort ? 0 : 3); warming++)
        {
            foreach (var subject in subjects)
                await subject.RunAsync(options.Time);
        }

        var turns = new Turns();
        for (var round = 0; round < options.Rounds; round++)
        {
            var results = new Measured[subjects.Length];
            foreach (var (place, subject) in subjects.Index())
                results[place] = await MeasureAsync(subject, options.Time);
            turns.rounds.Add(results);
        }

        return turns;
    }

    public double PerSecond(int subject) => Numbers.Median(rounds.Select(round => round[subject].Result.PerSecond));

    public double P99(int subject) => Numbers.Median(rounds.Select(round => round[subject].Result.P99));

    public double Worked(int subject) => Numbers.Median(rounds.Select(round => round[subject].Worked));

    public Figure Throughput(string what, int subject, int other, double aim)
    {
        var ratios = Ratios(subject, other, result => result.PerSecond);
        return new(what, Numbers.Say($"**{Numbers.Median(ratios):F2}** ({ratios.Min():F2}–{ratios.Max():F2}): {PerSecond(subject):N0} / {PerSecond(other):N0} req/s, {Worked(subject):N0} / {Worked(other):N0} µs of processor{Failures(subject, other)}"),
            aim > 0 ? Numbers.Say($"≥ {aim:F2}") : "", aim > 0 ? Numbers.Median(ratios) >= aim : null);
    }

    public Figure Tail(string what, int subject, int other, double aim)
    {
        var ratios = Ratios(subject, other, result => result.P99);
        return new(what, Numbers.Say($"**{Numbers.Median(ratios):F2}** ({ratios.Min():F2}–{ratios.Max():F2}): {P99(subject):F2} / {P99(other):F2} ms"),
            Numbers.Say($"≤ {aim:F2}"), Numbers.Median(ratios) <= aim);
    }

    private List<double> Ratios(int subject, int other, Func<LoadResult, double> value) =>
        [.. rounds.Select(round => value(round[subject].Result) / value(round[other].Result))];

    private static async Task<Measured> MeasureAsync(Load subject, TimeSpan time)
    {
        var before = subject.Server.Worked();
        var result = await subject.RunAsync(time);
        return new(result, (subject.Server.Worked() - before).TotalMicroseconds / Math.Max(1, result.Requests));
    }

    private string Failures(params int[] subjects) =>
        rounds.Sum(round => subjects.Sum(subject => round[subject].Result.Failed)) is var failed and > 0 ? Numbers.Say($", **{failed} failed**") : "";
}
