using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace LondonDefender.Paper.PaperCache;

/// <summary>The finished pages by their addresses, and by what they read. Bounded in bytes: the ones nobody has asked for longest leave first.</summary>
public sealed class KeptPages(IOptions<PaperOptions> options, TimeProvider clock)
{
    // Long enough for any page to be made meanwhile.
    private static readonly TimeSpan ChangesRemembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<KeptAddress, KeptPage> pages = [];
    private readonly Lock turn = new();
    private readonly Dictionary<string, HashSet<KeptPage>> readers = [];
    private readonly Dictionary<string, long> changed = [];
    private readonly Queue<(DateTimeOffset At, string Key, long Edition)> changes = [];
    private long everythingChanged, lastKill;
    private long edition;
    private long bytes;

    public ICollection<KeptPage> All => pages.Values;

    /// <summary>What a page is compared with that is begun now: see <see cref="Keep"/>.</summary>
    public long Edition => Interlocked.Read(ref edition);

    public KeptPage? Find(KeptAddress address) => pages.GetValueOrDefault(address);

    /// <summary>Set while this node hears nothing of changes, because the database is away: then old pages are better than waiting.</summary>
    public bool AreOutOfTouch { get; set; }

    public long Bytes => Interlocked.Read(ref bytes);

    /// <param name="begunAt">The edition when its making began: what has changed since may be missing from it.</param>
    public void Keep(KeptPage page, long begunAt)
    {
        lock (turn)
        {
            if (everythingChanged > begunAt || page.Keys.Any(key => HasChanged(key, begunAt)))
                page.MarkStale(clock.GetUtcNow());
            // Of a story that was withdrawn meanwhile not even an old page is left; of one that was killed, no page that may show it.
            if (page.Keys.Any(key => (IsOfWithdrawal(key) || lastKill > begunAt) && HasChanged(key, begunAt)))
                return;

            if (pages.TryGetValue(page.Address, out var old))
                Drop(old);
            Add(page);
            if (bytes > MostBytes)
                MakeRoom();
        }
    }

    private bool HasChanged(string key, long since) => changed.GetValueOrDefault(key) > since;

    private static bool IsOfWithdrawal(string key) => PageKey.WithdrawnStory(key) is not null;

    private void Add(KeptPage page)
    {
        pages[page.Address] = page;
        bytes += page.Weight;
        foreach (var key in page.Keys)
        {
            if (!readers.TryGetValue(key, out var those))
                readers[key] = those = [];
            those.Add(page);
        }
    }

    /// <summary>Takes the better packed forms, unless the page has been replaced meanwhile.</summary>
    public void Repack(KeptPage page, PageForms forms)
    {
        lock (turn)
        {
            if (Find(page.Address) != page)
                return;

            bytes += forms.Bytes - page.Forms.Bytes;
            page.Forms = forms;
        }
    }

    public void Forget(KeptPage page)
    {
        lock (turn)
        {
            if (Find(page.Address) == page)
                Drop(page);
        }
    }

    /// <summary>The pages that read any of what has changed, now known to be stale.</summary>
    public IReadOnlyList<KeptPage> Change(IReadOnlyCollection<string> keys)
    {
        var now = clock.GetUtcNow();
        lock (turn)
        {
            var current = Interlocked.Increment(ref edition);
            foreach (var key in keys)
            {
                changed[key] = current;
                changes.Enqueue((now, key, current));
            }

            while (changes.TryPeek(out var oldest) && oldest.At < now - ChangesRemembered)
            {
                changes.Dequeue();
                if (changed.GetValueOrDefault(oldest.Key) == oldest.Edition)
                    changed.Remove(oldest.Key);
            }

            var stale = MarkStale(ReadersOf(keys), now);
            var isKill = keys.Contains(PageKey.Killed);
            if (isKill)
                lastKill = current;
            foreach (var page in isKill ? stale : ReadersOf(keys.Where(IsOfWithdrawal)))
            {
                page.IsWithdrawn = true;
                Drop(page);
            }

            return stale;
        }
    }

    /// <summary>When nobody knows what has changed.</summary>
    public IReadOnlyList<KeptPage> ChangeEverything()
    {
        lock (turn)
        {
            everythingChanged = Interlocked.Increment(ref edition);
            return MarkStale(pages.Values, clock.GetUtcNow());
        }
    }

    private List<KeptPage> ReadersOf(IEnumerable<string> keys) => [.. keys.SelectMany(key => readers.TryGetValue(key, out var those) ? those : []).Distinct()];

    private static List<KeptPage> MarkStale(IEnumerable<KeptPage> those, DateTimeOffset now)
    {
        List<KeptPage> stale = [.. those];
        foreach (var page in stale)
            page.MarkStale(now);
        return stale;
    }

    private long MostBytes => options.Value.PageCacheMegabytes * 1024L * 1024L;

    // A tenth at once, so that not every new page has to look for the coldest.
    private void MakeRoom()
    {
        foreach (var page in pages.Values.OrderBy(page => page.LastUsed).ToList())
        {
            if (bytes <= MostBytes / 10 * 9)
                return;

            Drop(page);
        }
    }

    private void Drop(KeptPage page)
    {
        pages.TryRemove(page.Address, out _);
        bytes -= page.Weight;
        foreach (var key in page.Keys)
        {
            if (readers.TryGetValue(key, out var those) && those.Remove(page) && those.Count == 0)
                readers.Remove(key);
        }
    }
}
