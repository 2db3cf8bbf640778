namespace LondonDefender.Paper.PaperCache;

/// <summary>What a page read while it was made: when any of it changes, the page is printed anew. A page that noted nothing is not kept.</summary>
public sealed class PageNotes
{
    private readonly HashSet<string> keys = [];

    public IReadOnlyCollection<string> Keys => keys;

    /// <summary>When the page is out of date by itself.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether its endpoint has told what the page reads, beside the frame that all pages have.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Done each time the page is given out.</summary>
    public Action<HttpContext>? WhenGivenOut { get; set; }

    public void Reads(params IEnumerable<string> read)
    {
        keys.UnionWith(read);
        IsComplete = true;
    }

    public void ReadsFrame(params IEnumerable<string> read) => keys.UnionWith(read);

    public void GoodUntil(DateTimeOffset moment)
    {
        if (moment < Until)
            Until = moment;
    }
}
