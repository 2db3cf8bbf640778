using LondonDefender.Bylines;
using LondonDefender.Copy;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Sections;

namespace LondonDefender.Stories;

/// <summary>Everything the readers' page of one story shows; the editor's preview fills the same record from unsaved text.</summary>
public sealed record StoryView
{
    public required int Id { get; init; }
    public required StoryText Text { get; init; }
    public required Section Section { get; init; }
    public required string Address { get; init; }
    public required DateTimeOffset PublishAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The main picture, with the words of this use; null while there is none to show.</summary>
    public ShownPicture? Picture { get; init; }

    /// <summary>Those inside the copy that may be shown.</summary>
    public IReadOnlyDictionary<int, ShownPicture> Pictures { get; init; } = new Dictionary<int, ShownPicture>();

    public IReadOnlyList<Writer> Writers { get; init; } = [];
    public IReadOnlyList<Topic> Topics { get; init; } = [];
    public required CopyText Copy { get; init; }
    public ReadMoreCards Cards { get; init; } = ReadMoreCards.None;

    /// <summary>How many texts of it readers had so far.</summary>
    public int Versions { get; init; } = 1;

    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Newer stories that lead back to this one.</summary>
    public IReadOnlyList<StoryBrief> LaterOn { get; init; } = [];

    public IReadOnlyList<StoryBrief> Related { get; init; } = [];

    public IReadOnlyList<CopyPiece> Pieces => Copy.Pieces(Cards.Shows, Cards.AddressOf, Pictures.ContainsKey);

    public DateTimeOffset ModifiedAt => UpdatedAt ?? PublishAt;

    public string Description => Text.Standfirst.Length > 0 ? Text.Standfirst : Copy.Excerpt(200);
}
