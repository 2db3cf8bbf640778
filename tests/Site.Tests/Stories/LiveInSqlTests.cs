using LondonDefender.Data;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Stories;

/// <summary>What readers may see is said once in LINQ and once in SQL; so is what a card shows.</summary>
public sealed class LiveInSqlTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task Both_find_the_same_stories_whatever_has_become_of_them()
    {
        var now = newsroom.Clock.GetUtcNow();
        var live = await newsroom.PublishAsync(Edition.Told("Otters return", "Two."), now.AddHours(-1));
        var atThisMoment = await newsroom.PublishAsync(Edition.Told("Otters counted", "Three."), now);
        var due = await newsroom.PublishAsync(Edition.Told("Otters named", "Four."), now.AddSeconds(1));
        var draft = await newsroom.Desk.BeginAsync(null, Edition.Told("Otters leave", "None."));
        var withdrawn = await newsroom.PublishAsync(Edition.Told("Otters sold", "Not so."), now.AddHours(-2));
        await newsroom.Desk.WithdrawAsync(withdrawn);
        int[] all = [live, atThisMoment, due, draft, withdrawn];

        await using var db = await newsroom.OpenDbAsync();
        var inLinq = await db.Stories.Live(now).Where(s => all.Contains(s.Id)).Briefs(db, now).ToListAsync();
        await using var answers = await db.AskAsync(CancellationToken.None, BriefRows.Of(all, now));
        var inSql = await answers.AllAsync(BriefRows.Read);

        Assert.Equal([live, atThisMoment], inSql.Select(story => story.Id).Order());
        Assert.Equal(inLinq.OrderBy(story => story.Id), inSql.OrderBy(story => story.Id));
    }
}
