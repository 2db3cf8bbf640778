using LondonDefender.Copy;
using LondonDefender.Readership;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>The live stories that one copy's lines and inline links lead to. A line without a card is not shown.</summary>
/// <param name="ownId">The story the copy is of: a story never offers itself.</param>
/// <param name="live">Live stories by id.</param>
/// <param name="successors">For withdrawn stories, where readers are sent instead.</param>
/// <param name="idByHeadline">For lines in plain words, the story each means, by <see cref="WordedLines.Key"/>.</param>
public sealed class ReadMoreCards(
    int ownId, IReadOnlyDictionary<int, StoryBrief> live, IReadOnlyDictionary<int, int> successors, IReadOnlyDictionary<string, int> idByHeadline)
{
    public static readonly ReadMoreCards None =
        new(0, new Dictionary<int, StoryBrief>(), new Dictionary<int, int>(), new Dictionary<string, int>());

    private readonly Dictionary<int, int> blockOfLine = [];

    /// <summary>The copy's blocks in their order, so that each link can say where it stands when it is followed.</summary>
    public IReadOnlyList<ReadMoreBlock> Blocks
    {
        init
        {
            foreach (var (number, block) in value.Index())
            {
                foreach (var line in block.Lines)
                    blockOfLine[line.Position] = number;
            }
        }
    }

    /// <summary>The same, for a page whose reader is nobody's business: nothing is told when a link is followed.</summary>
    public ReadMoreCards Uncounted() => new(ownId, live, successors, idByHeadline);

    public ReadMoreOffer? For(ReadMoreLine line) => line.Target switch
    {
        ReadMoreTarget.Outside outside => new(outside.Words, outside.Address, null),
        ReadMoreTarget.Story story => Offer(line, story.Id, story.PinnedWording),
        ReadMoreTarget.Pending pending when idByHeadline.TryGetValue(WordedLines.Key(pending.Headline), out var id) => Offer(line, id, null),
        _ => null,
    };

    public bool Shows(ReadMoreLine line) => For(line) is not null;

    /// <summary>What a block offers readers; no story twice, though two lines may lead to one successor.</summary>
    public IReadOnlyList<ReadMoreOffer> For(CopyPiece.ReadMore block) =>
        [.. block.Lines.Select(For).OfType<ReadMoreOffer>().DistinctBy(offer => offer.Address)];

    /// <summary>For inline links, which have words about the story itself and so lead to no successor.</summary>
    public string? AddressOf(int storyId) => storyId == ownId ? null : live.GetValueOrDefault(storyId)?.Address;

    /// <summary>Every story that a line or an inline link is about, shown or not, and those that readers are sent to instead.</summary>
    public IEnumerable<int> Means(CopyText copy) => [.. NamedStories.In(copy), .. idByHeadline.Values, .. successors.Values];

    public IEnumerable<int> StoriesOfferedIn(CopyText copy) =>
        copy.Blocks.SelectMany(block => block.Lines).Select(line => For(line)?.Story?.Id).OfType<int>();

    private ReadMoreOffer? Offer(ReadMoreLine line, int id, string? pinnedWording)
    {
        if (id != ownId && live.TryGetValue(id, out var story))
            return Offer(line, story, pinnedWording ?? story.Headline);

        // A successor is offered under its own headline: the pinned words were about another story.
        return successors.TryGetValue(id, out var next) && next != ownId && live.TryGetValue(next, out var successor)
            ? Offer(line, successor, successor.Headline)
            : null;
    }

    private ReadMoreOffer Offer(ReadMoreLine line, StoryBrief story, string wording) => new(wording, story.Address, story)
    {
        FollowAddress = blockOfLine.TryGetValue(line.Position, out var block) ? FollowAddress.Of(ownId, block, story.Id) : null,
    };
}

/// <param name="Wording">The pinned wording, or the story's present headline.</param>
/// <param name="Story">Null for an outside page.</param>
public sealed record ReadMoreOffer(string Wording, string Address, StoryBrief? Story)
{
    /// <summary>Where it is counted that readers followed the link; null for an outside page.</summary>
    public string? FollowAddress { get; init; }
}
