using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Publishing;

/// <summary>What there is to say about where a story's readers are led, at the moment when they first have it. None of it stops a story.</summary>
/// <param name="from">When readers have this text.</param>
internal sealed class LinkRemarks(Story story, StoryText text, CopyText copy, DateTimeOffset from, PaperClock clock)
{
    private const int NearestOffered = 3;

    private Dictionary<int, Target> targets = [];
    private HashSet<int> leadingStraightBack = [];

    public async Task<IReadOnlyList<Remark>> ReadAsync(NewsroomDb db, DateTimeOffset now, CancellationToken ct)
    {
        var earlier = await db.ReadMoreLinks.AsNoTracking().Where(l => l.FromId == story.Id).ToListAsync(ct);
        var tied = await ReadMoreLinks.ResolveAsync(db, story.Id, copy, earlier, now, ct);
        var reports = await LinkReports.ForAsync(db, story.Id, copy, tied, now, ct);
        await LearnTargetsAsync(db, reports, now, ct);

        List<Remark> remarks = [];
        HashSet<int> offered = [];
        foreach (var report in reports)
        {
            remarks.AddRange(report.Line is null ? OnSentence(report) : OnLine(report, report.Line));
            if (report is { Line: { } line, Target: { } target } && !offered.Add(target.Id))
                remarks.Add(About(line, $"“{target.Headline}” is offered twice.", Out(line)));
        }

        remarks.AddRange(text.RelatedIds.Where(targets.ContainsKey).SelectMany(id => OnPicked(targets[id])));
        return remarks;
    }

