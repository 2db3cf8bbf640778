using LondonDefender.Readership;
using LondonDefender.Staff;
using LondonDefender.Stories;
using LondonDefender.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.BrowserTests.Everybody;

/// <summary>The demo edition with a chief editor at work: a story in every state, and links in every condition.</summary>
public sealed class BusyNewsroom : FirstStart
{
    private readonly Dictionary<StoryState, int> stories = [];
    private string? belongings;

    /// <summary>A draft whose links are tied, pending, pinned, waiting and broken.</summary>
    public int Draft => stories[StoryState.Draft];

    public int StoryThatIs(StoryState state) => stories[state];

    protected override async Task FillAsync()
    {
        await base.FillAsync();
        var live = stories[StoryState.Live] = await PublishAsync(Edition.FerryCloses);
        var withdrawn = stories[StoryState.Withdrawn] = await PublishAsync(Edition.Told("Ferry to be sold twice", "It was not so."));
        var due = stories[StoryState.Due] = await Desk.BeginAsync(null, Edition.MarketOpens);
        await Desk.PublishAsync(due, 1, Clock.GetUtcNow().AddDays(1));
        stories[StoryState.Draft] = await Desk.BeginAsync(null, Edition.BridgeOpens with
        {
            Kicker = "Ansty",
            Dateline = "Wend",
            RelatedIds = [live],
            Copy = $"""
                After nine years the [ferry](story:{live}) crosses for the last time.

                READ MORE: Last fery leaves Ansty quays

                > Nobody waved.

                RELATED:
                - story:{live}
                - [The ferry was sold](story:{live})
                - story:{due}
                - story:{withdrawn}
                - story:99999
                - [Timetables](https://www.example.org/ferries)
                """,
        });
        await Desk.WithdrawAsync(withdrawn);
        await RepublishAsync(live, text => text with { Headline = "Last ferry has left Ansty quay", Copy = text.Copy + $"\n\nREAD MORE: story:{due}" });
        await RewriteAsync(live, text => text with { Standfirst = "A change that readers do not see yet." });
        await CountAsync(live, stories[StoryState.Draft]);
    }

    private async Task CountAsync(int read, int also)
    {
        await using var db = await OpenDbAsync();
        var day = DateOnly.FromDateTime(Clock.GetUtcNow().Date);
        db.Add(new StoryReads { StoryId = read, Day = day, Reads = 1_830 });
        db.Add(new StoryReads { StoryId = also, Day = day, Reads = 120 });
        db.Add(new StoryFollows { FromId = also, Block = 1, ToId = read, Day = day, Follows = 14 });
        await db.SaveChangesAsync();
    }

    /// <summary>The chief editor, who signs in once and from then on brings the sign-in along.</summary>
    public async Task<Visitor> ComeInAsync(ABrowser browser)
    {
        if (belongings is null)
        {
            await using var first = await Visitor.SignInAsync(browser, this, Role.ChiefEditor);
            belongings = await first.BelongingsAsync();
        }

        return await Visitor.ComeAsync(browser, this, window => window.StorageState = belongings);
    }

    public async Task<string> InviteAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StaffDesk>().InviteAsync("Wenda Sluys", Role.Writer);
    }
}
