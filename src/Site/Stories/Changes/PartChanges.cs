using LondonDefender.Copy;
using LondonDefender.Paper;

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
            .. Changed(ReadersWords.PartKind, NameOf(old.Kind), NameOf(now.Kind)),
            .. Changed(ReadersWords.PartKicker, old.Kicker, now.Kicker),
            .. Changed(ReadersWords.PartHeadline, old.Headline, now.Headline),
            .. Changed(ReadersWords.PartStandfirst, old.Standfirst, now.Standfirst),
            .. Changed(ReadersWords.PartByline, before.Byline, after.Byline),
            .. Changed(ReadersWords.PartDateline, old.Dateline, now.Dateline),
            .. Changed(ReadersWords.PartMainPicture, PictureOf(before, old), PictureOf(after, old)),
            .. Changed(ReadersWords.PartText, before.Copy, after.Copy),
            .. Changed(ReadersWords.HowWeDidThis, before.Backstory, after.Backstory),
        ];
    }

    private static IEnumerable<PartChanges> Changed(string part, string before, string after) =>
        FoldedChanges.Of(WordChanges.Between(before, after)) is { Count: > 0 } stretches ? [new(part, stretches)] : [];

    private static string NameOf(StoryKind kind) => kind == StoryKind.Report ? ReadersWords.Report : kind.Label();

    private static string PictureOf(ShownText shown, StoryText before) =>
        shown.Text.PictureId is null || !shown.HasPicture ? ""
        : $"[{(shown.Text.PictureId == before.PictureId ? ReadersWords.Picture : ReadersWords.AnotherPicture)}] {shown.Text.PictureCaption}";
}
