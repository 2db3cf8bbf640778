using System.Globalization;

namespace LondonDefender.Benchmarks;

public static class Numbers
{
    public static double At(List<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];

    public static double Median(IEnumerable<double> numbers) => At([.. numbers.Order()], .5);

    public static string Percentiles(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(sorted, .5):F1}, p95 {At(sorted, .95):F1}, p99 {At(sorted, .99):F1}, longest {At(sorted, 1):F1} ms ({sorted.Count})");
    }

    public static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
