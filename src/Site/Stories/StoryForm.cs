using System.Text.Json.Serialization;

namespace LondonDefender.Stories;

/// <summary>The editing page's fields as its script sends them, with the revision they were based on.</summary>
public sealed record StoryForm
{
    public int BasedOn { get; init; }

    /// <summary>Saved by the page itself, in a pause of typing.</summary>
    public bool IsAutosave { get; init; }

    /// <summary>What the text was made from, where the revision it is based on says something else.</summary>
    public StoryForm? WentOutFrom { get; init; }

    /// <summary>The sender takes in what a colleague has changed; a page of the version before does not.</summary>
    public bool TakesMerge { get; init; }

    [JsonConverter(typeof(KindByName))]
    public StoryKind Kind { get; init; }

    public string? Headline { get; init; }
    public string? FrontHeadline { get; init; }
    public string? SearchHeadline { get; init; }
    public string? ShareHeadline { get; init; }
    public string? Standfirst { get; init; }
    public string? Kicker { get; init; }
    public string? Slug { get; init; }
    public string? Dateline { get; init; }
    public string? CreditLine { get; init; }
    public string? Copy { get; init; }
    public string? Backstory { get; init; }
    public int? PictureId { get; init; }
    public string? PictureAlt { get; init; }
    public string? PictureCaption { get; init; }
    public int? SectionId { get; init; }
    public int[]? TopicIds { get; init; }
    public int[]? WriterIds { get; init; }
    public int[]? RelatedIds { get; init; }

    public StorySave AsSave() => new(BasedOn, AsText(), IsAutosave, WentOutFrom?.AsText(), TakesMerge);

    public StoryText AsText() => new StoryText
    {
        Kind = Kind,
        Headline = Headline ?? "",
        FrontHeadline = FrontHeadline ?? "",
        SearchHeadline = SearchHeadline ?? "",
        ShareHeadline = ShareHeadline ?? "",
        Standfirst = Standfirst ?? "",
        Kicker = Kicker ?? "",
        Slug = Slug ?? "",
        Dateline = Dateline ?? "",
        CreditLine = CreditLine ?? "",
        Copy = Copy ?? "",
        Backstory = Backstory ?? "",
        PictureId = PictureId,
        PictureAlt = PictureAlt ?? "",
        PictureCaption = PictureCaption ?? "",
        SectionId = SectionId,
        TopicIds = TopicIds ?? [],
        WriterIds = WriterIds ?? [],
        RelatedIds = RelatedIds ?? [],
    }.Cleaned();
}

/// <summary>What the publish, embargo, withdraw and spike dialogs send.</summary>
public sealed record StoryOrder
{
    public int BasedOn { get; init; }

    /// <summary>A wall-clock time in the paper's zone, as a datetime-local field gives it; empty for now.</summary>
    public string? At { get; init; }

    /// <summary>An embargo to publish under, written like <see cref="At"/>; empty lifts the one there is, null leaves it as it stands.</summary>
    public string? Embargo { get; init; }

    public bool IsSubstantive { get; init; }
    public string? Reason { get; init; }
    public int? SuccessorId { get; init; }
}

/// <summary>By its name only: a number could mean a kind that nobody knows.</summary>
internal sealed class KindByName() : JsonStringEnumConverter<StoryKind>(namingPolicy: null, allowIntegerValues: false);
