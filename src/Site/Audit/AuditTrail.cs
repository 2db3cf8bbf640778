using System.Security.Claims;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LondonDefender.Audit;

/// <summary>
/// Writes down what is worth knowing later, in the very save that does it: nothing can be done and not told, or told and not done. What is told
/// stands in <see cref="WhatIsTold"/>.
/// </summary>
public sealed class AuditTrail(IHttpContextAccessor http, TimeProvider clock) : SaveChangesInterceptor
{
    private const string TheMachine = "the paper’s machine";

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Tell(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => TakeBack(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        TakeBack(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>What statements do beside any save; the next save of this context writes it down.</summary>
    public void TellOf(DbContext db, AuditSubject subject, string words) => db.Add(Entry(new(subject, null, words), Who));

    private void Tell(DbContext? db)
    {
        if (db is null)
            return;

        var who = Who;
        db.AddRange(db.ChangeTracker.Entries().ToList()
            .SelectMany(WhatIsTold.Of)
            // What a command brings in by the thousand has its own report.
            .Where(told => who is not null || told.Subject is not (AuditSubject.Story or AuditSubject.Picture or AuditSubject.Filing or AuditSubject.Front))
            .Select(told => Entry(told, who)));
    }

    private ClaimsPrincipal? Who => http.HttpContext?.User is { Identity.IsAuthenticated: true } person ? person : null;

    private AuditEntry Entry(Told told, ClaimsPrincipal? who) => new()
    {
        At = clock.GetUtcNow(),
        PersonId = who?.Id() ?? told.Themselves?.Id,
        By = who?.Name() ?? told.Themselves?.Name ?? TheMachine,
        Subject = told.Subject,
        SubjectId = told.SubjectId,
        Words = told.Words,
    };

    /// <summary>A save that failed may be tried once more, and tells of itself then.</summary>
    private static void TakeBack(DbContext? db)
    {
        foreach (var entry in db?.ChangeTracker.Entries<AuditEntry>().Where(entry => entry.State == EntityState.Added).ToList() ?? [])
            entry.State = EntityState.Detached;
    }
}
