namespace LondonDefender.Copy;

/// <summary>Changes with as much of their surroundings as is needed to find one's way.</summary>
public static class FoldedChanges
{
    private const int Context = 14;
    private const int LongestTold = 3_000;

    public static IReadOnlyList<Stretch> Of(IReadOnlyList<Stretch> stretches)
    {
        if (stretches.All(stretch => stretch.Fate == Fate.Kept))
            return [];

        return [.. stretches.Index().SelectMany(stretch => stretch.Item.Fate == Fate.Kept
            ? Surroundings(stretch.Item.Words, EndsParagraph(stretches, stretch.Index - 1), stretch.Index == stretches.Count - 1)
            : Cut(stretch.Item))];
    }

    /// <param name="before">Whether the change before ended a paragraph; null when there is none.</param>
    private static IEnumerable<Stretch> Surroundings(IReadOnlyList<string> words, bool? before, bool isLast)
    {
        var after = before == false ? CountAfterChange(words) : 0;
        var ahead = isLast ? 0 : CountBeforeChange(words);
        if (after + ahead >= words.Count - 2)
            return [new(Fate.Kept, words)];

        IReadOnlyList<string> leftOut = [.. words.Skip(after).Take(words.Count - after - ahead)];
        return
        [
            .. Told(words.Take(after)),
            .. LeftOut(leftOut, isInParagraph: after > 0 && words[after - 1] != Stretch.ParagraphEnd, goesOn: ahead > 0),
            .. Told(words.TakeLast(ahead)),
        ];
    }

    private static IEnumerable<Stretch> Told(IEnumerable<string> words) => words.Any() ? [new(Fate.Kept, [.. words])] : [];

    /// <summary>What is left out ends the paragraph it began in, and begins the one it ends in.</summary>
    private static IEnumerable<Stretch> LeftOut(IReadOnlyList<string> words, bool isInParagraph, bool goesOn)
    {
        var endsParagraph = words.Contains(Stretch.ParagraphEnd);
        var count = words.Count(word => word != Stretch.ParagraphEnd);
        if (isInParagraph || !endsParagraph)
            yield return new(Fate.Kept, [], count);
        if (isInParagraph && endsParagraph)
            yield return new(Fate.Kept, [Stretch.ParagraphEnd]);
        if (goesOn && endsParagraph && words[^1] != Stretch.ParagraphEnd)
            yield return new(Fate.Kept, [], count);
    }

    private static IEnumerable<Stretch> Cut(Stretch change) => change.Words.Count <= LongestTold
        ? [change]
        : [change with { Words = [.. change.Words.Take(LongestTold)] }, new(change.Fate, [], change.Words.Count - LongestTold)];

    private static bool? EndsParagraph(IReadOnlyList<Stretch> stretches, int at) => at < 0 ? null : stretches[at].Words[^1] == Stretch.ParagraphEnd;

    /// <summary>To the end of the paragraph at most.</summary>
    private static int CountAfterChange(IReadOnlyList<string> words)
    {
        var count = 0;
        while (count < words.Count && count < Context && words[count] != Stretch.ParagraphEnd)
            count++;

        return count < words.Count && words[count] == Stretch.ParagraphEnd ? count + 1 : count;
    }

    /// <summary>From the beginning of the paragraph at most; where that is where the change begins, the end of the one before.</summary>
    private static int CountBeforeChange(IReadOnlyList<string> words)
    {
        var count = words[^1] == Stretch.ParagraphEnd ? 1 : 0;
        while (count < words.Count && count < Context && words[words.Count - 1 - count] != Stretch.ParagraphEnd)
            count++;

        return count;
    }
}
