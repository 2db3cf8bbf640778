using System.Security.Claims;
using LondonDefender.Data;
using LondonDefender.Staff;
using LondonDefender.Stories.Publishing;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Listing;

/// <summary>What one order means for one story, or what became of it.</summary>
/// <param name="IsRefused">Nothing of the story is, or was, changed, and the words say why.</param>
/// <param name="IsIdle">There is nothing to do.</param>
public sealed record BulkLine(int StoryId, string Headline, StoryState? State, string Words, bool IsRefused = false, bool IsIdle = false);

/// <summary>One order for many stories: said beforehand, then done story by story, each with its own rights and its own answer.</summary>
public sealed class BulkDesk(IDbContextFactory<NewsroomDb> newsroom, StoryDesk desk, Witness witness, SavedSearchDesk searches, TimeProvider clock)
{
    /// <summary>What would happen. Nothing is changed by it.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanAsync(BulkOrder order, ClaimsPrincipal who, CancellationToken ct)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var stories = await db.Stories.AsNoTracking().Where(s => order.StoryIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var set = order.SetId is { } id ? await db.SavedSearches.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) : null;
        return [.. order.StoryIds.Select(story => stories.TryGetValue(story, out var found) ? Plan(order, found, set, who) : Gone(story))];
    }

    public async Task<IReadOnlyList<BulkLine>> CarryOutAsync(BulkOrder order, ClaimsPrincipal who, CancellationToken ct)
    {
        var plan = await PlanAsync(order, who, ct);
        if (order.IsAboutSet)
            return await CarryOutOnSetAsync(order, plan, who.Id(), ct);

        List<BulkLine> done = [];
        foreach (var line in plan)
            done.Add(line.IsRefused || line.IsIdle ? line : await CarryOutAsync(order, line, who, ct));
        return done;
    }

    private async Task<BulkLine> CarryOutAsync(BulkOrder order, BulkLine line, ClaimsPrincipal who, CancellationToken ct) =>
        await ActAsync(order, line.StoryId, who.Id(), ct) switch
        {
            StoryOutcome.Done => line with { Words = Done(order, line) },
            StoryOutcome.Refused refused => line with { IsRefused = true, Words = string.Join(" ", refused.Why.Select(why => why.Sentence)) },
            StoryOutcome.Stale => line with { IsRefused = true, Words = "A colleague was just saving it. Try it once more." },
            StoryOutcome.NotFound => Gone(line.StoryId),
            _ => throw new InvalidOperationException("An outcome nobody knows."),
        };

    private Task<StoryOutcome> ActAsync(BulkOrder order, int id, int person, CancellationToken ct) => order.Act switch
    {
        BulkAct.Withdraw => witness.SeeAsync(Deed.Withdrawn, person, order.Reason, desk.WithdrawAsync(id, ct: ct), ct),
        BulkAct.TakeScheduleBack => desk.TakeScheduleBackAsync(id, ct),
        BulkAct.GiveTo => desk.GiveToAsync(id, order.OwnerId, ct),
        _ when order.IsFiling => desk.RefileAsync(id, order.Refile, order.Reason, person, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private async Task<IReadOnlyList<BulkLine>> CarryOutOnSetAsync(BulkOrder order, IReadOnlyList<BulkLine> plan, int person, CancellationToken ct)
    {
        int[] ids = [.. plan.Where(line => !line.IsRefused && !line.IsIdle).Select(line => line.StoryId)];
        var problem = order.Act == BulkAct.PutIntoSet
            ? await searches.PutIntoSetAsync(person, order.SetId, order.SetName, ids, ct)
            : await searches.TakeOutOfSetAsync(person, order.SetId!.Value, ids, ct);
        return [.. plan.Select(line => line.IsRefused || line.IsIdle ? line
            : problem is null ? line with { Words = Done(order, line) } : line with { IsRefused = true, Words = problem })];
    }

    private BulkLine Plan(BulkOrder order, Story story, SavedSearch? set, ClaimsPrincipal who)
    {
        var state = story.StateAt(clock.GetUtcNow());
        var line = new BulkLine(story.Id, story.Draft.Headline, state, "");
        if (WhyNot(order, story, state, set, who) is { } why)
            return line with { IsRefused = true, Words = why };

        return Idle(order, story, set) is { } idle ? line with { IsIdle = true, Words = idle } : line with { Words = Will(order, story, state) };
    }

    private static string? WhyNot(BulkOrder order, Story story, StoryState state, SavedSearch? set, ClaimsPrincipal who) => order switch
    {
        { Act: BulkAct.PutIntoSet } when set is { StoryIds.Length: >= SavedSearch.MostInSet } => $"The set is full: {SavedSearch.MostInSet} stories are the most.",
        { IsAboutSet: true } => null,
        { IsFiling: true } when !who.MayWriteIn(story) => "It is not yours to change; an editor can.",
        { Section: { } section } when story.PublishedNumber is not null && !who.IsEditorOf(section.Id) => "You are not editor of the section it would go to.",
        { IsFiling: true } => null,
        _ when !who.IsEditorOf(story) => "That is for an editor of its section.",
        { Act: BulkAct.Withdraw } when state != StoryState.Live => "Readers do not have it, so there is nothing to withdraw.",
        { Act: BulkAct.TakeScheduleBack } when state != StoryState.Due => "It is not waiting to be published.",
        _ => null,
    };

    private static string? Idle(BulkOrder order, Story story, SavedSearch? set) => order.Act switch
    {
        // A published text may be filed otherwise than the working text, so only where they are one is it certain.
        _ when order.IsFiling && !story.HasUnpublishedChanges && order.Refile(story.Draft).SaysTheSameAs(story.Draft) => "It is so already.",
        BulkAct.GiveTo when story.OwnerId == order.OwnerId => "It is so already.",
        BulkAct.PutIntoSet when set?.StoryIds!.Contains(story.Id) == true => "It is in the set already.",
        BulkAct.TakeOutOfSet when set?.StoryIds!.Contains(story.Id) == false => "It is not in the set.",
        _ => null,
    };

    private static string Will(BulkOrder order, Story story, StoryState state) => order.Act switch
    {
        _ when order.IsFiling => WillBeFiled(order, story, state),
        BulkAct.GiveTo => "Changes hands; its text stays as it is.",
        BulkAct.Withdraw => "Readers who come to it are told it was withdrawn, and it vanishes from every list, feed and READ MORE.",
        BulkAct.TakeScheduleBack => "Becomes a draft again, and does not come out by itself.",
        BulkAct.PutIntoSet => "Goes into the set.",
        BulkAct.TakeOutOfSet => "Goes out of the set; nothing else happens to it.",
        _ => throw new ArgumentOutOfRangeException(nameof(order)),
    };

    private static string WillBeFiled(BulkOrder order, Story story, StoryState state) => state switch
    {
        StoryState.Draft => "Saved as a new revision; it stays a draft.",
        StoryState.Withdrawn => "Saved in the working text; readers do not have the story.",
        StoryState.Due => "Saved, and comes out so at its time." + Unpublished(story),
        StoryState.Live => "Published at once as a minor change." + (order.Act == BulkAct.ChangeSection ? $" Its address begins with /{order.Section!.Slug} then; the old one leads on." : "") + Unpublished(story),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static string Unpublished(Story story) => story.HasUnpublishedChanges ? " What a colleague has changed and not published stays unpublished." : "";

    private static string Done(BulkOrder order, BulkLine line) => order.Act switch
    {
        _ when order.IsFiling && line.State == StoryState.Live => "Done, and published.",
        BulkAct.Withdraw => "Withdrawn.",
        _ => "Done.",
    };

    private static BulkLine Gone(int id) => new(id, $"Story {id}", null, "This story does not exist any more.", IsRefused: true);
}
