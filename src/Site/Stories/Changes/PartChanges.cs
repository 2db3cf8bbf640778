using LondonDefender.Copy;

namespace LondonDefender.Stories.Changes;

/// <summary>What changed in one part of a story: its headline, its copy.</summary>
public sealed record PartChanges(string Part, IReadOnlyList<Stretch> Stretches)
{
    /// <summary>The parts that are not the same any more, in the order readers meet them.</summary>
    public static IReadOnlyList<PartChanges> Between(ShownText before, ShownText after)
    {
        var (old, now) = (before.Text, after.Text);
        return
        [
            .. Changed("Kind", NameOf(old.Kind), NameOf(now.Kind)),
            .. Changed("Kicker", old.Kicker, now.Kicker),
            .. Changed("Headline", old.Headline, now.Headline),
            .. Changed("Standfirst", old.Standfirst, now.Standfirst),
            .. Changed("Byline", before.Byline, after.Byline),
            .. Changed("Dateline", old.Dateline, now.Dateline),
            .. Changed("Main picture", PictureOf(before, old), PictureOf(after, old)),
            .. Changed("Text", before.Copy, after.Copy),
            .. Changed("How we did this", before.Backstory, after.Backstory),
        ];
    }

    private static IEnumerable<PartChanges> Changed(string part, string before, string after) =>
        FoldedChanges.Of(WordChanges.Between(before, after)) is { Count: > 0 } stretches ? [new(part, stretches)] : [];

    private static string NameOf(StoryKind kind) => kind == StoryKind.Report ? "Report" : kind.Label();

    private static string PictureOf(ShownText shown, StoryText before) =>
        shown.Text.PictureId is null || !shown.HasPicture ? ""
        : $"{(shown.Text.PictureId == before.PictureId ? "[Picture]" : "[Another picture]")} {shown.Text.PictureCaption}";
}
