using System.Diagnostics;
using LondonDefender.Data;
using LondonDefender.Pictures;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Hosting.Checkup;

/// <param name="IsWell">False where the paper cannot do its work so; a program that is missing is only told of.</param>
/// <param name="Sentence">What was found; anybody may read it.</param>
/// <param name="Detail">For the newsroom alone: it may name machines and folders.</param>
public sealed record Finding(bool IsWell, string Sentence, string? Detail = null);

/// <summary>Whether this node can serve the paper, and why not: every look is bounded, whatever hangs.</summary>
public sealed class Readiness(IDbContextFactory<NewsroomDb> newsroom, Preparation preparation, PictureStore store, PicturesFolder folder, PictureTools tools)
{
    /// <summary>Balancers give up on an answer that takes longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Writing a file each time somebody asks would be work for strangers to give.
    private readonly Look database = new(TimeSpan.Zero), pictures = new(rest: TimeSpan.FromSeconds(10));

    public async Task<IReadOnlyList<Finding>> FindAsync() =>
    [
        .. await Task.WhenAll(
            database.AskAsync(LookAtDatabaseAsync, "The database does not answer.", Patience),
            PicturesAsync(Patience)),
        LookAtTools(),
    ];

    public Task<Finding> PicturesAsync(TimeSpan patience) => pictures.AskAsync(LookAtStoreAsync, "The place for pictures does not answer.", patience);

    private async Task<Finding> LookAtDatabaseAsync()
    {
        try
        {
            await using var db = await newsroom.CreateDbContextAsync();
            var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
            if (pending.Count == 0 && preparation.IsUnderWay)
                return new(false, "The database answers again; the paper is just making sure that nothing is missing in it.");

            return pending.Count == 0
                ? new(true, "The database answers, and has every migration.")
                : new(false, $"The database still waits for {Counted(pending.Count, "migration")}, the first of them {pending[0]}; starting the paper brings them in.");
        }
        catch (Exception problem) when (DatabaseAway.Explains(problem))
        {
            return new(false, "The database does not answer.", problem.GetBaseException().Message);
        }
    }

    private async Task<Finding> LookAtStoreAsync()
    {
        var key = $"tried/{Guid.NewGuid():N}";
        try
        {
            using var workplace = folder.NewWorkplace();
            await File.WriteAllTextAsync(workplace.File("tried"), "The paper looked whether it can write here.");
            await store.KeepAsync(key, workplace.File("tried"), CancellationToken.None);
            await store.ThrowAwayAsync(key, CancellationToken.None);
            return new(true, "Pictures can be kept.");
        }
        catch (Exception problem) when (problem is StoreAway or IOException or UnauthorizedAccessException)
        {
            return new(false, "Pictures cannot be kept: the place for them does not answer, or takes nothing.", problem.GetBaseException().Message);
        }
    }

    private Finding LookAtTools() => tools.IsInstalled
        ? new(true, "Pictures can be unpacked: libvips is there.")
        : new(true, $"Mind: {PictureTools.WhatToInstall}");

    private static string Counted(int count, string what) => count == 1 ? $"one {what}" : $"{count} {what}s";

    /// <summary>One look at a time, however many ask: what hangs must not pile up.</summary>
    private sealed class Look(TimeSpan rest)
    {
        private readonly Lock turn = new();
        private Task<Finding>? last;
        private long began;

        public async Task<Finding> AskAsync(Func<Task<Finding>> look, string onSilence, TimeSpan patience)
        {
            Task<Finding> asked;
            lock (turn)
                asked = last = IsStillGood() ? last! : Begin(look);
            try
            {
                return await asked.WaitAsync(patience);
            }
            catch (TimeoutException)
            {
                return new(false, onSilence, $"Nothing came within {patience.TotalSeconds:0} seconds.");
            }
        }

        private bool IsStillGood() => last is { IsCompleted: false } || (last is not null && Stopwatch.GetElapsedTime(began) < rest);

        private Task<Finding> Begin(Func<Task<Finding>> look)
        {
            began = Stopwatch.GetTimestamp();
            return Task.Run(look);
        }
    }
}
