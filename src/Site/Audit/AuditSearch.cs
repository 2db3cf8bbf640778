using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Paper;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Audit;

/// <summary>What is asked of the audit log, as an address carries it; what cannot be understood is not asked.</summary>
public sealed record AuditSearch(int? PersonId, AuditSubject? Subject, int? SubjectId, string Words, DateOnly? From, DateOnly? To, long? Before)
{
    public static AuditSearch Read(IQueryCollection query) => new(
        Number(query["who"]),
        Enum.TryParse<AuditSubject>(query["what"], ignoreCase: true, out var subject) && Enum.IsDefined(subject) ? subject : null,
        Number(query["about"]),
        (query["words"].ToString() is { Length: <= 200 } words ? words : "").Trim(),
        Day(query["from"]), Day(query["to"]),
        long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);

    /// <summary>Newest first.</summary>
    public IQueryable<AuditEntry> In(NewsroomDb db, PaperClock clock)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (PersonId is { } person)
            entries = entries.Where(e => e.PersonId == person);
        if (Subject is { } subject)
            entries = entries.Where(e => e.Subject == subject);
        if (SubjectId is { } id)
            entries = entries.Where(e => e.SubjectId == id);
        if (Words.Length > 0)
            entries = entries.Where(e => EF.Functions.ILike(e.Words, "%" + Literally(Words) + "%", "\\"));
        if (From is { } from)
        {
            var beginning = clock.StartOf(from);
            entries = entries.Where(e => e.At >= beginning);
        }

        if (To is { } to)
        {
            var end = clock.StartOf(to.AddDays(1));
            entries = entries.Where(e => e.At < end);
        }

        if (Before is { } before)
            entries = entries.Where(e => e.Id < before);
        return entries.OrderByDescending(e => e.Id);
    }

    /// <summary>As a question of an address; with <paramref name="before"/>, of the page after.</summary>
    public string InAddress(long? before = null) => QueryString.Create(new Dictionary<string, string?>
    {
        ["who"] = PersonId?.ToString(CultureInfo.InvariantCulture),
        ["what"] = Subject?.ToString().ToLowerInvariant(),
        ["about"] = SubjectId?.ToString(CultureInfo.InvariantCulture),
        ["words"] = Words,
        ["from"] = Field(From),
        ["to"] = Field(To),
        ["before"] = before?.ToString(CultureInfo.InvariantCulture),
    }.Where(one => !string.IsNullOrEmpty(one.Value))).ToString();

    public static string Field(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string? words) => int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Days a calendar can be counted on from, whatever the zone.
    private static DateOnly? Day(string? words) =>
        DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 3000 ? day : null;

    private static string Literally(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
