using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>Imports of old papers, as the newsroom and the command line begin them. One at a time, in the background; each is a row that says how far it has come.</summary>
public sealed class MovingInDesk(IDbContextFactory<NewsroomDb> newsroom, Mover mover, MovingInFolder folder, TimeProvider clock, IHostApplicationLifetime life, ILogger<MovingInDesk> log)
{
    public const long LargestUpload = 2L << 30;

    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(1);

    /// <returns>0 when it went through to its end, else 1.</returns>
    public async Task<int> RunAsync(MoveCommand command, TextWriter output, CancellationToken ct = default)
    {
        int? run = command.Options.IsDryRun ? null : await EnterAsync(command.Options, null, ct);
        var said = clock.GetTimestamp();
        try
        {
            var report = await mover.MoveAsync(command.Options, progress =>
            {
                if (clock.GetElapsedTime(said) < TimeSpan.FromSeconds(5))
                    return;

                said = clock.GetTimestamp();
                output.WriteLine($"{MoveReport.Number(progress.Done)} of {MoveReport.Number(progress.Found)} stories");
            }, ct);
            await EndAsync(run, report, "");
            await TellAsync(command, report, output, ct);
            return 0;
        }
        catch (UnreadableOldPaper reason)
        {
            await EndAsync(run, null, reason.Message);
            await output.WriteLineAsync(reason.Message);
            return 1;
        }
    }

    /// <summary>Keeps a file that was sent in; its name there.</summary>
    public async Task<string> ReceiveAsync(Stream file, string fileName, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Path);
        var plain = string.Concat(PlainWords.Cut(Path.GetFileName(fileName.Replace('\\', '/')), 100).Where(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_')).TrimStart('.');
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..4]}-{(plain.Length > 0 ? plain : "export")}");
        await using var kept = new FileStream(Path.Combine(folder.Path, name), FileMode.CreateNew, FileAccess.Write);
        await file.CopyToAsync(kept, ct);
        return name;
    }

    /// <summary>Begins one in the background; its number.</summary>
    public async Task<int> BeginAsync(MoveRequest options, int byPerson, CancellationToken ct)
    {
        var run = await EnterAsync(options, byPerson, ct);
        _ = Task.Run(() => RunAsync(run, options), CancellationToken.None);
        return run;
    }

    private async Task RunAsync(int run, MoveRequest options)
    {
        try
        {
            var said = clock.GetTimestamp();
            var report = await mover.MoveAsync(options, progress =>
            {
                if (clock.GetElapsedTime(said) >= Sign)
                {
                    said = clock.GetTimestamp();
                    Say(run, progress);
                }
            }, life.ApplicationStopping);
            await EndAsync(run, report, "");
        }
        catch (UnreadableOldPaper reason)
        {
            await EndAsync(run, null, reason.Message);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(run, null, "The paper was stopped meanwhile.");
        }
        catch (Exception problem)
        {
            log.LogError(problem, "Import {Run} failed", run);
            await EndAsync(run, null, "Something failed that should not; the log tells more. What was taken in until then is there.");
        }
    }

    private void Say(int run, MoveProgress progress)
    {
        using var db = newsroom.CreateDbContext();
        db.ImportRuns.Where(r => r.Id == run)
            .ExecuteUpdate(set => set.SetProperty(r => r.Done, progress.Done).SetProperty(r => r.Found, progress.Found).SetProperty(r => r.SeenAt, clock.GetUtcNow()));
    }

    private async Task<int> EnterAsync(MoveRequest options, int? byPerson, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var run = new ImportRun
        {
            Source = PlainWords.Cut(PlainWords.OneLine(Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Path))), 300),
            Options = options.AsJson(),
            IsDryRun = options.IsDryRun,
            StartedById = byPerson,
            StartedAt = clock.GetUtcNow(),
            SeenAt = clock.GetUtcNow(),
        };
        db.Add(run);
        await db.SaveChangesAsync(ct);
        return run.Id;
    }

    private async Task EndAsync(int? run, MoveReport? report, string problem)
    {
        if (run is null)
            return;

        try
        {
            await using var db = await newsroom.CreateDbContextAsync();
            await db.ImportRuns.Where(r => r.Id == run).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.EndedAt, clock.GetUtcNow())
                .SetProperty(r => r.Problem, problem)
                .SetProperty(r => r.Done, r => report == null ? r.Done : report.Found)
                .SetProperty(r => r.Found, r => report == null ? r.Found : report.Found)
                .SetProperty(r => r.Summary, report == null ? "" : report.Summary)
                .SetProperty(r => r.Report, report == null ? "" : PlainWords.Clean(report.ToString())));
        }
        catch (Exception away)
        {
            log.LogError(away, "How import {Run} ended could not be written down", run);
        }
    }

    private static async Task TellAsync(MoveCommand command, MoveReport report, TextWriter output, CancellationToken ct)
    {
        if (command.ReportFile is { } file)
        {
            await File.WriteAllTextAsync(file, report.ToString(), ct);
            await output.WriteLineAsync(report.Summary);
            await output.WriteLineAsync($"The report is {file}.");
        }
        else
        {
            await output.WriteLineAsync(report.ToString());
        }

        await output.WriteLineAsync($"It took {report.Took}.");
    }
}
