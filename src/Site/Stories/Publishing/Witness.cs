using System.Diagnostics;
using System.Threading.Channels;
using LondonDefender.Data;
using LondonDefender.Paper.PaperCache;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>
/// Looks at the paper after a story was given to readers or taken from them, and adds what it saw to the receipt. The editor does not wait for it.
/// </summary>
public sealed class Witness(
    IDbContextFactory<NewsroomDb> newsroom, WhatReadersSee readers, ChangeWatch watch, Nodes nodes, TimeProvider clock, ILogger<Witness> log) : BackgroundService
{
    private readonly Channel<Waiting> toSee = Channel.CreateUnbounded<Waiting>();

    private sealed record Waiting(Done Done, long BeganAt, IReadOnlyList<Seen> Already);

    /// <summary>Has a change made by an editor kept down with a receipt, and looked at as soon as it is made.</summary>
    public async Task<StoryOutcome> SeeAsync(Deed deed, int byPerson, string? reason, Task<StoryOutcome> change, CancellationToken ct)
    {
        var outcome = await change;
        if (outcome is StoryOutcome.Done { Story: var story } && DeedOn(story, deed) is { } done)
        {
            await using var db = await newsroom.CreateDbContextAsync(ct);
            await Receipt.WriteAsync(db, done, nodes.Name, byPerson, reason?.Trim() ?? "", clock.GetUtcNow(), ct);
            if (deed.IsSeen())
                See(done);
        }

        return outcome;
    }

    /// <param name="already">What was made certain of before.</param>
    public void See(Done done, IReadOnlyList<Seen>? already = null) => toSee.Writer.TryWrite(new(done, Stopwatch.GetTimestamp(), already ?? []));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var next in toSee.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await LookAsync(next, stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("What became of story {StoryId} could not be looked at: {Problem}", next.Done.StoryId, problem.Message);
            }
        }
    }

    /// <summary>A story that is published for later is told of when its moment comes.</summary>
    private Done? DeedOn(Story story, Deed deed)
    {
        var now = clock.GetUtcNow();
        return deed switch
        {
            Deed.WentLive when !story.HasAppearedAt(now) => null,
            Deed.WentLive when story.Revisions.Single(r => r.Number == story.PublishedNumber).PublishedAt > story.PublishAt => new(story.Id, Deed.Changed, now),
            Deed.WentLive => new(story.Id, deed, story.PublishAt!.Value),
            _ => new(story.Id, deed, now),
        };
    }

    private async Task LookAsync(Waiting next, CancellationToken ct)
    {
        int Since() => (int)Stopwatch.GetElapsedTime(next.BeganAt).TotalMilliseconds;

        List<Seen> seen = [.. next.Already];
        await watch.CatchUpAsync(ct);
        seen.Add(new($"Node {nodes.Name}", null, Finding.Right, "has heard of it", Since()));
        var asked = Since();
        foreach (var (node, took) in await nodes.WhoHasHeardAsync(ct))
            seen.Add(took is { } time
                ? new($"Node {node}", null, Finding.Right, "has heard of it", asked + (int)time.TotalMilliseconds)
                : new($"Node {node}", null, Finding.Wrong, "did not answer in time; it looks by itself every second", Since()));

        await using var db = await newsroom.CreateDbContextAsync(ct);
        await foreach (var found in readers.LookAsync(db, next.Done, ct))
            seen.Add(found with { After = Since() });
        await Receipt.AddWhatWasSeenAsync(db, next.Done, seen, ct);

        var wrong = seen.Where(one => one.Finding == Finding.Wrong).Select(one => one.Place).ToList();
        if (wrong.Count == 0)
            log.LogInformation("Story {StoryId}, {Deed}: seen on {Nodes} nodes and in {Places} places after {Milliseconds} ms", next.Done.StoryId, next.Done.Deed, seen.Count(one => one.Place.StartsWith("Node ", StringComparison.Ordinal)), seen.Count, Since());
        else
            log.LogError("Story {StoryId}, {Deed}: not as it should be in {Places}", next.Done.StoryId, next.Done.Deed, string.Join(", ", wrong));
    }
}
