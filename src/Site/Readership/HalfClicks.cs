namespace LondonDefender.Readership;

/// <summary>
/// Most browsers tell of one click twice: they ask for the page, naming where they come from, and they send the link's ping. A page
/// that was prerendered is not asked for again, and some browsers send no pings. So whichever comes first counts, and the other of
/// the two is recognised by this book if it comes within ten seconds.
/// </summary>
internal sealed class HalfClicks
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A flood of made-up clicks must not grow memory.</summary>
    public const int Most = 20_000, MostOfOneLink = 1_000;

    private readonly Dictionary<(int From, int To), Waiting> waiting = [];
    private int count;

    public enum Half
    {
        Page,
        Ping,
    }

    /// <summary>The first half of a click, whose second is waited for: when it came, and in which block the link stood if that was said.</summary>
    public readonly record struct First(DateTimeOffset At, int? Block);

    /// <summary>The other half that came before, if this one completes a click; otherwise this one is kept to wait for its other.</summary>
    /// <returns>False when the book is full and nothing can be said about this half.</returns>
    public bool TryPut(int from, int to, Half half, int? block, DateTimeOffset now, out First? first)
    {
        first = null;
        if (waiting.TryGetValue((from, to), out var others))
        {
            Forget(others, now);
            if (others.Half != half && others.Firsts.TryDequeue(out var other))
            {
                count--;
                first = other;
                return true;
            }
        }

        if (count >= Most)
            return false;

        if (others is null || others.Half != half)
            waiting[(from, to)] = others = new(half);
        if (others.Firsts.Count >= MostOfOneLink)
            return false;

        others.Firsts.Enqueue(new(now, block));
        count++;
        return true;
    }

    public void Forget(DateTimeOffset now)
    {
        foreach (var (link, firsts) in waiting)
        {
            Forget(firsts, now);
            if (firsts.Firsts.Count == 0)
                waiting.Remove(link);
        }
    }

    private void Forget(Waiting firsts, DateTimeOffset now)
    {
        while (firsts.Firsts.TryPeek(out var first) && now - first.At > Patience)
        {
            firsts.Firsts.Dequeue();
            count--;
        }
    }

    /// <summary>Firsts of one link wait in their order, and are of one kind: the other kind would have completed them.</summary>
    private sealed record Waiting(Half Half)
    {
        public Queue<First> Firsts { get; } = new();
    }
}
