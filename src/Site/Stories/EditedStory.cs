using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories.Drafts;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>What the editing page shows beside the text: the readers' page as it would be, and what there is to say about it.</summary>
public sealed record EditedStory
{
    public required StoryView Preview { get; init; }
    public required PaperClock Clock { get; init; }
    public required IReadOnlyList<Missing> Missing { get; init; }

    /// <summary>Nothing that stops publishing, but worth a look.</summary>
    public required IReadOnlyList<Missing> Advice { get; init; }

    public required IReadOnlyList<LinkReport> Links { get; init; }
    public required IReadOnlyList<StoryHit> LinkedFrom { get; init; }

    /// <summary>Topics it speaks of and is not filed under.</summary>
    public required IReadOnlyList<FoundTopic> TopicsFound { get; init; }

    /// <summary>How often readers followed the links.</summary>
    public required LinkFigures Figures { get; init; }

    public required StoryComments Comments { get; init; }

    public static async Task<EditedStory> ReadAsync(NewsroomDb db, Story story, StoryText text, DateTimeOffset now, CancellationToken ct)
    {
        var settings = await db.SettingsAsync(ct);
        var clock = new PaperClock(settings.Zone);
        var copy = CopyText.Read(text.Copy, settings.LabelsInUse);
        var earlier = await db.ReadMoreLinks.AsNoTracking().Where(l => l.FromId == story.Id).ToListAsync(ct);
        var tied = await ReadMoreLinks.ResolveAsync(db, story.Id, copy, earlier, now, ct);
        var links = await LinkReports.ForAsync(db, story.Id, copy, tied, now, ct);
        return new()
        {
            Preview = await PreviewAsync(db, story, text, copy, await ReadMoreLinks.CardsForAsync(db, story.Id, copy, now, ct), clock, now, ct),
            Clock = clock,
            Missing = [.. story.WhatIsInTheWay(text, copy, now, now), .. Unfinished.WhatIsAskedFor(text, copy)],
            Advice = [.. AdviceOn(text, copy, links), .. await PictureAdvice.OnAsync(db, text, copy, now, ct)],
            Links = links,
            TopicsFound = await TopicsInCopy.FindAsync(db, $"{text.Headline}\n{text.Standfirst}\n{copy.PlainText}", text.TopicIds, ct),
            Figures = await LinkFigures.OfAsync(db, story.Id, clock.Day(now), now, ct),
            Comments = await StoryComments.ReadAsync(db, story.Id, text.Copy, ct),
            LinkedFrom = await Backlinks.ToAsync(db, story.Id, now, ct),
        };
    }

    private static async Task<StoryView> PreviewAsync(
        NewsroomDb db, Story story, StoryText text, CopyText copy, ReadMoreCards cards, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        List<int> offered = [.. cards.StoriesOfferedIn(copy)];
        var laterOn = story.HasActiveProceedings ? [] : await LaterStories.ThanAsync(db, story.Id, story.PublishAt ?? now, offered, now, ct);
        return await DraftViews.OfAsync(db, story, text, copy, cards, now, ShownPicture.ForTheDesk, ct) with
        {
            LaterOn = laterOn,
            Related = await ClosestStories.ForAsync(db, story.Id, ClosestStories.DrawnFrom(text, story.HasActiveProceedings), [.. offered, .. laterOn.Select(later => later.Id)], clock, now, ct),
        };
    }

    private static IEnumerable<Missing> AdviceOn(StoryText text, CopyText copy, IReadOnlyList<LinkReport> links)
    {
        foreach (var advice in AdviceOnWords(text, copy))
            yield return advice;
        if (links.Count(link => link.IsPending) is > 0 and var pending)
            yield return new("copy", pending == 1 ? "One READ MORE line waits for its story; readers do not see it until then." : $"{pending} READ MORE lines wait for their stories; readers do not see them until then.");
        if (links.Any(link => link.Problem is not null))
            yield return new("copy", "A READ MORE line leads nowhere as it is written.");
    }

    internal static IEnumerable<Missing> AdviceOnWords(StoryText text, CopyText copy)
    {
        if (text.Standfirst.Length == 0)
            yield return new("standfirst", "It has no standfirst: cards will show the headline alone, and search engines the first words of the copy.");
        if (text.WriterIds.Length == 0 && text.CreditLine.Length == 0)
            yield return new("writers", "It has no byline.");
        if (text.Headline.Length > 110)
            yield return new("headline", $"The headline has {text.Headline.Length} characters; search engines cut after 110.");
        foreach (var remark in copy.Remarks)
            yield return new("copy", remark);
    }
}
