using System.Text.Json.Serialization;
using LondonDefender.Copy;

namespace LondonDefender.Stories;

/// <summary>Everything an editor writes about a story, as it stood at one moment. Copy is Markdown; HTML is never stored.</summary>
public sealed record StoryText
{
    public const int LongestHeadline = 300;
    public const int LongestStandfirst = 1_000;
    public const int LongestLabel = 120;
    public const int LongestBackstory = 10_000;
    public const int LongestCopy = CopyText.LongestCopy;

    [JsonConverter(typeof(KindByName))]
    public StoryKind Kind { get; init; }

    public string Headline { get; init; } = "";

    /// <summary>Shorter wordings for places of their own; empty wherever the headline serves.</summary>
    public string FrontHeadline { get; init; } = "";
    public string SearchHeadline { get; init; } = "";
    public string ShareHeadline { get; init; } = "";

    public string Standfirst { get; init; } = "";
    public string Kicker { get; init; } = "";

    /// <summary>Empty: the address follows the headline.</summary>
    public string Slug { get; init; } = "";

    public string Dateline { get; init; } = "";

    /// <summary>Names in the byline that have no page of their own: an agency, a guest.</summary>
    public string CreditLine { get; init; } = "";

    public string Copy { get; init; } = "";

    /// <summary>How the reporting was done, in the paper's own words; shown at the end of the page.</summary>
    public string Backstory { get; init; } = "";

    /// <summary>The main picture, with the words that belong to this use of it.</summary>
    public int? PictureId { get; init; }
    public string PictureAlt { get; init; } = "";
    public string PictureCaption { get; init; } = "";

    public int? SectionId { get; init; }
    public int[] TopicIds { get; init; } = [];
    public int[] WriterIds { get; init; } = [];

    /// <summary>Stories picked by hand for the end of the page, in their order.</summary>
    public int[] RelatedIds { get; init; } = [];

    public string AddressSlug => Slug.Length > 0 ? Slug : Slugs.From(Headline);

    /// <summary>How it was done, set in type; its links lead to sources outside, not to stories.</summary>
    public IEnumerable<CopyPiece.Prose> ReadBackstory() =>
        CopyText.Read(Backstory, ReadMoreLabels.None).Pieces(_ => false, _ => null).OfType<CopyPiece.Prose>();

    public bool SaysTheSameAs(StoryText other) =>
        this with { TopicIds = [], WriterIds = [], RelatedIds = [] } == other with { TopicIds = [], WriterIds = [], RelatedIds = [] }
        && TopicIds.SequenceEqual(other.TopicIds)
        && WriterIds.SequenceEqual(other.WriterIds)
        && RelatedIds.SequenceEqual(other.RelatedIds);

    /// <summary>The same text with what no database or page can hold taken out, and the single-line fields on one line.</summary>
    public StoryText Cleaned() => this with
    {
        Kind = Enum.IsDefined(Kind) ? Kind : StoryKind.Report,
        Headline = PlainWords.OneLine(Headline),
        FrontHeadline = PlainWords.OneLine(FrontHeadline),
        SearchHeadline = PlainWords.OneLine(SearchHeadline),
        ShareHeadline = PlainWords.OneLine(ShareHeadline),
        Standfirst = PlainWords.OneLine(Standfirst),
        Kicker = PlainWords.OneLine(Kicker),
        Slug = Slug.Trim().Length == 0 ? "" : Slugs.From(Slug),
        Dateline = PlainWords.OneLine(Dateline),
        CreditLine = PlainWords.OneLine(CreditLine),
        Copy = PlainWords.Clean(Copy).ReplaceLineEndings("\n"),
        Backstory = PlainWords.Clean(Backstory).ReplaceLineEndings("\n").Trim(),
        PictureAlt = PlainWords.OneLine(PictureAlt),
        PictureCaption = PlainWords.OneLine(PictureCaption),
        TopicIds = [.. TopicIds.Distinct()],
        WriterIds = [.. WriterIds.Distinct()],
        RelatedIds = [.. RelatedIds.Distinct()],
    };

    /// <summary>What makes the text too long to keep, as sentences for the editor.</summary>
    public IEnumerable<Missing> WhatIsTooLong()
    {
        if (Headline.Length > LongestHeadline)
            yield return new("headline", $"The headline has {Headline.Length} characters; {LongestHeadline} is the most the paper can keep.");
        if (FrontHeadline.Length > LongestHeadline || SearchHeadline.Length > LongestHeadline || ShareHeadline.Length > LongestHeadline)
            yield return new("frontHeadline", $"The wordings for front, search and sharing take at most {LongestHeadline} characters each.");
        if (Backstory.Length > LongestBackstory)
            yield return new("backstory", $"“How we did this” has {Backstory.Length} characters; {LongestBackstory} is the most the paper can keep.");
        if (PictureAlt.Length > LongestStandfirst || PictureCaption.Length > LongestStandfirst)
            yield return new("picture", $"Caption and description of the picture take at most {LongestStandfirst} characters each.");
        if (Standfirst.Length > LongestStandfirst)
            yield return new("standfirst", $"The standfirst has {Standfirst.Length} characters; {LongestStandfirst} is the most the paper can keep.");
        if (Copy.Length > LongestCopy)
            yield return new("copy", $"The copy has {Copy.Length} characters; {LongestCopy} is the most the paper can keep. Part it into two stories.");
        if (Kicker.Length > LongestLabel || Dateline.Length > LongestLabel || CreditLine.Length > LongestLabel)
            yield return new("kicker", $"Kicker, dateline and credit line take at most {LongestLabel} characters each.");
    }
}

/// <summary>Something that stands in the way, and the field where it is mended.</summary>
public sealed record Missing(string Field, string Sentence);
