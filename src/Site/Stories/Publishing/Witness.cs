using System.Diagnostics;
using System.Globalization;
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
    // The first sign of what one node says to another.
    private const char Good = '+', Bad = '-';

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
        nodes.Eyes = SayWhatIsSeenAsync;
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
        var heard = await nodes.WhoHasHeardAsync(ct);
        var askedToLook = Since();
        var elsewhere = nodes.WhatIsSeenElsewhereAsync(InSignals(next.Done), ct);

        await using var db = await newsroom.CreateDbContextAsync(ct);
        await foreach (var found in readers.LookAsync(db, next.Done, ct))
            seen.Add(found with { After = Since() });
        var looked = await elsewhere;
        seen.InsertRange(next.Already.Count + 1, heard.Keys.Order(StringComparer.Ordinal).Select(node => OnNode(node, heard[node], asked, looked.GetValueOrDefault(node), askedToLook)));
        await Receipt.AddWhatWasSeenAsync(db, next.Done, seen, ct);

        var wrong = seen.Where(one => one.Finding == Finding.Wrong).Select(one => one.Place).ToList();
        if (wrong.Count == 0)
            log.LogInformation("Story {StoryId}, {Deed}: seen on {Nodes} nodes and in {Places} places after {Milliseconds} ms", next.Done.StoryId, next.Done.Deed, seen.Count(one => one.Place.StartsWith("Node ", StringComparison.Ordinal)), seen.Count, Since());
        else
            log.LogError("Story {StoryId}, {Deed}: not as it should be in {Places}", next.Done.StoryId, next.Done.Deed, string.Join(", ", wrong));
    }

    private static Seen OnNode(string node, TimeSpan? heard, int asked, Nodes.Answer? looked, int askedToLook)
    {
        var place = $"Node {node}";
        var heardIt = heard is { } took ? string.Create(CultureInfo.InvariantCulture, $"heard of it after {asked + (int)took.TotalMilliseconds} ms") : "did not say in time that it has heard of it";
        return looked switch
        {
            { Said: [Good, ..] } seen => new(place, null, Finding.Right, $"{heardIt}, {seen.Said[1..]}", askedToLook + (int)seen.After.TotalMilliseconds),
            { Said: [Bad, ..] } seen => new(place, null, Finding.Wrong, $"{heardIt}, but {seen.Said[1..]}", askedToLook + (int)seen.After.TotalMilliseconds),
            // Of an earlier version, or too busy: what was not seen is not said to be right.
            _ => new(place, null, heard is null ? Finding.Wrong : Finding.Elsewhere, $"{heardIt}; what it shows was not seen", askedToLook),
        };
    }

    /// <summary>What another node is told that asks: the same look, at this node's own pages.</summary>
    private async Task<string> SayWhatIsSeenAsync(string asked, CancellationToken ct)
    {
        if (FromSignals(asked) is not { } done)
            return "";

        List<Seen> seen = [];
        await using var db = await newsroom.CreateDbContextAsync(ct);
        await foreach (var found in readers.LookAsync(db, done, ct))
            seen.Add(found);

        if (seen.Count == 0)
            return "";

        var wrong = seen.Where(one => one.Finding == Finding.Wrong).Select(one => $"{one.Place} {one.Words}").ToList();
        var places = seen.Count(one => one.Finding == Finding.Right);
        return wrong.Count > 0 ? $"{Bad}{string.Join("; ", wrong)}" : string.Create(CultureInfo.InvariantCulture, $"{Good}{(done.Deed.TakesAway() ? "shows nothing of it" : "shows it")} in {places} places");
    }

    private static string InSignals(Done done) => string.Create(CultureInfo.InvariantCulture, $"{done.StoryId} {done.Deed} {done.At.UtcTicks}");

    private static Done? FromSignals(string words) =>
        words.Split(' ') is [var id, var deed, var at] && int.TryParse(id, CultureInfo.InvariantCulture, out var story) && Enum.TryParse<Deed>(deed, out var known) && long.TryParse(at, CultureInfo.InvariantCulture, out var ticks)
            ? new(story, known, new(ticks, TimeSpan.Zero))
            : null;
}
