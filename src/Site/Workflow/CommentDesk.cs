using System.Security.Claims;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Staff;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Workflow;

/// <summary>Comments on a story: made, answered, resolved.</summary>
public sealed class CommentDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<CommentDesk> log)
{
    public Task<WorkOutcome> AddAsync(int storyId, NewComment made, ClaimsPrincipal who, CancellationToken ct = default) =>
        InStoryAsync(storyId, who, ct, async (db, story) =>
        {
            var words = PlainWords.Clean(made.Words).ReplaceLineEndings("\n").Trim();
            var quote = PlainWords.Clean(made.Quote).Trim();
            if (words.Length == 0)
                return new WorkOutcome.Refused("The comment has no words yet.");
            if (words.Length > PassageComment.LongestWords)
                return new WorkOutcome.Refused($"The comment has {words.Length} characters; {PassageComment.LongestWords} is the most it can have.");
            if (quote.Length > PassageComment.LongestQuote)
                return new WorkOutcome.Refused($"A comment can be about {PassageComment.LongestQuote} characters of the text at most. Select fewer words, or comment on the whole story.");
            if (made.Answers is { } answered && !await db.PassageComments.AnyAsync(c => c.Id == answered && c.StoryId == storyId && c.AnswersId == null, ct))
                return new WorkOutcome.Refused("The comment you answer is not there any more.");

            var comment = new PassageComment { StoryId = storyId, ById = who.Id(), At = clock.GetUtcNow(), Words = words, AnswersId = made.Answers, Quote = made.Answers is null ? quote : "" };
            if (comment.IsAboutWords)
                comment.Follow(new Passage(PlainWords.Clean(made.Quote), PlainWords.Clean(made.Before), PlainWords.Clean(made.After)).WithWholeWords());
            db.Add(comment);
            var untold = await TellAsync(db, story, comment, ct);
            log.LogInformation("Person {PersonId} commented on story {StoryId}", who.Id(), storyId);
            return new WorkOutcome.Done(untold);
        });

    public Task<WorkOutcome> ResolveAsync(int storyId, int commentId, bool isResolved, ClaimsPrincipal who, CancellationToken ct = default) =>
        InStoryAsync(storyId, who, ct, async (db, _) =>
        {
            if (await db.PassageComments.SingleOrDefaultAsync(c => c.Id == commentId && c.StoryId == storyId && c.AnswersId == null, ct) is not { } comment)
                return new WorkOutcome.NotFound();
            if (isResolved == comment.ResolvedAt is not null)
                return new WorkOutcome.Done();

            comment.Resolve(isResolved, who.Id(), clock.GetUtcNow());
            return new WorkOutcome.Done();
        });

    /// <summary>The text has changed: where the words of open comments can still be found, that is where they are from now on.</summary>
    public static async Task FollowAsync(NewsroomDb db, Story story, CancellationToken ct)
    {
        var comments = await db.PassageComments.Where(c => c.StoryId == story.Id && c.AnswersId == null && c.ResolvedAt == null && c.Quote != "").ToListAsync(ct);
        if (comments.Count == 0)
            return;

        var finder = new PassageFinder(story.Draft.Copy);
        foreach (var comment in comments)
        {
            if (finder.Find(comment.Passage) is { } place)
                comment.Follow(Passage.At(story.Draft.Copy, place));
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Tells whose story it is, who has it, who talks here already, and who is named. The names of those who could not read it are told.</summary>
    private static async Task<string?> TellAsync(NewsroomDb db, Story story, PassageComment comment, CancellationToken ct)
    {
        var staff = await db.Users.AsNoTracking().Where(p => p.IsActive).ToListAsync(ct);
        var named = Mentions.In(comment.Words, staff).ToList();
        var assignee = await db.StoryProgress.Where(p => p.StoryId == story.Id).Select(p => p.AssigneeId).SingleOrDefaultAsync(ct);
        var others = comment.AnswersId is { } first
            ? await db.PassageComments.Where(c => c.Id == first || c.AnswersId == first).Select(c => c.ById).ToListAsync(ct)
            : [];

        var mayRead = staff.Where(person => MayRead(person, story)).Select(person => (int?)person.Id).ToHashSet();
        List<int?> concerned = [story.OwnerId, assignee, .. others, .. named.Select(person => (int?)person.Id)];
        Notices.Tell(db, concerned.Where(mayRead.Contains), story.Id, NoticeKind.Commented, comment.ById!.Value, comment.At);

        var untold = named.Where(person => !mayRead.Contains(person.Id)).Select(person => person.Name).ToList();
        return untold.Count == 0 ? null : $"{string.Join(" and ", untold)} cannot open this story, and {(untold.Count == 1 ? "was" : "were")} not told.";
    }

    /// <summary>As <see cref="Rights.MayWriteIn"/> has it, for somebody who is not asking.</summary>
    private static bool MayRead(Person person, Story story) => person.Role != Role.Writer || (story.OwnerId == person.Id && story.PublishedNumber is null);

    private async Task<WorkOutcome> InStoryAsync(int id, ClaimsPrincipal who, CancellationToken ct, Func<NewsroomDb, Story, Task<WorkOutcome>> apply)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await db.Stories.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is not { } story)
            return new WorkOutcome.NotFound();
        if (!who.MayWriteIn(story))
            return new WorkOutcome.NotYours("You may comment on your own drafts only; editors comment on all stories.");

        var outcome = await apply(db, story);
        if (outcome is WorkOutcome.Done)
            await db.SaveChangesAsync(ct);
        return outcome;
    }
}

/// <param name="Quote">The words it is about; empty for the whole story.</param>
/// <param name="Before">What stands before them in the copy, as much of it as may help to find them again.</param>
/// <param name="Answers">The comment it answers.</param>
public sealed record NewComment(string? Words, string? Quote, string? Before, string? After, int? Answers);
