using System.Globalization;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Wire.MovingIn;

/// <summary>
/// Moves an old paper in. Read once for what there is, so that every story has its number before the first is written and links between
/// them are identities from the beginning; then once more, written in batches. Run again, it goes on where it was killed, and
/// asks once more for pictures that did not come.
/// </summary>
public sealed class Mover(IDbContextFactory<NewsroomDb> newsroom, PictureIntake intake, StoryDesk desk, TimeProvider clock, ILogger<Mover> log)
{
    private const int BatchSize = 100, PicturesAtOnce = 3;

    /// <exception cref="UnreadableOldPaper">Nothing was written.</exception>
    public async Task<MoveReport> MoveAsync(MoveRequest options, Action<MoveProgress>? tell = null, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await using var turn = options.IsDryRun ? null : await OneMoveAtATime.TakeTurnAsync(db, ct);
        var settings = await db.SettingsAsync(ct);
        using var paper = OldPaper.Open(options, options.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : settings.Zone);
        var move = new Move(options, paper, settings, clock.GetUtcNow(), log);

        var watch = new Stages(clock);
        move.LookThrough(ct);
        await move.NumberAsync(db, ct);
        await move.FileAsync(db, ct);
        watch.Note("looking through");
        using var pictures = new OldPictures(options, paper, move.Links, intake, newsroom);
        await foreach (var batch in ConvertedAsync(move, pictures, ct))
        {
            watch.Note("waiting for texts and pictures");
            await move.CompleteAsync(newsroom, desk, batch, ct);
            await move.WriteAsync(newsroom, batch, ct);
            watch.Note("writing");
            tell?.Invoke(new(move.Done, move.Found));
        }

        await move.TieAsync(newsroom, ct);
        await move.KeepListPagesAsync(db, ct);
        watch.Note("tying links");
        log.LogInformation("{Stories} stories of an old paper were looked at, {Taken} taken in, in {Stages}", move.Found, move.Taken, watch.InWords);
        return move.Reported(pictures, watch.InWords);
    }

    /// <summary>One batch is converted while the one before it is written.</summary>
    private async IAsyncEnumerable<List<MovingStory>> ConvertedAsync(Move move, OldPictures pictures, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var stories = move.Paper.Read(withTexts: true).GetEnumerator();
        var next = Task.Run(() => ConvertAsync(move, stories, pictures, ct), ct);
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                next = Task.Run(() => ConvertAsync(move, stories, pictures, ct), ct);
                yield return batch;
            }
        }
        finally
        {
            // Whatever ends it early, nobody reads on in a file that is being closed.
            await Task.WhenAny(next);
        }
    }

    private async Task<List<MovingStory>> ConvertAsync(Move move, IEnumerator<OldStory> stories, OldPictures pictures, CancellationToken ct)
    {
        List<MovingStory> batch = [];
        while (batch.Count < BatchSize && stories.MoveNext())
        {
            ct.ThrowIfCancellationRequested();
            if (Begin(move, stories.Current) is { } story)
                batch.Add(story);
        }

        await Parallel.ForEachAsync(batch.Where(story => !story.IsHere || story.LacksPictures), new ParallelOptions { MaxDegreeOfParallelism = PicturesAtOnce, CancellationToken = ct },
            async (story, until) => await move.IllustrateAsync(story, pictures, until));
        return batch;
    }

    private MovingStory? Begin(Move move, OldStory old)
    {
        try
        {
            return move.Begin(old);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "The story {Key} of an old paper could not be read", old.Key);
            move.LeaveOut(old);
            return null;
        }
    }
}

/// <summary>Where an import's time goes.</summary>
internal sealed class Stages(TimeProvider clock)
{
    private readonly Dictionary<string, TimeSpan> stages = [];
    private long since = clock.GetTimestamp();

    public void Note(string stage)
    {
        var now = clock.GetTimestamp();
        stages[stage] = stages.GetValueOrDefault(stage) + clock.GetElapsedTime(since, now);
        since = now;
    }

    public string InWords => string.Join(", ", stages.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Value.TotalSeconds:0.0} s {stage.Key}")));
}

/// <summary>A story on its way in.</summary>
internal sealed class MovingStory(OldStory old, int id, bool isHere, Losses losses)
{
    public OldStory Old => old;
    public int Id => id;

    /// <summary>Taken in earlier.</summary>
    public bool IsHere => isHere;

    /// <summary>Taken in earlier without some of its pictures, which are asked for once more.</summary>
    public bool LacksPictures { get; init; }

    public Losses Losses => losses;
    public required MadeCopy Made { get; init; }
    public string Copy { get; set; } = "";
    public int? PictureId { get; set; }
    public OldPicture? Picture { get; set; }
}
