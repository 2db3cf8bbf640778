using LondonDefender.Copy;
using LondonDefender.Data;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>The comments on a story, each where its words stand in a text of it.</summary>
/// <param name="Open">In the order of the text; behind them what is about the whole story, then what is about words no longer there.</param>
public sealed record StoryComments(IReadOnlyList<StoryComments.Thread> Open, IReadOnlyList<StoryComments.Thread> Resolved)
{
    /// <param name="Place">Where its words stand; null when they are not there (any more).</param>
    /// <param name="NowSays">The words that stand there, where they are not those that were quoted.</param>
    public sealed record Thread(Said First, IReadOnlyList<Said> Answers, Range? Place, string? NowSays);

    public sealed record Said(PassageComment Comment, string By);

    public static async Task<StoryComments> ReadAsync(NewsroomDb db, int story, string copy, CancellationToken ct)
    {
        var all = await (
            from comment in db.PassageComments.AsNoTracking()
            where comment.StoryId == story
            orderby comment.Id
            select new Said(comment, db.Users.Where(p => p.Id == comment.ById).Select(p => p.Name).FirstOrDefault() ?? "Somebody")).ToListAsync(ct);
        if (all.Count == 0)
            return new([], []);

        var answers = all.Where(said => said.Comment.AnswersId is not null).ToLookup(said => said.Comment.AnswersId!.Value);
        var finder = new PassageFinder(copy);
        var threads = all.Where(said => said.Comment.AnswersId is null).Select(first => ThreadOf(first, [.. answers[first.Comment.Id]], copy, finder)).ToList();
        return new(
            [.. threads.Where(thread => thread.First.Comment.ResolvedAt is null).OrderBy(thread => thread.Place?.Start.Value ?? (thread.First.Comment.IsAboutWords ? int.MaxValue : int.MaxValue - 1))],
            [.. threads.Where(thread => thread.First.Comment.ResolvedAt is not null).OrderByDescending(thread => thread.First.Comment.ResolvedAt)]);
    }

    private static Thread ThreadOf(Said first, IReadOnlyList<Said> answers, string copy, PassageFinder finder)
    {
        var place = first.Comment.IsAboutWords ? finder.Find(first.Comment.Passage) : null;
        var says = place is { } found ? copy[found] : null;
        // Half a word that was selected is found as the whole word.
        var isAsItWas = says is null || says.Contains(first.Comment.Quote, StringComparison.Ordinal) || first.Comment.Quote.Contains(says, StringComparison.Ordinal);
        return new(first, answers, place, isAsItWas ? null : says);
    }
}
