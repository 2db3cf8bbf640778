using DiffPlex;

namespace LondonDefender.Copy;

/// <summary>Some characters of a text, and what stands there instead.</summary>
public sealed record Splice(int At, int Length, string Words)
{
    public string AppliedTo(string text) => string.Concat(text.AsSpan(0, At), Words, text.AsSpan(At + Length));

    /// <summary>The same with nothing replaced by itself, so that a cursor nearby stays where it is.</summary>
    internal Splice Trimmed(string text)
    {
        var (start, end) = SharedEnds.Of(text.AsSpan(At, Length), Words);
        return new(At + start, Length - start - end, Words[start..^end]);
    }
}

internal static class SharedEnds
{
    /// <summary>How much two begin with alike, and how much of the rest they end with alike.</summary>
    public static (int Start, int End) Of<T>(ReadOnlySpan<T> some, ReadOnlySpan<T> others) where T : IEquatable<T>
    {
        var start = some.CommonPrefixLength(others);
        var end = 0;
        while (end < Math.Min(some.Length, others.Length) - start && some[^(end + 1)].Equals(others[^(end + 1)]))
            end++;

        return (start, end);
    }
}

/// <summary>A place that both have changed, each otherwise. Either text may be empty, where somebody took the paragraph out.</summary>
/// <param name="Settled">What makes the text that both went out from say theirs here: whatever mine says is then a change of mine alone.</param>
/// <param name="TakeTheirs">Puts theirs in the place of mine.</param>
/// <param name="KeepBoth">Puts theirs behind mine.</param>
public sealed record ParagraphDispute(string Was, string Theirs, string Mine, Splice Settled, Splice TakeTheirs, Splice KeepBoth);

/// <summary>What became of two texts that went out from one.</summary>
/// <param name="Text">Both changes; where they are in dispute, mine.</param>
/// <param name="Edits">What makes mine into it, from the end of the text to its beginning.</param>
public sealed record MergedCopy(string Text, IReadOnlyList<Splice> Edits, IReadOnlyList<ParagraphDispute> Disputes);

/// <summary>Paragraphs that are not the same in two texts; either side is empty where they were put in, or taken out.</summary>
/// <param name="Behind">The paragraph they stand behind; empty where they come first.</param>
/// <param name="Undo">Makes the later text say here what the earlier one said.</param>
public sealed record ParagraphChange(string Was, string Is, string Behind, Splice Undo);

/// <summary>
/// Merges two people's texts by paragraph. Changes to different paragraphs are both kept; changes to one paragraph are a dispute, and what
/// both put in at one place stands there one behind the other.
/// </summary>
public static class ParagraphMerge
{
    // Comparing costs the product of both lengths at worst; beyond this everything between the same beginning and end counts as changed.
    private const long MostPairs = 4_000_000;

    // As in a comparison by words: with less in common, one paragraph did not become the other.
    private const double LeastAlike = .25;

    /// <param name="was">What both went out from. Where nobody knows it, nothing is taken for deleted, and all that differs is in dispute.</param>
    public static MergedCopy Merge(string? was, string theirs, string mine)
    {
        if (mine == theirs || was == theirs)
            return new(mine, [], []);

        var (theirParagraphs, myParagraphs) = (Paragraphs.Of(theirs), Paragraphs.Of(mine));
        var before = was is null ? Paragraphs.InBoth(theirParagraphs, myParagraphs) : Paragraphs.Of(was);
        var merge = new Merging(before, theirParagraphs, myParagraphs, insertionsAreDisputes: was is null).Run();
        return mine == was ? Exactly(theirs, mine, merge.Edits) : merge;
    }

    /// <summary>What both have in common, for a text that nobody knows any more.</summary>
    public static string InBoth(string theirs, string mine) => Paragraphs.InBoth(Paragraphs.Of(theirs), Paragraphs.Of(mine)).Text;

    /// <summary>What became of one text in another, in its order and in as small parts as can be put back by themselves.</summary>
    public static IReadOnlyList<ParagraphChange> Changes(string before, string after)
    {
        var (old, now) = (Paragraphs.Of(before), Paragraphs.Of(after));
        return
        [
            .. Compared(old, now).SelectMany(edit => Apart(edit, old, now)).Select(edit => new ParagraphChange(
                old.Words(edit.From, edit.To), now.Words(edit.NewFrom, edit.NewTo), now.Words(Math.Max(0, edit.NewFrom - 1), edit.NewFrom),
                now.Replace(edit.NewFrom, edit.NewTo, old.Words(edit.From, edit.To)))),
        ];
    }

