using System.Globalization;

namespace LondonDefender.Data;

/// <summary>Where a page of a list ended that is ordered by a moment and then by id, as an address can carry it.</summary>
public readonly record struct PlaceInList(DateTimeOffset Moment, int Id)
{
    public static PlaceInList? Read(string? key)
    {
        var parts = key?.Split('-') ?? [];
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new(new(ticks, TimeSpan.Zero), id)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moment.UtcTicks}-{Id}");
}
