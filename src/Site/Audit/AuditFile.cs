using System.Text;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Audit;

/// <summary>The log as a file for spreadsheets and auditors: RFC 4180, read and sent entry by entry, however long it is.</summary>
public static class AuditFile
{
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/desk/audit/file", SendAsync).RequireAuthorization(Rights.ChiefEditors);

    private static async Task<IResult> SendAsync(HttpContext http, NewsroomDb db, CancellationToken ct)
    {
        var settings = await db.SettingsAsync(ct);
        var clock = new PaperClock(settings.Zone);
        var entries = AuditSearch.Read(http.Request.Query).In(db, clock);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(async body =>
        {
            await using var file = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
            await file.WriteLineAsync("number,when,person,name,subject,subject number,what");
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
                await file.WriteLineAsync(string.Create(null, $"{entry.Id},{clock.Machine(entry.At)},{entry.PersonId},{Cell(entry.By)},{Cell(AuditPage.InWords(entry.Subject))},{entry.SubjectId},{Cell(entry.Words)}"));
        }, "text/csv; charset=utf-8", "audit-log.csv");
    }

    /// <summary>A spreadsheet would take words that begin with a sign for a formula, and work it out.</summary>
    private static string Cell(string words)
    {
        var plain = words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + words : words;
        return $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
