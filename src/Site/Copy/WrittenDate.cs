using System.Globalization;

namespace LondonDefender.Copy;

/// <summary>A date as an article writes it, for machines.</summary>
internal static class WrittenDate
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static readonly (string Written, string Machine)[] Forms =
    [
        ("d MMMM yyyy", "yyyy-MM-dd"), ("d MMM yyyy", "yyyy-MM-dd"), ("dddd d MMMM yyyy", "yyyy-MM-dd"), ("yyyy-MM-dd", "yyyy-MM-dd"),
        ("d MMMM yyyy, H:mm", "yyyy-MM-dd'T'HH:mm"), ("d MMMM yyyy H:mm", "yyyy-MM-dd'T'HH:mm"),
        ("MMMM yyyy", "yyyy-MM"), ("yyyy", "yyyy"), ("H:mm", "HH:mm"), ("H.mm", "HH:mm"),
    ];

    /// <summary>What a <c>datetime</c> attribute says for these words; null when they are no date.</summary>
    public static string? ForMachines(string words)
    {
        if (words.Length > 40)
            return null;

        foreach (var (written, machine) in Forms)
        {
            if (DateTime.TryParseExact(words, written, English, DateTimeStyles.NoCurrentDateDefault, out var read))
                return read.ToString(machine, CultureInfo.InvariantCulture);
        }

        // A leap year, so that every day there is can be read.
        return DateTime.TryParseExact(words + " 2000", "d MMMM yyyy", English, DateTimeStyles.None, out var day)
            ? day.ToString("MM-dd", CultureInfo.InvariantCulture)
            : null;
    }
}
