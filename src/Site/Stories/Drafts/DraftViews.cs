using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.ReadMore;
using LondonDefender.Sections;
using LondonDefender.Stories.Corrections;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Drafts;

public static class DraftViews
{
    /// <summary>A text that readers do not have, as their page would show it, without the lists of other stories around it.</summary>
    /// <param name="picturesFrom">Where its pictures are fetched: readers' addresses hold only what readers may see.</param>
    public static async Task<StoryView> OfAsync(
        NewsroomDb db, Story story, StoryText text, CopyText copy, ReadMoreCards cards, DateTimeOffset now, string picturesFrom, CancellationToken ct)
    {
        var section = await db.Sections.AsNoTracking().SingleOrDefaultAsync(s => s.Id == text.SectionId, ct) ?? new Section { Name = "No section yet", Slug = "" };
        var topics = await db.Topics.AsNoTracking().Where(t => text.TopicIds.Contains(t.Id)).ToListAsync(ct);
        var writers = await db.Writers.AsNoTracking().Where(w => text.WriterIds.Contains(w.Id)).ToListAsync(ct);
        var pictures = await StoryPictures.OfAsync(db, text, copy, now, ct, picturesFrom);
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
        };
    }
}
