using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>The stories that copies name in their lines and links, before it is known which of them readers may see.</summary>
public sealed class NamedStories
{
    private readonly IReadOnlyDictionary<int, CopyText> copies;
    private readonly Dictionary<int, Dictionary<string, int>> byHeadline;
    private readonly int[] ids;

    private NamedStories(IReadOnlyDictionary<int, CopyText> copies, Dictionary<int, Dictionary<string, int>> byHeadline)
    {
        (this.copies, this.byHeadline) = (copies, byHeadline);
        ids = [.. copies.Values.SelectMany(In).Concat(byHeadline.Values.SelectMany(found => found.Values)).Distinct()];
    }

    /// <param name="copies">By their stories' ids.</param>
    public static async Task<NamedStories> FindAsync(NewsroomDb db, IReadOnlyDictionary<int, CopyText> copies, DateTimeOffset now, CancellationToken ct) =>
        new(copies, await WordedLines.FindAsync(db, copies, now, ct));

    public static IEnumerable<int> In(CopyText copy) => [.. InLinesOf(copy), .. copy.InlineLinks.Select(link => link.StoryId)];

    /// <summary>Those that blocks may offer; a withdrawn one's successor is not among them yet.</summary>
    public IEnumerable<int> InLines => copies.Values.SelectMany(InLinesOf).Concat(byHeadline.Values.SelectMany(found => found.Values));

    /// <summary>Those of them that are live.</summary>
    public Question Live(DateTimeOffset now) => BriefRows.Of(ids, now);

    /// <summary>With the answer to <see cref="Live"/>. What is withdrawn is looked for once more, for the successor it may have.</summary>
    public async Task<Dictionary<int, ReadMoreCards>> CardsAsync(NewsroomDb db, IEnumerable<StoryBrief> found, DateTimeOffset now, CancellationToken ct)
    {
        if (ids.Length == 0)
            return copies.ToDictionary(copy => copy.Key, _ => ReadMoreCards.None);

        var live = found.ToDictionary(brief => brief.Id);
        var successors = await Successors.OfAsync(db, [.. ids.Where(id => !live.ContainsKey(id))], ct);
        int[] next = [.. successors.Values.Where(id => !live.ContainsKey(id)).Distinct()];
        if (next.Length > 0)
        {
            await using var answers = await db.AskAsync(ct, BriefRows.Of(next, now));
            foreach (var brief in await answers.AllAsync(BriefRows.Read))
                live[brief.Id] = brief;
        }

        return copies.ToDictionary(copy => copy.Key, copy => new ReadMoreCards(copy.Key, live, successors, byHeadline[copy.Key]) { Blocks = copy.Value.Blocks });
    }

    private static IEnumerable<int> InLinesOf(CopyText copy) =>
        copy.Blocks.SelectMany(block => block.Lines).Select(line => line.Target).OfType<ReadMoreTarget.Story>().Select(target => target.Id);
}
