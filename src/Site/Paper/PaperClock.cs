using System.Globalization;

namespace LondonDefender.Paper;

/// <summary>Moments as the paper prints them: in its own time zone, with the zone's name, in the language of the request.</summary>
public sealed class PaperClock(TimeZoneInfo zone)
{
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    public DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>18 November 2026, 17:45 GMT</summary>
    public string DateAndTime(DateTimeOffset moment) => $"{Date(moment)}, {Time(moment)} {ZoneName(moment)}";

    public string Date(DateTimeOffset moment) => Written(Local(moment), ReadersWords.DateForm);

    public string ShortDate(DateTimeOffset moment) => Written(Local(moment), ReadersWords.ShortDateForm);

    public string Time(DateTimeOffset moment) => Written(Local(moment), ReadersWords.TimeForm);

    /// <summary>Thursday 18 November 2026</summary>
    public string Weekday(DateTimeOffset moment) => Written(Local(moment), ReadersWords.WeekdayForm);

    public static string Date(DateOnly day) => Written(day, ReadersWords.DateForm);

    public static string Weekday(DateOnly day) => Written(day, ReadersWords.WeekdayForm);

    /// <summary>November 2026</summary>
    public static string Month(DateOnly day) => Written(day, ReadersWords.MonthForm);

    /// <summary>November</summary>
    public static string MonthAlone(DateOnly day) => Written(day, "MMMM");

    /// <summary>From Monday, each with the letters that tell it from the others.</summary>
    public static IEnumerable<(string Name, string Short)> Weekdays
    {
        get
        {
            var names = ReadersWords.Language.DateTimeFormat;
            var two = names.DayNames.Select(name => name[..Math.Min(2, name.Length)]).ToList();
            var shortNames = two.Distinct().Count() == two.Count ? [.. two] : names.ShortestDayNames;
            return Enumerable.Range(1, 7).Select(day => (names.DayNames[day % 7], shortNames[day % 7]));
        }
    }

    /// <summary>The same words where they begin a line: many languages write months and weekdays small.</summary>
    public static string Opening(string words) =>
        words.Length == 0 ? words : ReadersWords.Language.TextInfo.ToUpper(words[..1]) + words[1..];

    private static string Written(IFormattable moment, string form) => moment.ToString(form, ReadersWords.Language);

    /// <summary>For <c>datetime</c> attributes and structured data: with the zone's offset at that moment.</summary>
    public string Machine(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The moment a day begins in the paper's zone, whatever the clocks did that night.</summary>
    public DateTimeOffset StartOf(DateOnly day) => AtLocal(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>
    /// A wall-clock time in the paper's zone as an instant. In the hour that the clocks skip, the moment after it;
    /// in the hour that comes twice, the first of the two.
    /// </summary>
    public DateTimeOffset AtLocal(DateTime wallClock)
    {
        var local = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>What a wall-clock time can mean: one moment, two in the hour that comes twice, and none in the hour that the clocks skip.</summary>
    public IReadOnlyList<DateTimeOffset> Meanings(DateTime wallClock)
    {
        var local = DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            return [];

        return zone.IsAmbiguousTime(local)
            ? [.. zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset))]
            : [new(local, zone.GetUtcOffset(local))];
    }

    /// <summary>The first moment after the hour that the clocks skip, of which the wall-clock time is a part.</summary>
    public DateTimeOffset EndOfSkipped(DateTime wallClock)
    {
        var local = new DateTime(wallClock.Year, wallClock.Month, wallClock.Day, wallClock.Hour, wallClock.Minute, 0, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new(local, zone.GetUtcOffset(local));
    }

    /// <summary>As a <c>datetime-local</c> field shows it.</summary>
    public string Field(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>
    /// What a <c>datetime-local</c> field holds, with the offset behind it where it could mean two moments: null for an empty one. False when it is
    /// no date and time.
    /// </summary>
    public bool TryReadField(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) && exact.Year is >= 1800 and <= 9000)
        {
            moment = exact.ToUniversalTime();
            return true;
        }

        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wallClock)
            || wallClock.Year is < 1800 or > 9000)
            return false;

        moment = AtLocal(wallClock).ToUniversalTime();
        return true;
    }

    /// <summary>GMT, BST, or an offset such as UTC+02:00 where no short name is in use.</summary>
    public string ZoneName(DateTimeOffset moment)
    {
        var local = Local(moment);
        if (zone.Id is "Europe/London" or "GMT Standard Time")
            return local.Offset == TimeSpan.Zero ? "GMT" : "BST";

        return local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{local:zzz}");
    }
}
