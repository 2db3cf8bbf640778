using LondonDefender.Data;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Drafts;

/// <summary>Makes links to drafts, takes them back, and opens them for whoever has one.</summary>
public sealed class DraftLinkDesk(IDbContextFactory<NewsroomDb> newsroom, TimeProvider clock, ILogger<DraftLinkDesk> log)
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>A new link's token, which is not to be had again.</summary>
    public async Task<string> MakeAsync(int storyId, string forWhom, TimeSpan lasts, int madeBy, CancellationToken ct = default)
    {
        var (link, token) = DraftLink.For(storyId, forWhom, lasts, madeBy, clock.GetUtcNow());
        await using var db = await newsroom.CreateDbContextAsync(ct);
        db.Add(link);
        await db.SaveChangesAsync(ct);
        log.LogInformation("Person {PersonId} made link {LinkId} to the draft of story {StoryId}, until {ExpiresAt}", madeBy, link.Id, storyId, link.ExpiresAt);
        return token;
    }

    /// <summary>False when the story has no such link.</summary>
    public async Task<bool> RevokeAsync(int storyId, int linkId, CancellationToken ct = default)
    {
        await using var db = await newsroom.CreateDbContextAsync(ct);
        if (await db.DraftLinks.SingleOrDefaultAsync(l => l.Id == linkId && l.StoryId == storyId, ct) is not { } link)
            return false;

        link.Revoke(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        log.LogInformation("Link {LinkId} to the draft of story {StoryId} was revoked", linkId, storyId);
        return true;
    }

    /// <summary>Newest first, those that are dead among them.</summary>
    public static async Task<IReadOnlyList<ListedLink>> OfStoryAsync(NewsroomDb db, int storyId, CancellationToken ct) => await (
        from link in db.DraftLinks.AsNoTracking()
        where link.StoryId == storyId
        join person in db.Users on link.MadeById equals person.Id
        orderby link.MadeAt descending, link.Id descending
        select new ListedLink(link, person.Name, person.IsActive)).Take(50).ToListAsync(ct);

    /// <summary>
    /// What a token opens now, if anything. It opens nothing once the story is withdrawn, nor once whoever made it has left: he may have
    /// made it for himself. Asked of the primary, so that what was revoked a moment ago is dead.
    /// </summary>
    public async Task<OpenDraft?> OpenAsync(string token, bool isNoted, CancellationToken ct = default)
    {
        var (now, hash) = (clock.GetUtcNow(), Invitation.Hash(token));
        await using var db = await newsroom.CreateDbContextAsync(ct);
        var found = await (
            from link in db.DraftLinks.AsNoTracking()
            join story in db.Stories.AsNoTracking() on link.StoryId equals story.Id
            where link.TokenHash == hash && link.RevokedAt == null && link.ExpiresAt > now && story.WithdrawnAt == null
                && db.Users.Any(person => person.Id == link.MadeById && person.IsActive)
            select new OpenDraft(link, story)).SingleOrDefaultAsync(ct);

        var noted = now - NotedEvery;
        if (isNoted && found is not null && (found.Link.LastOpenedAt ?? DateTimeOffset.MinValue) < noted)
            await db.DraftLinks.Where(l => l.Id == found.Link.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.LastOpenedAt, now), ct);
        return found;
    }
}

public sealed record OpenDraft(DraftLink Link, Story Story);

/// <param name="IsMakerHere">Whether whoever made it is still on the staff.</param>
public sealed record ListedLink(DraftLink Link, string MadeBy, bool IsMakerHere);
