using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.Readership;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories.Corrections;
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
            LinkedFrom = await Backlinks.ToAsync(db, story.Id, now, ct),
        };
    }

    private static async Task<StoryView> PreviewAsync(
        NewsroomDb db, Story story, StoryText text, CopyText copy, ReadMoreCards cards, PaperClock clock, DateTimeOffset now, CancellationToken ct)
    {
        var section = await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Id == text.SectionId, ct) ?? new Section { Name = "No section yet", Slug = "" };
        var topics = await db.Topics.AsNoTracking().Where(t => text.TopicIds.Contains(t.Id)).ToListAsync(ct);
        var writers = await db.Writers.AsNoTracking().Where(w => text.WriterIds.Contains(w.Id)).ToListAsync(ct);
        List<int> offered = [.. cards.StoriesOfferedIn(copy)];
        var laterOn = await LaterStories.ThanAsync(db, story.Id, story.PublishAt ?? now, offered, now, ct);
        var pictures = await StoryPictures.OfAsync(db, text, copy, now, ct, ShownPicture.ForTheDesk);
        return new()
        {
            Id = story.Id,
            Text = text,
            Section = section,
            Address = StoryAddress.Of(section.Slug, story.Id, text.AddressSlug),
            PublishAt = story.PublishAt ?? now,
            UpdatedAt = story.UpdatedAt,
            Picture = pictures.Main,
            Pictures = pictures.Inside,
            Topics = [.. topics.OrderBy(t => Array.IndexOf(text.TopicIds, t.Id))],
            Writers = [.. writers.OrderBy(w => Array.IndexOf(text.WriterIds, w.Id))],
            Copy = copy,
            Cards = cards,
            Corrections = await PublishedCorrections.OfStoryAsync(db, story.Id, ct),
            LaterOn = laterOn,
            Related = await ClosestStories.ForAsync(db, story.Id, text, [.. offered, .. laterOn.Select(later => later.Id)], clock, now, ct),
        };
    }

    private static IEnumerable<Missing> AdviceOn(StoryText text, CopyText copy, IReadOnlyList<LinkReport> links)
    {
        if (text.Standfirst.Length == 0)
            yield return new("standfirst", "It has no standfirst: cards will show the headline alone, and search engines the first words of the copy.");
        if (text.WriterIds.Length == 0 && text.CreditLine.Length == 0)
            yield return new("writers", "It has no byline.");
        if (text.Headline.Length > 110)
            yield return new("headline", $"The headline has {text.Headline.Length} characters; search engines cut after 110.");
        if (links.Count(link => link.IsPending) is > 0 and var pending)
            yield return new("copy", pending == 1 ? "One READ MORE line waits for its story; readers do not see it until then." : $"{pending} READ MORE lines wait for their stories; readers do not see them until then.");
        if (links.Any(link => link.Problem is not null))
            yield return new("copy", "A READ MORE line leads nowhere as it is written.");
        foreach (var remark in copy.Remarks)
            yield return new("copy", remark);
    }
}
