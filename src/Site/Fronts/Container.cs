using System.Text.Json.Serialization;
using LondonDefender.Stories;

namespace LondonDefender.Fronts;

public enum ContainerLayout
{
    Lead,
    Grid,
    List,

    /// <summary>Who says it counts as much as what is said.</summary>
    Opinion,

    /// <summary>One picture across the page, and what goes with it.</summary>
    Picture,

    /// <summary>What readers opened most. It fills itself, and shows nothing while there is too little to tell.</summary>
    MostRead,
}

/// <summary>A slice of a front: pinned cards first, then filled up with what its backfill finds.</summary>
public sealed record Container
{
    public const int LargestSize = 24, LongestTitle = 60, LongestKey = 40;

    /// <summary>By which it is known while its title, its place and its cards change.</summary>
    public required string Key { get; init; }

    public string Title { get; init; } = "";

    [JsonConverter(typeof(ByName<ContainerLayout>))]
    public ContainerLayout Layout { get; init; } = ContainerLayout.Grid;

    /// <summary>How many cards it shows at most.</summary>
    public int Size { get; init; } = 4;

    /// <summary>In their order. One whose story is not live keeps its place and is passed over.</summary>
    public IReadOnlyList<PinnedCard> Pins { get; init; } = [];

    public Backfill Fill { get; init; } = new();

    public static Container Read(string json) => FrontArrangement.Read($"{{\"containers\":[{json}]}}").Containers[0];
}

/// <summary>A story that an editor has put in its place, and how it is told on this front.</summary>
public sealed record PinnedCard
{
    public required int StoryId { get; init; }

    /// <summary>Empty where the story's own stands.</summary>
    public string Headline { get; init; } = "";

    /// <summary>What the story's own headline was when that was written; another one now means that somebody should look.</summary>
    public string HeadlineWas { get; init; } = "";

    /// <summary>Null where the story's own picture stands.</summary>
    public int? PictureId { get; init; }

    public bool HidesStandfirst { get; init; }
}

public enum BackfillBy
{
    Newest,

    /// <summary>In the last 24 hours; where that is not enough, the newest.</summary>
    MostRead,

    /// <summary>The pinned cards are all there is.</summary>
    Nothing,
}

/// <summary>What a container fills itself with; without section, topic and kind, from the whole paper.</summary>
public sealed record Backfill
{
    [JsonConverter(typeof(ByName<BackfillBy>))]
    public BackfillBy By { get; init; }

    public int? SectionId { get; init; }
    public int? TopicId { get; init; }

    [JsonConverter(typeof(ByName<StoryKind>))]
    public StoryKind? Kind { get; init; }
}

/// <summary>By its name only: a number could mean something that nobody knows.</summary>
internal sealed class ByName<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false) where T : struct, Enum;
