using System.Text.Json;
using System.Text.Json.Serialization;
using LondonDefender.Copy;
using LondonDefender.Stories;

namespace LondonDefender.Fronts;

/// <summary>What a front is made of, from top to bottom. One without containers arranges itself.</summary>
public sealed record FrontArrangement
{
    public const int MostContainers = 40;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    public IReadOnlyList<Container> Containers { get; init; } = [];

    [JsonIgnore]
    public IEnumerable<PinnedCard> Pins => Containers.SelectMany(container => container.Pins);

    public static FrontArrangement Read(string json) => JsonSerializer.Deserialize<FrontArrangement>(json, Form)!.Cleaned();

    public string Write() => JsonSerializer.Serialize(this, Form);

    public bool SaysTheSameAs(FrontArrangement other) => Write() == other.Write();

    public Container? Find(string key) => Containers.FirstOrDefault(container => container.Key == key);

    /// <summary>The container that a story is pinned in.</summary>
    public Container? HolderOf(int storyId) => Containers.FirstOrDefault(container => container.Pins.Any(card => card.StoryId == storyId));

    public PinnedCard? CardOf(int storyId) => Pins.FirstOrDefault(card => card.StoryId == storyId);

    public FrontArrangement With(string key, Func<Container, Container> change) =>
        this with { Containers = [.. Containers.Select(container => container.Key == key ? change(container) : container)] };

    /// <summary>Whatever was sent, as it can be kept: nothing is null, nothing undefined, every container has a key of its own.</summary>
    public FrontArrangement Cleaned()
    {
        HashSet<string> keys = [];
        return new() { Containers = [.. (Containers ?? []).Where(container => container is not null).Select(container => Clean(container, keys))] };
    }

    /// <summary>Why this cannot be kept, in a sentence; null when it can.</summary>
    public string? WhyNot(Func<int, string> headline)
    {
        if (Containers.Count > MostContainers)
            return $"A front has at most {MostContainers} containers.";
        if (Containers.FirstOrDefault(container => container.Pins.Count > Container.LargestSize) is { } crowded)
            return $"“{crowded.Title}” has {crowded.Pins.Count} pinned cards; {Container.LargestSize} is the most.";
        if (Pins.FirstOrDefault(card => card.Headline.Length > StoryText.LongestHeadline) is { } wordy)
            return $"The headline for “{headline(wordy.StoryId)}” has {wordy.Headline.Length} characters; {StoryText.LongestHeadline} is the most the paper can keep.";

        var twice = Containers.SelectMany(container => container.Pins, (container, card) => (container.Title, card.StoryId)).GroupBy(pin => pin.StoryId).FirstOrDefault(pins => pins.Count() > 1);
        return twice is null ? null : $"“{headline(twice.Key)}” is pinned twice: in “{twice.First().Title}” and in “{twice.Last().Title}”. A story stands on a front once.";
    }

    private static Container Clean(Container given, HashSet<string> keys)
    {
        var key = PlainWords.Cut(PlainWords.OneLine(given.Key), Container.LongestKey).Replace(' ', '-');
        for (var number = 1; key.Length == 0 || !keys.Add(key); number++)
            key = $"container-{number}";

        var fill = given.Fill ?? new();
        return new()
        {
            Key = key,
            Title = PlainWords.Cut(PlainWords.OneLine(given.Title), Container.LongestTitle),
            Layout = Enum.IsDefined(given.Layout) ? given.Layout : ContainerLayout.Grid,
            Size = Math.Clamp(given.Size, 1, Container.LargestSize),
            Pins = [.. (given.Pins ?? []).Where(card => card is not null).Select(Clean)],
            Fill = fill with { By = Enum.IsDefined(fill.By) ? fill.By : BackfillBy.Newest, Kind = fill.Kind is { } kind && Enum.IsDefined(kind) ? kind : null },
        };
    }

    private static PinnedCard Clean(PinnedCard given)
    {
        var headline = PlainWords.OneLine(given.Headline);
        return given with { Headline = headline, HeadlineWas = headline.Length == 0 ? "" : PlainWords.Cut(PlainWords.OneLine(given.HeadlineWas), StoryText.LongestHeadline) };
    }
}