    // More than this is told as one change; nobody puts such a thing back by the paragraph.
    private const int MostApart = 2_500;

    /// <summary>Of neighbouring paragraphs each is a change of its own; where their number changed, those are one that have words in common.</summary>
    private static IEnumerable<Edit> Apart(Edit edit, Paragraphs old, Paragraphs now)
    {
        var (was, became) = (edit.To - edit.From, edit.NewTo - edit.NewFrom);
        if ((was, became) == (1, 1) || (long)was * became > MostApart)
            return [edit];

        var (oldWords, newWords) = (WordsIn(old[edit.From..edit.To]), WordsIn(now[edit.NewFrom..edit.NewTo]));
        return Pairs(was, became, (o, n) => Alikeness(oldWords[o], newWords[n])).Select(pair => new Edit(
            edit.From + pair.From, edit.From + pair.To, edit.NewFrom + pair.NewFrom, edit.NewFrom + pair.NewTo));
    }

    /// <summary>The pairing in which most is alike, with what has no partner between the pairs.</summary>
    private static List<Edit> Pairs(int was, int became, Func<int, int, double> alike)
    {
        var best = new double[was + 1, became + 1];
        for (var o = was - 1; o >= 0; o--)
        {
            for (var n = became - 1; n >= 0; n--)
                best[o, n] = Math.Max(Math.Max(best[o + 1, n], best[o, n + 1]), best[o + 1, n + 1] + alike(o, n));
        }

        List<Edit> pairs = [];
        for (var (o, n) = (0, 0); o < was || n < became;)
        {
            var isPair = o < was && n < became && alike(o, n) > 0 && best[o, n] == best[o + 1, n + 1] + alike(o, n);
            var isTakenOut = !isPair && o < was && (n == became || best[o, n] == best[o + 1, n]);
            var next = (Old: o + (isPair || isTakenOut ? 1 : 0), New: n + (isTakenOut ? 0 : 1));
            pairs.Add(new(o, next.Old, n, next.New));
            (o, n) = next;
        }

        return pairs;
    }

    private static double Alikeness(HashSet<string> some, HashSet<string> others)
    {
        var share = (double)some.Count(others.Contains) / Math.Max(1, Math.Max(some.Count, others.Count));
        return share >= LeastAlike ? share : 0;
    }

