using LondonDefender.Copy;
using LondonDefender.Stories;

namespace LondonDefender.ReadMore;

/// <summary>The live stories that one copy's lines and inline links lead to. A line without a card is not shown.</summary>
public sealed class ReadMoreCards(
    IReadOnlyDictionary<int, ReadMoreOffer> byPosition, IReadOnlyDictionary<int, string> addressByStoryId)
{
    public static readonly ReadMoreCards None = new(new Dictionary<int, ReadMoreOffer>(), new Dictionary<int, string>());

    public ReadMoreOffer? For(ReadMoreLine line) => line.Target switch
    {
        ReadMoreTarget.Outside outside => new ReadMoreOffer(outside.Words, outside.Address, null),
        _ => byPosition.GetValueOrDefault(line.Position),
    };

    public bool Shows(ReadMoreLine line) => For(line) is not null;

    public string? AddressOf(int storyId) => addressByStoryId.GetValueOrDefault(storyId);

    public IEnumerable<int> StoryIds => byPosition.Values.Select(card => card.Story?.Id).OfType<int>();
}

/// <param name="Wording">The pinned wording, or the story's present headline.</param>
/// <param name="Story">Null for an outside page.</param>
public sealed record ReadMoreOffer(string Wording, string Address, StoryBrief? Story);
