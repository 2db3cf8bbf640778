using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories;

/// <summary>What the editing page is told about a merge, so that it can bring its fields up to it without moving the cursor.</summary>
public static class MergeAnswers
{
    public static async Task<object> MergedAsync(NewsroomDb db, Story story, StoryMerge merge, CancellationToken ct) => new
    {
        revision = story.RevisionNumber,
        savedAt = story.SavedAt,
        merged = new
        {
            text = merge.Text,
            edits = new Dictionary<string, IReadOnlyList<Splice>> { ["copy"] = merge.Copy.Edits, ["backstory"] = merge.Backstory.Edits },
            names = await NamesAsync(db, merge.Text, ct),
            by = await NameAsync(db, story.SavedById, ct),
        },
    };

    public static async Task<object> InDisputeAsync(NewsroomDb db, Story story, StoryMerge merge, CancellationToken ct) => new
    {
        problem = "Somebody saved this story while you were writing. Nothing of either text is lost.",
        revision = story.RevisionNumber,
        theirs = merge.Theirs,
        savedAt = story.SavedAt,
        by = await NameAsync(db, story.SavedById, ct),
        was = merge.Was,
        disputes = merge.Disputes.Select(dispute => new
        {
            dispute.Field,
            dispute.Theirs,
            dispute.Mine,
            dispute.Values,
            dispute.Paragraph?.Settled,
            dispute.Paragraph?.TakeTheirs,
            dispute.Paragraph?.KeepBoth,
        }),
    };

    /// <summary>The page may be older than a topic that a colleague has ticked, and knows no headlines by their ids.</summary>
    private static async Task<object> NamesAsync(NewsroomDb db, StoryText text, CancellationToken ct) => new
    {
        sectionId = await db.Sections.Where(s => s.Id == text.SectionId).ToDictionaryAsync(s => s.Id, s => s.Name, ct),
        topicIds = await db.Topics.Where(t => text.TopicIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct),
        writerIds = await db.Writers.Where(w => text.WriterIds.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, ct),
        relatedIds = await db.Stories.Where(s => text.RelatedIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Draft.Headline, ct),
    };

    private static async Task<string?> NameAsync(NewsroomDb db, int? person, CancellationToken ct) =>
        await db.Users.Where(p => p.Id == person).Select(p => p.Name).SingleOrDefaultAsync(ct);
}
