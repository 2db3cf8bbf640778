using System.Globalization;
using LondonDefender.Paper;

namespace LondonDefender.Stories.Publishing;

/// <summary>The text as it stands in the editor's browser, and when it is to be published.</summary>
public sealed record PreflightForm
{
    public StoryForm Fields { get; init; } = new();

    /// <inheritdoc cref="StoryOrder.At"/>
    public string? At { get; init; }

    /// <inheritdoc cref="StoryOrder.Embargo"/>
    public string? Embargo { get; init; }
}

/// <summary>A moment as an editor types it, told back in the paper's zone and in UTC: in two nights a year it needs a second look.</summary>
/// <param name="Moment">Null where nothing was typed, or nothing that can be understood.</param>
/// <param name="Choices">Where it can mean several moments, or none.</param>
public sealed record TypedMoment(DateTimeOffset? Moment, string Words, IReadOnlyList<TypedMoment.Choice> Choices)
{
    /// <param name="Value">What stands for it in an order.</param>
    public sealed record Choice(string Value, string Words, bool IsChosen);

    /// <param name="chosen">What was chosen before, where it was asked before.</param>
    public static TypedMoment Read(string? typed, PaperClock clock, DateTimeOffset? chosen)
    {
        if (!clock.TryReadField(typed, out var moment))
            return new(null, "That moment was not understood. Give a date and a time.", []);
        if (moment is not { } at)
            return new(null, "", []);
        if (!DateTime.TryParse(typed, CultureInfo.InvariantCulture, out var wallClock) || typed!.Length > "2026-10-25T01:30:00".Length)
            return new(at, InWords(at, clock), []);

        Choice[] Offer(params IReadOnlyList<DateTimeOffset> moments) =>
            [.. moments.Select(one => new Choice(clock.Machine(one), InWords(one, clock), one == (moments.Contains(chosen ?? default) ? chosen : moments[0])))];

        var hour = wallClock.ToString("HH:mm", CultureInfo.InvariantCulture);
        return clock.Meanings(wallClock) switch
        {
            [] => new(at, $"There is no {hour} that night: the clocks go forward. Choose what is meant.",
                Offer([.. new[] { clock.EndOfSkipped(wallClock), at }.Distinct()])),
            [_] => new(at, InWords(at, clock), []),
            var several => new(at, $"There are two {hour} that night: the clocks go back. Choose which is meant.", Offer(several)),
        };
    }

    /// <summary>Tuesday 24 November 2026, 18:30 GMT (18:30 UTC)</summary>
    private static string InWords(DateTimeOffset moment, PaperClock clock)
    {
        var utc = moment.UtcDateTime;
        var isSameDay = DateOnly.FromDateTime(utc) == clock.Day(moment);
        var day = isSameDay ? "" : PaperClock.Date(DateOnly.FromDateTime(utc)) + ", ";
        return string.Create(CultureInfo.InvariantCulture, $"{clock.Weekday(moment)}, {clock.Time(moment)} {clock.ZoneName(moment)} ({day}{utc:HH:mm} UTC)");
    }
}
