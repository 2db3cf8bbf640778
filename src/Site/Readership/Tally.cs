namespace LondonDefender.Readership;

/// <summary>What readers have asked for since it was last written down: sums in memory, and nothing about anybody.</summary>
public sealed class Tally(TimeProvider clock)
{
    /// <summary>What one story, and one link, can gain between two writings: a hundred a second from page requests, ten from pings alone.</summary>
    public const int MostReads = 500, MostByPing = 50;

    private static readonly TallySheet.Follows MostFollows = new(MostReads, MostByPing);

    private readonly Lock turn = new();
    private readonly HalfClicks halves = new();
    private TallySheet sheet = new();

    /// <summary>A reader's browser has asked for a story's page.</summary>
    /// <param name="from">The story whose page led there, <see cref="FollowAddress.NoStory"/> for the front page, null from anywhere else.</param>
    /// <param name="sendsPings">Whether the browser is of a kind that tells of followed links.</param>
    public void PageAsked(int to, int? from, bool sendsPings)
    {
        var now = clock.GetUtcNow();
        lock (turn)
        {
            HalfClicks.First? ping = null;
            var isRemembered = from is null || !sendsPings || halves.TryPut(from.Value, to, HalfClicks.Half.Page, null, now, out ping);
            if (ping is null)
            {
                Read(to, now);
                if (isRemembered && from is { } story and not FollowAddress.NoStory)
                    sheet.AddFollows(Link(story, null, to, now), new(1, 0), MostFollows);
            }
            else if (sheet.TryMakeAsked(Link(from!.Value, ping.Value.Block, to, ping.Value.At)))
            {
                Read(to, now);
            }
        }
    }

    /// <summary>A reader's browser says that a link was followed.</summary>
    public void LinkFollowed(int from, int block, int to)
    {
        var now = clock.GetUtcNow();
        lock (turn)
        {
            if (!halves.TryPut(from, to, HalfClicks.Half.Ping, block, now, out var page))
                return;

            if (page is null)
                sheet.AddFollows(Link(from, block, to, now), new(1, 1), MostFollows);
            else
                sheet.Place(Link(from, null, to, page.Value.At), block);
        }
    }

    /// <summary>How many reads stand on the sheet.</summary>
    public int Waiting
    {
        get
        {
            lock (turn)
                return sheet.Reads.Values.Sum();
        }
    }

    /// <summary>Everything since the last time, on a sheet that is the caller's now.</summary>
    public TallySheet Take()
    {
        lock (turn)
        {
            halves.Forget(clock.GetUtcNow());
            (var taken, sheet) = (sheet, new());
            return taken;
        }
    }

    private void Read(int story, DateTimeOffset at) => sheet.AddReads(new(story, TallySheet.QuarterOf(at)), 1, MostReads);

    private static TallySheet.Link Link(int from, int? block, int to, DateTimeOffset at) => new(from, block, to, TallySheet.QuarterOf(at));
}
