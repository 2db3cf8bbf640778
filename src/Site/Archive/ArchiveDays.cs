using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Archive;

/// <summary>How much was published when, in days and months of the paper's own zone. Nothing is counted beyond <see cref="Most"/>.</summary>
public sealed class ArchiveDays(NewsroomDb db, PaperFrame frame)
{
    /// <summary>A month of more stories is said to have this many and more: counting on would cost each reader of the page.</summary>
    public const int Most = 500;

    /// <summary>The live stories from the beginning of one day to the beginning of another.</summary>
    public IQueryable<Story> Between(DateOnly first, DateOnly end)
    {
        var (from, to) = (StartOf(first), StartOf(end));
        return db.Stories.Live(frame.Now).Where(s => s.PublishAt >= from && s.PublishAt < to);
    }

    /// <summary>The last day with stories before these days, and the first after them.</summary>
    public async Task<(DateOnly? Before, DateOnly? After)> AroundAsync(DateOnly first, DateOnly end, CancellationToken ct)
    {
        var (from, to) = (StartOf(first), StartOf(end));
        var live = db.Stories.Live(frame.Now);
        var before = await live.Where(s => s.PublishAt < from).MaxAsync(s => s.PublishAt, ct);
        var after = await live.Where(s => s.PublishAt >= to).MinAsync(s => s.PublishAt, ct);
        return (before is null ? null : frame.Clock.Day(before.Value), after is null ? null : frame.Clock.Day(after.Value));
    }

    public async Task<ArchiveMonth> MonthAsync(DateOnly first, CancellationToken ct)
    {
        var end = first.AddMonths(1);
        var days = Enumerable.Range(0, end.DayNumber - first.DayNumber).Select(first.AddDays).ToList();
        var (before, after) = await AroundAsync(first, end, ct);
        return new(first, await CountsAsync(days, end, ct), FirstOf(before), FirstOf(after));
    }

    /// <summary>Each month that has stories, the newest first.</summary>
    public async Task<IReadOnlyList<(DateOnly Month, int Stories)>> MonthsAsync(CancellationToken ct)
    {
        var oldest = await db.Stories.Live(frame.Now).MinAsync(s => s.PublishAt, ct);
        if (oldest is null)
            return [];

        List<DateOnly> months = [];
        var today = frame.Clock.Day(frame.Now);
        for (var month = FirstOf(frame.Clock.Day(oldest.Value))!.Value; month <= today; month = month.AddMonths(1))
            months.Add(month);
        var counts = await CountsAsync(months, months[^1].AddMonths(1), ct);
        return [.. months.Where(counts.ContainsKey).Reverse().Select(month => (month, counts[month]))];
    }

    /// <summary>By the first day of each span, those left out that have no story. The index is read once, and of each span only so far.</summary>
    private async Task<Dictionary<DateOnly, int>> CountsAsync(List<DateOnly> starts, DateOnly end, CancellationToken ct)
    {
        DateTimeOffset[] from = [.. starts.Select(StartOf)];
        DateTimeOffset[] to = [.. from.Skip(1), StartOf(end)];
        var counted = await (
            from span in db.Database.SqlQuery<Span>($"""
                SELECT (number - 1)::integer AS "Number", beginning AS "From", ending AS "To"
                FROM unnest({from}, {to}) WITH ORDINALITY AS spans (beginning, ending, number)
                """)
            select new { span.Number, Stories = db.Stories.Live(frame.Now).Where(s => s.PublishAt >= span.From && s.PublishAt < span.To).Take(Most).Count() })
            .ToListAsync(ct);
        return counted.Where(span => span.Stories > 0).ToDictionary(span => starts[span.Number], span => span.Stories);
    }

    private sealed record Span(int Number, DateTimeOffset From, DateTimeOffset To);

    private DateTimeOffset StartOf(DateOnly day) => frame.Clock.StartOf(day).ToUniversalTime();

    private static DateOnly? FirstOf(DateOnly? day) => day is { } there ? new DateOnly(there.Year, there.Month, 1) : null;
}

/// <param name="First">Its first day.</param>
/// <param name="Stories">How many each day has that has any.</param>
/// <param name="Before">The month with stories before it.</param>
/// <param name="After">The month with stories after it.</param>
public sealed record ArchiveMonth(DateOnly First, IReadOnlyDictionary<DateOnly, int> Stories, DateOnly? Before, DateOnly? After)
{
    public string Name => PaperClock.Month(First);

    /// <summary>The month in weeks from Monday to Sunday, days of other months left empty.</summary>
    public IEnumerable<DateOnly?[]> Weeks()
    {
        var empty = ((int)First.DayOfWeek + 6) % 7;
        return Enumerable.Repeat((DateOnly?)null, empty)
            .Concat(Enumerable.Range(0, DateTime.DaysInMonth(First.Year, First.Month)).Select(day => (DateOnly?)First.AddDays(day)))
            .Chunk(7).Select(week => (DateOnly?[])[.. week, .. Enumerable.Repeat((DateOnly?)null, 7 - week.Length)]);
    }
}