    private static HashSet<string>[] WordsIn(string[] paragraphs) =>
        [.. paragraphs.Select(words => words.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', ';', ':', '?', '!', '“', '”', '*')).ToHashSet(StringComparer.OrdinalIgnoreCase))];

    /// <summary>Who has changed nothing gets theirs to the letter, blank lines included.</summary>
    private static MergedCopy Exactly(string theirs, string mine, IReadOnlyList<Splice> edits) =>
        edits.Aggregate(mine, (text, edit) => edit.AppliedTo(text)) == theirs
            ? new(theirs, edits, [])
            : new(theirs, [new Splice(0, mine.Length, theirs).Trimmed(mine)], []);

    /// <summary>Paragraphs [From, To) of the text before became paragraphs [NewFrom, NewTo) of the one after.</summary>
    private sealed record Edit(int From, int To, int NewFrom, int NewTo)
    {
        public bool IsInsertion => From == To;

        public int Growth => NewTo - NewFrom - (To - From);

        /// <summary>Two that merely touch are apart: one may write in a paragraph while another puts something in behind it.</summary>
        public bool Overlaps(int from, int to) => IsInsertion ? from < From && From < to : from == to ? From < from && from < To : From < to && from < To;
    }

    private sealed class Merging(Paragraphs before, Paragraphs theirs, Paragraphs mine, bool insertionsAreDisputes)
    {
        private readonly Queue<Edit> theirEdits = new(Compared(before, theirs));
        private readonly Queue<Edit> myEdits = new(Compared(before, mine));
        private readonly List<ParagraphDispute> disputes = [];

        // What the merged text consists of: paragraphs of mine by their number, and words of theirs.
        private readonly List<(int Mine, string? Theirs)> outcome = [];
        private int at;
        private int theirGrowth;
        private int myGrowth;

        public MergedCopy Run()
        {
            while (theirEdits.Count > 0 || myEdits.Count > 0)
                TakeNext();
            Keep(at + myGrowth, mine.Count);

            var edits = Edits();
            return new(edits.Aggregate(mine.Text, (text, edit) => edit.AppliedTo(text)), edits, disputes);
        }

        private void TakeNext()
        {
            var (from, to) = Earliest();
            Keep(at + myGrowth, from + myGrowth);
            var (theirFrom, myFrom) = (from + theirGrowth, from + myGrowth);
            var (theyChanged, iChanged) = (false, false);

            if (BothInsertAt(from))
            {
                Take(theirEdits, ref theirGrowth, ref to);
                Take(myEdits, ref myGrowth, ref to);
                (theyChanged, iChanged) = (true, true);
            }

            while (!(theyChanged && iChanged && from == to))
            {
                var isTheirs = IsPartOf(theirEdits, from, to, isAlone: !theyChanged && !iChanged);
                if (isTheirs)
                    Take(theirEdits, ref theirGrowth, ref to);
                else if (IsPartOf(myEdits, from, to, isAlone: !theyChanged && !iChanged))
                    Take(myEdits, ref myGrowth, ref to);
                else
                    break;
                (theyChanged, iChanged) = (theyChanged || isTheirs, iChanged || !isTheirs);
            }

            at = to;
            Settle(new(from, to), (theirFrom, to + theirGrowth), (myFrom, to + myGrowth), theyChanged, iChanged);
        }

        private (int From, int To) Earliest() =>
            new[] { theirEdits, myEdits }.Where(edits => edits.Count > 0).Select(edits => (edits.Peek().From, edits.Peek().To)).Min();

        private bool BothInsertAt(int place) =>
            theirEdits.TryPeek(out var their) && myEdits.TryPeek(out var my) && their.IsInsertion && my.IsInsertion && (their.From, my.From) == (place, place);

        private static bool IsPartOf(Queue<Edit> edits, int from, int to, bool isAlone) =>
            edits.TryPeek(out var next) && (next.Overlaps(from, to) || (isAlone && (next.From, next.To) == (from, to)));

        private static void Take(Queue<Edit> edits, ref int growth, ref int to)
        {
            var taken = edits.Dequeue();
            growth += taken.Growth;
            to = Math.Max(to, taken.To);
        }

        private void Settle(Span was, (int From, int To) theirPart, (int From, int To) myPart, bool theyChanged, bool iChanged)
        {
            var (their, my) = (theirs[theirPart.From..theirPart.To], mine[myPart.From..myPart.To]);
            if (!theyChanged || their.SequenceEqual(my))
                Keep(myPart.From, myPart.To);
            else if (!iChanged)
                outcome.Add((-1, theirs.Words(theirPart.From, theirPart.To)));
            else if (was.IsEmpty && !insertionsAreDisputes)
                PutTogether(theirPart, myPart, their, my);
            else
                Dispute(was, theirPart, myPart);
        }

        /// <summary>Two put something in at one place: theirs stands first, and what both put in stands once.</summary>
        private void PutTogether((int From, int To) theirPart, (int From, int To) myPart, string[] their, string[] my)
        {
            var (start, end) = SharedEnds.Of<string>(their, my);
            Keep(myPart.From, myPart.From + start);
            outcome.Add((-1, theirs.Words(theirPart.From + start, theirPart.To - end)));
            Keep(myPart.From + start, myPart.To);
        }

        private void Dispute(Span was, (int From, int To) theirPart, (int From, int To) myPart)
        {
            var (their, my) = (theirs.Words(theirPart.From, theirPart.To), mine.Words(myPart.From, myPart.To));
            var both = their.Length == 0 || my.Length == 0 ? my + their : $"{my}\n\n{their}";
            disputes.Add(new(
                before.Words(was.From, was.To), their, my,
                before.Replace(was.From, was.To, their), mine.Replace(myPart.From, myPart.To, their), mine.Replace(myPart.From, myPart.To, both)));
            Keep(myPart.From, myPart.To);
        }

        private void Keep(int from, int to) => outcome.AddRange(Enumerable.Range(from, Math.Max(0, to - from)).Select(number => (number, (string?)null)));

        /// <summary>Where something of theirs stands between two paragraphs of mine, or paragraphs of mine are gone.</summary>
        private List<Splice> Edits()
        {
            List<Splice> edits = [];
            var kept = -1;
            List<string> between = [];
            foreach (var (number, words) in outcome.Append((mine.Count, null)))
            {
                if (words is not null)
                {
                    between.AddRange(words.Length > 0 ? [words] : []);
                    continue;
                }

                if (between.Count > 0 || number != kept + 1)
                    edits.Add(mine.Replace(kept + 1, number, string.Join("\n\n", between)));
                kept = number;
                between = [];
            }

            edits.RemoveAll(edit => edit is { Length: 0, Words.Length: 0 });
            edits.Reverse();
            return edits;
        }
    }

    private readonly record struct Span(int From, int To)
    {
        public bool IsEmpty => From == To;
    }

    /// <summary>A text, and where each of its paragraphs stands in it.</summary>
    private sealed class Paragraphs
    {
        private readonly List<(int From, int To)> places;

        private Paragraphs(string text, List<(int, int)> places) => (Text, this.places) = (text, places);

        public string Text { get; }

        public int Count => places.Count;

        public string[] this[Range range] => [.. Enumerable.Range(0, Count).Take(range).Select(number => Text[places[number].From..places[number].To])];

        public static Paragraphs Of(string text)
        {
            List<(int From, int To)> places = [];
            var isInOne = false;
            for (var start = 0; start < text.Length;)
            {
                var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
                var isBlank = string.IsNullOrWhiteSpace(text[start..end]);
                if (!isBlank && isInOne)
                    places[^1] = (places[^1].From, end);
                else if (!isBlank)
                    places.Add((start, end));
                isInOne = !isBlank;
                start = end + 1;
            }

            return new(text, places);
        }

        public static Paragraphs InBoth(Paragraphs some, Paragraphs others)
        {
            List<string> common = [];
            var at = 0;
            foreach (var edit in Compared(some, others).Append(new(some.Count, some.Count, 0, 0)))
            {
                common.AddRange(some[at..edit.From]);
                at = edit.To;
            }

            return Of(string.Join("\n\n", common));
        }

        /// <summary>Paragraphs with the blank lines that stand between them.</summary>
        public string Words(int from, int to) => from >= to ? "" : Text[places[from].From..places[to - 1].To];

        public Splice Replace(int from, int to, string words)
        {
            var (isFirst, isLast) = (from == 0, to == Count);
            var start = isFirst ? 0 : places[from - 1].To;
            var end = isLast ? Text.Length : places[to].From;
            var lead = isFirst ? Text[..(Count == 0 ? 0 : places[0].From)] : "\n\n";
            var tail = isLast ? Text[(Count == 0 ? Text.Length : places[^1].To)..] : "\n\n";
            var instead = words.Length > 0 ? lead + words + tail : isFirst ? lead : isLast ? tail : "\n\n";
            return new Splice(start, end - start, instead).Trimmed(Text);
        }
    }

    private static IEnumerable<Edit> Compared(Paragraphs before, Paragraphs after)
    {
        var (old, now) = (before[..], after[..]);
        var (start, end) = SharedEnds.Of<string>(old, now);
        if (start + end == old.Length && old.Length == now.Length)
            return [];

        var (oldMiddle, nowMiddle) = (old[start..^end], now[start..^end]);
        if ((long)oldMiddle.Length * nowMiddle.Length is 0 or > MostPairs)
            return OneByOne(new(start, old.Length - end, start, now.Length - end));

        return Differ.Instance.CreateDiffs("before", "after", ignoreWhiteSpace: false, ignoreCase: false, new Pieces(oldMiddle, nowMiddle)).DiffBlocks
            .Select(block => new Edit(
                start + block.DeleteStartA, start + block.DeleteStartA + block.DeleteCountA,
                start + block.InsertStartB, start + block.InsertStartB + block.InsertCountB))
            .SelectMany(OneByOne);
    }

    /// <summary>As many paragraphs as before are each a change of its own, so that a dispute about one leaves its neighbours alone.</summary>
    private static IEnumerable<Edit> OneByOne(Edit edit) => edit.To - edit.From == edit.NewTo - edit.NewFrom
        ? Enumerable.Range(0, edit.To - edit.From).Select(n => new Edit(edit.From + n, edit.From + n + 1, edit.NewFrom + n, edit.NewFrom + n + 1))
        : [edit];

    /// <summary>The comparison asks for the pieces of two texts in turn; they are cut already.</summary>
    private sealed class Pieces(string[] before, string[] after) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text == "before" ? before : after;
    }
}
