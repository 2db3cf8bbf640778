using LondonDefender.Copy;
using LondonDefender.Paper;

namespace LondonDefender.Stories.Revisions;

/// <summary>What is not the same in one part of two revisions.</summary>
/// <param name="Part">Null where nothing can be put back: an embargo is ordered, not written.</param>
/// <param name="Paragraphs">Of the copy, each by itself.</param>
public sealed record PartDifference(string Name, RevisionPart? Part, IReadOnlyList<Stretch> Stretches, IReadOnlyList<ParagraphDifference> Paragraphs)
{
    public bool IsOfSpacesAlone => Stretches.Count == 0 && Paragraphs.Count == 0;
}

/// <param name="Number">By which this change is asked for again.</param>
/// <param name="Behind">The first words of the paragraph that it stands behind; empty at the beginning.</param>
public sealed record ParagraphDifference(int Number, string Behind, ParagraphChange Change, IReadOnlyList<Stretch> Stretches);

public static class RevisionDifferences
{
    private const int LongestReminder = 60;

    /// <summary>In the order of the editing page.</summary>
    public static IReadOnlyList<PartDifference> Between(Revision before, Revision after, NamesInTexts names, PaperClock clock)
    {
        List<PartDifference> found = [];
        foreach (var part in RevisionPart.All)
        {
            var (old, now) = (part.InWords(before.Text, names), part.InWords(after.Text, names));
            if (part.Key == RevisionPart.CopyKey && before.Text.Copy != after.Text.Copy)
                found.Add(new(part.Name, part, [], Paragraphs(before.Text.Copy, after.Text.Copy, names)));
            else if (old != now)
                found.Add(new(part.Name, part, Changed(old, now), []));
        }

        if (before.EmbargoUntil != after.EmbargoUntil)
            found.Add(new("Embargo", null, Changed(EmbargoOf(before, clock), EmbargoOf(after, clock)), []));
        return found;
    }

    private static List<ParagraphDifference> Paragraphs(string before, string after, NamesInTexts names) =>
    [
        .. ParagraphMerge.Changes(before, after).Index()
            .Select(change => new ParagraphDifference(
                change.Index, Shortened(names.InWords(change.Item.Behind)), change.Item, Changed(names.InWords(change.Item.Was), names.InWords(change.Item.Is))))
            .Where(change => change.Stretches.Count > 0),
    ];

    private static IReadOnlyList<Stretch> Changed(string before, string after) => FoldedChanges.Of(WordChanges.Between(before, after));

    private static string EmbargoOf(Revision revision, PaperClock clock) => revision.EmbargoUntil is { } until ? $"until {clock.DateAndTime(until)}" : "";

    private static string Shortened(string words)
    {
        var line = PlainWords.OneLine(words);
        if (line.Length <= LongestReminder)
            return line;

        var cut = PlainWords.Cut(line, LongestReminder);
        return (cut.LastIndexOf(' ') is > 0 and var space ? cut[..space] : cut) + "…";
    }
}
