using DiffPlex;

namespace LondonDefender.Copy;

/// <summary>What became of some words between two texts.</summary>
public enum Fate
{
    Kept,
    Removed,
    Added,
}

/// <summary>Neighbouring words of one fate; a paragraph's end is a word of its own.</summary>
/// <param name="LeftOut">How many words were left out here instead of being told.</param>
public sealed record Stretch(Fate Fate, IReadOnlyList<string> Words, int LeftOut = 0)
{
    public const string ParagraphEnd = "\n";

    /// <summary>Two paragraphs made one, or one made two.</summary>
    public bool IsParagraphEndAlone => LeftOut == 0 && Words.All(word => word == ParagraphEnd);
}

/// <summary>Two texts compared paragraph by paragraph, and word by word where paragraphs differ.</summary>
public static class WordChanges
{
    // Comparing costs the product of both lengths at worst. Beyond this, what lies between the same beginning and the same end is told
    // as replaced, which is true too.
    private const long MostPairs = 4_000_000;

    // With less in common than this, words put side by side are confetti; the old and the new whole are easier to read.
    private const double LeastInCommon = .25;

    /// <summary>Texts are paragraphs on lines of their own.</summary>
    public static IReadOnlyList<Stretch> Between(string before, string after)
    {
        var told = new Telling();
        if (before == after)
            return told.Finished;

        var (old, now) = (ParagraphsOf(before), ParagraphsOf(after));
        var at = 0;
        foreach (var change in Compared(old, now))
        {
            told.Tell(Fate.Kept, now[at..change.Added.Start].SelectMany(WordsOf));
            TellParagraphs(told, [.. old[change.Removed].SelectMany(WordsOf)], [.. now[change.Added].SelectMany(WordsOf)]);
            at = change.Added.End.Value;
        }

        told.Tell(Fate.Kept, now[at..].SelectMany(WordsOf));
        return told.Finished;
    }

    private static void TellParagraphs(Telling told, List<string> old, List<string> now)
    {
        var changes = Compared(old, now);
        if (InCommon(changes, old, now) < LeastInCommon)
        {
            told.Tell(Fate.Removed, old);
            told.Tell(Fate.Added, now);
            return;
        }

        var at = 0;
        foreach (var change in WithoutIslands(changes, now))
        {
            told.Tell(Fate.Kept, now[at..change.Added.Start]);
            told.Tell(Fate.Removed, old[change.Removed]);
            told.Tell(Fate.Added, now[change.Added]);
            at = change.Added.End.Value;
        }

        told.Tell(Fate.Kept, now[at..]);
    }

    private sealed record Change(Range Removed, Range Added)
    {
        public int Length => Math.Max(Removed.End.Value - Removed.Start.Value, Added.End.Value - Added.Start.Value);
    }

    private static List<Change> Compared(List<string> old, List<string> now)
    {
        var start = 0;
        while (start < old.Count && start < now.Count && old[start] == now[start])
            start++;
        var end = 0;
        while (end < old.Count - start && end < now.Count - start && old[^(end + 1)] == now[^(end + 1)])
            end++;

        var (removed, added) = (start..(old.Count - end), start..(now.Count - end));
        var pairs = (long)(old.Count - start - end) * (now.Count - start - end);
        if (pairs is 0 or > MostPairs)
            return start + end == Math.Max(old.Count, now.Count) ? [] : [new(removed, added)];

        return
        [
            .. Differ.Instance.CreateDiffs("a", "b", ignoreWhiteSpace: false, ignoreCase: false, new Pieces(old[removed], now[added])).DiffBlocks
                .Select(block => new Change(Part(start + block.DeleteStartA, block.DeleteCountA), Part(start + block.InsertStartB, block.InsertCountB))),
        ];
    }

    private static Range Part(int start, int count) => start..(start + count);

    private static double InCommon(List<Change> changes, List<string> old, List<string> now)
    {
        var kept = now.Count - changes.Sum(change => change.Added.End.Value - change.Added.Start.Value);
        return (double)kept / Math.Max(old.Count, now.Count);
    }

    /// <summary>A word or two that stayed amid much that changed is told with the change, or nobody could read it.</summary>
    private static IEnumerable<Change> WithoutIslands(List<Change> changes, List<string> now)
    {
        Change? last = null;
        foreach (var change in changes)
        {
            if (last is null)
            {
                last = change;
                continue;
            }

            var island = now[last.Added.End..change.Added.Start];
            if (island.Count <= Math.Min(3, Math.Min(last.Length, change.Length)) && !island.Contains(Stretch.ParagraphEnd))
            {
                last = new(last.Removed.Start..change.Removed.End, last.Added.Start..change.Added.End);
                continue;
            }

            yield return last;
            last = change;
        }

        if (last is not null)
            yield return last;
    }

    private static List<string> ParagraphsOf(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IEnumerable<string> WordsOf(string paragraph) =>
        paragraph.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Append(Stretch.ParagraphEnd);

    /// <summary>The comparison asks for the pieces of two texts in turn; they are cut already.</summary>
    private sealed class Pieces(IReadOnlyList<string> old, IReadOnlyList<string> now) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text == "a" ? old : now;
    }

    private sealed class Telling
    {
        private readonly List<Stretch> stretches = [];

        public IReadOnlyList<Stretch> Finished => stretches;

        public void Tell(Fate fate, IEnumerable<string> words)
        {
            List<string> told = [.. words];
            if (told.Count == 0)
                return;

            if (stretches.Count > 0 && stretches[^1].Fate == fate)
                stretches[^1] = new(fate, [.. stretches[^1].Words, .. told]);
            else
                stretches.Add(new(fate, told));
        }
    }
}
