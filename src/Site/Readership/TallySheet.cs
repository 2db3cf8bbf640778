namespace LondonDefender.Readership;

/// <summary>Reads and follows of some time, summed up. A quarter of an hour belongs to one day in every time zone.</summary>
public sealed class TallySheet
{
    /// <summary>More stories and links than one sheet ever sees from readers; a flood of made-up ones must not grow memory.</summary>
    public const int MostStories = 20_000, MostLinks = 5_000;

    public readonly record struct Story(int Id, DateTimeOffset Quarter);

    /// <param name="Block">Null while only the page was asked for, which does not say where the link stood.</param>
    public readonly record struct Link(int FromId, int? Block, int ToId, DateTimeOffset Quarter);

    /// <param name="Clicks">How often the link was followed.</param>
    /// <param name="Unasked">How many of them were told by a ping alone, so that the page's read is known from here only.</param>
    public readonly record struct Follows(int Clicks, int Unasked);

    public Dictionary<Story, int> Reads { get; } = [];

    public Dictionary<Link, Follows> Links { get; } = [];

    public bool IsEmpty => Reads.Count == 0 && Links.Count == 0;

    public static DateTimeOffset QuarterOf(DateTimeOffset moment) =>
        new(moment.UtcTicks - moment.UtcTicks % (15 * TimeSpan.TicksPerMinute), TimeSpan.Zero);

    /// <param name="most">What the story can have on this sheet.</param>
    public void AddReads(Story story, int reads, int most)
    {
        if (Reads.TryGetValue(story, out var before) || Reads.Count < MostStories)
            Reads[story] = (int)Math.Min((long)before + reads, most);
    }

    public void AddFollows(Link link, Follows follows, Follows most)
    {
        if (!Links.TryGetValue(link, out var before) && Links.Count >= MostLinks)
            return;

        var unasked = (int)Math.Min((long)before.Unasked + follows.Unasked, most.Unasked);
        // A follow whose read is not counted any more is not counted either.
        var clicks = (long)before.Clicks + follows.Clicks - (before.Unasked + follows.Unasked - unasked);
        Links[link] = new((int)Math.Clamp(clicks, 0, most.Clicks), unasked);
    }

    /// <summary>Takes back what a ping alone had told, now that the page was asked for as well.</summary>
    public bool TryMakeAsked(Link link)
    {
        if (!Links.TryGetValue(link, out var follows) || follows.Unasked == 0)
            return false;

        Links[link] = follows with { Unasked = follows.Unasked - 1 };
        return true;
    }

    /// <summary>Files one click under the block that its ping has named.</summary>
    public void Place(Link link, int block)
    {
        var unplaced = link with { Block = null };
        if (!Links.TryGetValue(unplaced, out var follows) || follows.Clicks == 0)
            return;

        if (follows.Clicks == 1)
            Links.Remove(unplaced);
        else
            Links[unplaced] = follows with { Clicks = follows.Clicks - 1 };
        AddFollows(link with { Block = block }, new(1, 0), new(int.MaxValue, int.MaxValue));
    }

    public void Add(TallySheet other)
    {
        foreach (var (story, reads) in other.Reads)
            AddReads(story, reads, int.MaxValue);
        foreach (var (link, follows) in other.Links)
            AddFollows(link, follows, new(int.MaxValue, int.MaxValue));
    }
}