    private async Task LearnTargetsAsync(NewsroomDb db, IReadOnlyList<LinkReport> reports, DateTimeOffset now, CancellationToken ct)
    {
        int[] ids = [.. reports.Select(report => report.Target?.Id).OfType<int>().Concat(text.RelatedIds).Distinct()];
        var hits = await LinkReports.HitsAsync(db, ids, now, ct);
        var facts = await db.Stories.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.PublishAt, s.EmbargoUntil }).ToListAsync(ct);
        var successors = await Successors.OfAsync(db, ids, ct);
        var next = await LinkReports.HitsAsync(db, [.. successors.Values.Distinct()], now, ct);
        targets = facts.ToDictionary(fact => fact.Id, fact => new Target(hits[fact.Id], fact.PublishAt, fact.EmbargoUntil > now ? fact.EmbargoUntil : null,
            successors.TryGetValue(fact.Id, out var successor) ? next.GetValueOrDefault(successor) : null));
        leadingStraightBack = [.. await db.ReadMoreLinks
            .Where(l => ids.Contains(l.FromId) && l.ToId != null && l.Position >= 0 && db.Stories.Any(s => s.Id == l.FromId && s.PublishedNumber == l.RevisionNumber))
            .GroupBy(l => l.FromId).Where(lines => lines.All(l => l.ToId == story.Id)).Select(lines => lines.Key).ToListAsync(ct)];
    }

    private IEnumerable<Remark> OnLine(LinkReport report, ReadMoreLine line)
    {
        if (report.Problem is { } problem)
            yield return About(line, $"A READ MORE line leads nowhere. {problem}", Out(line));
        if (report.IsPending)
            yield return About(line, $"“{report.Words}” waits for its story: none has this headline yet. Readers see the line as soon as one has.",
                [.. report.Nearest.Take(NearestOffered).Select(near => Tie(line, near)), Out(line)]);
        if (report.Target is not { } hit)
            yield break;

        var target = targets[hit.Id];
        if (WhyUnseen(target) is { } why)
            yield return About(line, why, [.. target.Successor is { } next ? [Lead(line, next)] : Array.Empty<Mend>(), Out(line)]);
        if (report.DriftedFrom is { } then)
            yield return About(line, $"The wording “{report.Words}” was pinned when the headline was “{then}”; it is “{hit.Headline}” now.",
                new Mend.Rewrite("Use the present headline", "copy", PlaceOf(line), line.Written, string.Create(null, $"story:{hit.Id}")), Out(line));
        if (WhyProceedings(hit) is { } proceedings)
            yield return About(line, proceedings, Out(line));
        if (leadingStraightBack.Contains(hit.Id))
            yield return About(line, $"“{hit.Headline}” leads its readers nowhere but back here: they would go round in a circle.", Out(line));
    }

    /// <summary>The words of a link inside a sentence are read whatever becomes of the link.</summary>
    private IEnumerable<Remark> OnSentence(LinkReport report)
    {
        var id = report.Target?.Id ?? copy.InlineLinks.First(link => link.Words == report.Words).StoryId;
        var place = LineOut.Place(text.Copy, id) is { } found ? new Place(found.Index, found.Index + found.Length) : default(Place?);
        IReadOnlyList<Mend> mends = LineOut.Of(text.Copy, id) is { } mend ? [mend] : [];
        if (report.Problem is { } problem)
            yield return new(false, "copy", $"The link of “{report.Words}” leads nowhere. {problem}") { Place = place, Mends = mends };
        if (report.Target is not { } hit)
            yield break;

        if (WhySilent(targets[hit.Id], report.Words) is { } why)
            yield return new(false, "copy", why) { Place = place, Mends = mends };
        if (WhyProceedings(hit) is { } proceedings)
            yield return new(false, "copy", proceedings) { Place = place, Mends = mends };
    }

    private IEnumerable<Remark> OnPicked(Target target)
    {
        if (WhyUnseen(target) is { } why)
            yield return new(false, "add-related", $"Picked by hand for the end of the page: {why}") { Mends = [Unpick(target)] };
        if (WhyProceedings(target.Hit) is { } proceedings)
            yield return new(false, "add-related", $"Picked by hand for the end of the page: {proceedings}") { Mends = [Unpick(target)] };
    }

    /// <summary>Why readers do not see a line at first; null when they do.</summary>
    private string? WhyUnseen(Target target) => target switch
    {
        { Hit.IsKilled: true } => $"“{target.Hit.Headline}” was killed. Readers see nothing of the line.",
        { Hit.State: StoryState.Withdrawn, Successor: { } next } => $"“{target.Hit.Headline}” was withdrawn; readers are led to “{next.Headline}” instead.",
        { Hit.State: StoryState.Withdrawn } => $"“{target.Hit.Headline}” was withdrawn. Readers see nothing of the line.",
        { Hit.State: StoryState.Due, LiveAt: { } at } when at > from => $"“{target.Hit.Headline}” appears {clock.DateAndTime(at)}, later than this story. Nothing of it shows before; the line comes then by itself.",
        { Hit.State: StoryState.Draft, Embargo: { } until } => $"“{target.Hit.Headline}” is a draft under embargo until {clock.DateAndTime(until)}. The line comes by itself when it is published.",
        { Hit.State: StoryState.Draft } => $"“{target.Hit.Headline}” is a draft. The line comes by itself when it is published.",
        _ => null,
    };

    private string? WhySilent(Target target, string words) => target switch
    {
        { Hit.IsKilled: true } => $"The words “{words}” are about a story that was killed, and stay without their link.",
        { Hit.State: StoryState.Withdrawn } => $"The words “{words}” are about a story that was withdrawn, and stay without their link.",
        { Hit.State: StoryState.Due, LiveAt: { } at } when at > from => $"The words “{words}” are read at once, though “{target.Hit.Headline}” appears only {clock.DateAndTime(at)}: see that they give nothing away. The link comes then by itself.",
        { Hit.State: StoryState.Draft, Embargo: { } until } => $"The words “{words}” are read at once, though “{target.Hit.Headline}” is under embargo until {clock.DateAndTime(until)}: see that they give nothing away.",
        { Hit.State: StoryState.Draft } => $"The words “{words}” are read at once, though “{target.Hit.Headline}” is a draft. The link comes by itself when it is published.",
        _ => null,
    };

    private string? WhyProceedings(StoryHit hit) => (hit.HasActiveProceedings, story.HasActiveProceedings) switch
    {
        (true, _) => $"Proceedings are active in the matter of “{hit.Headline}”: what stands beside it may be in contempt of court.",
        (false, true) => $"Proceedings are active in the matter of this story: is it safe to lead its readers to “{hit.Headline}”?",
        _ => null,
    };

    private Remark About(ReadMoreLine line, string sentence, params IReadOnlyList<Mend> mends) => new(false, "copy", sentence) { Place = PlaceOf(line), Mends = mends };

    private Mend.Rewrite Out(ReadMoreLine line) => LineOut.Of(text.Copy, copy.Blocks.First(block => block.Lines.Contains(line)), line);

    private static Mend.Rewrite Tie(ReadMoreLine line, StoryHit near) =>
        new($"Tie to “{near.Headline}”", "copy", PlaceOf(line), line.Written, string.Create(null, $"story:{near.Id}"));

    private static Mend.Rewrite Lead(ReadMoreLine line, StoryHit next) =>
        new($"Lead to “{next.Headline}”", "copy", PlaceOf(line), line.Written, string.Create(null, $"story:{next.Id}"));

    private static Mend.Unpick Unpick(Target target) => new("Take it off the list", target.Hit.Id);

    private static Place PlaceOf(ReadMoreLine line) => new(line.SourceStart, line.SourceEnd);

    /// <param name="LiveAt">When readers have it, or will.</param>
    /// <param name="Successor">Where readers are led instead.</param>
    private sealed record Target(StoryHit Hit, DateTimeOffset? LiveAt, DateTimeOffset? Embargo, StoryHit? Successor);
}
