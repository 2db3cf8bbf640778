namespace LondonDefender.Copy;

/// <summary>Some words of a copy, and what stands around them: by both they are found again after the copy was changed.</summary>
public sealed record Passage(string Words, string Before, string After)
{
    private const int Around = 160;

    public static Passage At(string copy, Range place)
    {
        var (start, length) = place.GetOffsetAndLength(copy.Length);
        var (before, after) = (Math.Max(0, start - Around), Math.Min(copy.Length, start + length + Around));
        return new(copy.Substring(start, length), copy[before..start], copy[(start + length)..after]);
    }

    /// <summary>Half a word at either end is made whole: only words are found again.</summary>
    public Passage WithWholeWords()
    {
        var head = Words.Length > 0 && char.IsLetterOrDigit(Words[0]) ? Before.Length - Before.AsSpan().TrimEndLetters() : 0;
        var tail = Words.Length > 0 && char.IsLetterOrDigit(Words[^1]) ? After.AsSpan().LeadingLetters() : 0;
        return new(Before[(Before.Length - head)..] + Words + After[..tail], Before[..(Before.Length - head)], After[tail..]);
    }
}

/// <summary>
/// Looks for passages in a copy. Only words count, not the marks of Markdown or the punctuation between them, which an editor writes anew
/// in another form. A passage some of whose words were changed is found, too; one that stands there several times is known by its surroundings.
/// </summary>
public sealed class PassageFinder
{
    // Of the words next to a passage so many are looked at.
    private const int Neighbours = 8;

    // With fewer of its words left it is another passage.
    private const double LeastKept = .6;

    // Fewer words may stand anywhere, and a part of them says nothing.
    private const int WordsThatSpeakForThemselves = 4;
    private const int FewestOfAChangedPassage = 3;

    // Words put in between two of a passage; behind more of them begins something else.
    private const int MostPutIn = 4;

    private readonly List<Word> words;

    public PassageFinder(string copy) => words = WordsOf(copy);

    /// <summary>Where it is in the copy; null when it is not there any more.</summary>
    public Range? Find(Passage passage)
    {
        var asked = WordsOf(passage.Words).ConvertAll(word => word.Letters);
        if (asked.Count == 0 || words.Count == 0)
            return null;

        var around = new Surroundings([.. WordsOf(passage.Before).TakeLast(Neighbours).Select(word => word.Letters)], [.. WordsOf(passage.After).Take(Neighbours).Select(word => word.Letters)]);
        return Unchanged(asked, around) ?? Changed(asked, around);
    }

    private Range? Unchanged(List<string> asked, Surroundings around)
    {
        var found = Enumerable.Range(0, Math.Max(0, words.Count - asked.Count + 1)).Where(at => IsAt(at, asked))
            .Select(at => (At: at, Likeness: around.LikenessAt(words, at, at + asked.Count))).ToList();
        if (found.Count == 0)
            return null;

        var best = found.MaxBy(place => place.Likeness);
        return asked.Count >= WordsThatSpeakForThemselves || best.Likeness >= 1d / 3 ? Place(best.At, best.At + asked.Count) : null;
    }

    /// <summary>The stretch as long as the passage that has most of its words.</summary>
    private Range? Changed(List<string> asked, Surroundings around)
    {
        if (asked.Count < FewestOfAChangedPassage)
            return null;

        var length = Math.Min(asked.Count, words.Count);
        var window = new Window(asked);
        var (best, bestLikeness) = (-1, 0d);
        for (var end = 1; end <= words.Count; end++)
        {
            window.Enter(words[end - 1].Letters);
            if (end > length)
                window.Leave(words[end - 1 - length].Letters);
            if (end < length || window.Shared < LeastKept * asked.Count)
                continue;

            var likeness = window.Shared + around.LikenessAt(words, end - length, end);
            if (likeness > bestLikeness)
                (best, bestLikeness) = (end - length, likeness);
        }

        if (best < 0)
            return null;

        return Grown(best, best + length, asked);
    }

    /// <summary>From the first to the last of its words: where others were put in between, that is longer than the passage was.</summary>
    private Range Grown(int from, int to, List<string> asked)
    {
        var known = asked.ToHashSet();
        while (!known.Contains(words[from].Letters))
            from++;
        while (!known.Contains(words[to - 1].Letters))
            to--;

        var missing = asked.ToList();
        foreach (var word in words[from..to])
            missing.Remove(word.Letters);
        for (var at = to; at < Math.Min(words.Count, to + MostPutIn + 1); at++)
            to = missing.Remove(words[at].Letters) ? at + 1 : to;
        for (var at = from - 1; at >= Math.Max(0, from - MostPutIn - 1); at--)
            from = missing.Remove(words[at].Letters) ? at : from;
        return Place(from, to);
    }

    private bool IsAt(int at, List<string> asked)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            if (words[at + i].Letters != asked[i])
                return false;
        }

        return true;
    }

    private Range Place(int from, int to) => words[from].At..(words[to - 1].At + words[to - 1].Letters.Length);

    private static List<Word> WordsOf(string text)
    {
        List<Word> found = [];
        for (var at = 0; at < text.Length; at++)
        {
            var length = text.AsSpan(at).LeadingLetters();
            if (length == 0)
                continue;

            found.Add(new(at, text.Substring(at, length).ToLowerInvariant()));
            at += length;
        }

        return found;
    }

    private readonly record struct Word(int At, string Letters);

    private sealed record Surroundings(List<string> Before, List<string> After)
    {
        /// <summary>How much of what stood around the passage stands around this place, from 0 to 1; 1 where nothing stood there.</summary>
        public double LikenessAt(List<Word> words, int from, int to)
        {
            var all = Before.Count + After.Count;
            return all == 0 ? 1 : (double)(Shared(Before, words, Math.Max(0, from - Neighbours), from) + Shared(After, words, to, Math.Min(words.Count, to + Neighbours))) / all;
        }

        private static int Shared(List<string> asked, List<Word> words, int from, int to)
        {
            var window = new Window(asked);
            for (var at = from; at < to; at++)
                window.Enter(words[at].Letters);
            return window.Shared;
        }
    }

    /// <summary>How many of some words, each as often as it was asked for, are among those that have entered and not left.</summary>
    private sealed class Window(List<string> asked)
    {
        private readonly Dictionary<string, int> missing = asked.CountBy(word => word).ToDictionary();

        public int Shared { get; private set; }

        public void Enter(string word)
        {
            if (missing.TryGetValue(word, out var left))
            {
                missing[word] = left - 1;
                Shared += left > 0 ? 1 : 0;
            }
        }

        public void Leave(string word)
        {
            if (missing.TryGetValue(word, out var left))
            {
                missing[word] = left + 1;
                Shared -= left >= 0 ? 1 : 0;
            }
        }
    }
}

internal static class LettersOfWords
{
    public static int LeadingLetters(this ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsLetterOrDigit(text[length]))
            length++;
        return length;
    }

    /// <summary>How much is left when the letters of a word at the end are taken away.</summary>
    public static int TrimEndLetters(this ReadOnlySpan<char> text)
    {
        var length = text.Length;
        while (length > 0 && char.IsLetterOrDigit(text[length - 1]))
            length--;
        return length;
    }
}
