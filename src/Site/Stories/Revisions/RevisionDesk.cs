using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Revisions;

/// <summary>Puts back what an earlier revision said. It is saved as any other change, merged with whatever was typed meanwhile; no revision is ever changed.</summary>
public sealed class RevisionDesk(IDbContextFactory<NewsroomDb> newsroom, StoryDesk stories)
{
    private const string Gone = "That revision cannot be found. Choose again from the list.";
    private const string ChangedSince = "That place has been changed again since, so nothing was overwritten. Look at what stands there now, and choose again.";

    public async Task<RestoreAnswer> RestoreAsync(int storyId, RestoreOrder order, int byPerson, CancellationToken ct = default)
    {
        var revisions = await FindAsync(storyId, order, ct);
        if (!revisions.TryGetValue(order.From, out var from) || !revisions.TryGetValue(order.Against, out var against) || !revisions.TryGetValue(order.Seen, out var seen))
            return new(Gone);
        if (WithPart(order.Part, from.Text, against.Text, seen.Text) is not var (text, part))
            return new(ChangedSince);

        var save = new StorySave(order.Seen, text, TakesMerge: true) { Restored = new(order.From, part) };
        return await stories.SaveAsync(storyId, save, byPerson, ct) switch
        {
            StoryOutcome.Done done when IsNew(done.Story, order) => new(null, done.Story.RevisionNumber, done.Merge is not null),
            StoryOutcome.Done => new(null),
            StoryOutcome.Stale => new(ChangedSince),
            StoryOutcome.Refused refused => new(string.Join(" ", refused.Why.Select(missing => missing.Sentence))),
            _ => new("This story does not exist any more."),
        };
    }

    private async Task<Dictionary<int, Revision>> FindAsync(int storyId, RestoreOrder order, CancellationToken ct)
    {
        int[] numbers = [order.From, order.Against, order.Seen];
        await using var db = await newsroom.CreateDbContextAsync(ct);
        return await db.Revisions.AsNoTracking().Where(r => r.StoryId == storyId && numbers.Contains(r.Number)).ToDictionaryAsync(r => r.Number, ct);
    }

    private static bool IsNew(Story story, RestoreOrder order) =>
        story.RevisionNumber > order.Seen && story.Revisions.Exists(revision => revision.Number == story.RevisionNumber && revision.RestoredFrom == order.From);

    /// <summary>The newest text with what is to be put back; null where that cannot be said any more.</summary>
    private static (StoryText Text, string Part)? WithPart(string asked, StoryText from, StoryText against, StoryText newest)
    {
        if (asked == RestoreOrder.Whole)
            return (from, "");
        if (RestoreOrder.ParagraphIn(asked) is { } number)
            return WithParagraph(number, from.Copy, against.Copy, newest.Copy) is { } copy ? (newest with { Copy = copy }, "a paragraph") : null;

        return RevisionPart.All.FirstOrDefault(part => part.Key == asked) is { } one ? (one.PutBack(newest, from), one.Name) : null;
    }

    /// <summary>What became of one paragraph between two revisions is undone in the newest, wherever it stands there.</summary>
    private static string? WithParagraph(int number, string from, string against, string newest)
    {
        var changes = ParagraphMerge.Changes(from, against);
        if (number >= changes.Count)
            return null;

        var merged = ParagraphMerge.Merge(against, newest, changes[number].Undo.AppliedTo(against));
        return merged.Disputes.Count == 0 ? merged.Text : null;
    }
}

/// <param name="From">The revision that said what is wanted.</param>
/// <param name="Against">The one it was compared with: a paragraph is found by what became of it there.</param>
/// <param name="Seen">The newest that the editor knew of.</param>
/// <param name="Part">A part's key, a paragraph's number, or all.</param>
public sealed record RestoreOrder(int From, int Against, int Seen, string Part)
{
    public const string Whole = "whole";
    private const string ParagraphPrefix = "paragraph-";

    public static string Paragraph(int number) => string.Create(CultureInfo.InvariantCulture, $"{ParagraphPrefix}{number}");

    public static int? ParagraphIn(string part) =>
        part.StartsWith(ParagraphPrefix, StringComparison.Ordinal) && int.TryParse(part.AsSpan(ParagraphPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <param name="Problem">Why nothing was put back; null when it was, or stood there already.</param>
/// <param name="Made">The new revision; null where the newest says the same already.</param>
/// <param name="IsMerged">Somebody had saved meanwhile; both are in it.</param>
public sealed record RestoreAnswer(string? Problem, int? Made = null, bool IsMerged = false);
