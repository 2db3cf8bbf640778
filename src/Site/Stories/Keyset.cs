using System.Globalization;

namespace LondonDefender.Stories;

/// <summary>Where a page of a long list ended, as the address of the next page carries it.</summary>
public static class Keyset
{
    public static string Write(DateTimeOffset moment, int id) => string.Create(CultureInfo.InvariantCulture, $"{moment.UtcTicks}-{id}");

    public static (DateTimeOffset Moment, int Id)? Read(string? key)
    {
        var parts = key?.Split('-') ?? [];
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (new(ticks, TimeSpan.Zero), id)
            : null;
    }
}
