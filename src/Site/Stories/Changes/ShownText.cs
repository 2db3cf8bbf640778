using System.Globalization;
using LondonDefender.Copy;
using LondonDefender.Data;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Stories.Changes;

/// <summary>A story's text in the words its page would show now: names for writers, headlines for lines, nothing for what is hidden.</summary>
/// <param name="HasPicture">Whether its main picture may still be shown.</param>
public sealed record ShownText(StoryText Text, string Byline, string Copy, string Backstory, bool HasPicture = true)
{
    /// <param name="texts">Of one story.</param>
    public static async Task<IReadOnlyList<ShownText>> OfAsync(
        NewsroomDb db, int storyId, IEnumerable<StoryText> texts, PaperSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        List<StoryText> all = [.. texts];
        int[] named = [.. all.SelectMany(text => text.WriterIds).Distinct()];
        var writers = await db.Writers.Where(w => named.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, ct);

        var pictures = await db.ShownAsync([.. all.Select(text => text.PictureId).OfType<int>().Distinct()], now, ct);

        List<ShownText> shown = [];
        foreach (var text in all)
            shown.Add(new(text, BylineOf(text, writers), await CopyOfAsync(db, storyId, text, settings, now, ct), BackstoryOf(text), pictures.ContainsKey(text.PictureId ?? 0)));
        return shown;
    }

    private static string BylineOf(StoryText text, Dictionary<int, string> writers) => string.Join(", ",
        [.. text.WriterIds.Where(writers.ContainsKey).Select(id => writers[id]), .. text.CreditLine.Length > 0 ? new[] { text.CreditLine } : []]);

    private static async Task<string> CopyOfAsync(NewsroomDb db, int storyId, StoryText text, PaperSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var copy = CopyText.Read(text.Copy, settings.LabelsInUse);
        // A line whose story readers may not see, and a picture the paper may not show, are not in it either.
        var cards = copy.Blocks.Count + copy.InlineLinks.Count == 0 ? ReadMoreCards.None : await ReadMoreLinks.CardsForAsync(db, storyId, copy, now, ct);
        var pictures = await db.ShownAsync([.. copy.Pictures.Select(picture => picture.PictureId)], now, ct);
        return InWords(copy.Pieces(cards.Shows, cards.AddressOf, pictures.ContainsKey), cards);
    }

    private static string BackstoryOf(StoryText text) => string.Join('\n', text.ReadBackstory().Select(prose => ReadableHtml.Of(prose.Html)));

    private static string InWords(CopyPiece piece, ReadMoreCards cards) => piece switch
    {
        CopyPiece.Prose prose => ReadableHtml.Of(prose.Html),
        CopyPiece.ReadMore block => $"{block.Label}: {string.Join(" · ", cards.For(block).Select(InWords))}",
        CopyPiece.Picture picture => $"[Picture: {picture.Alt}] {picture.Caption}",
        CopyPiece.Entry entry => $"{PaperClock.Weekday(entry.Day)}, {entry.Time.ToString("HH:mm", CultureInfo.InvariantCulture)}: {entry.Headline}\n{InWords(entry.Pieces, cards)}",
        _ => throw new InvalidOperationException($"A piece of copy of a kind nobody knows: {piece}"),
    };

    private static string InWords(IEnumerable<CopyPiece> pieces, ReadMoreCards cards) => string.Join('\n', pieces.Select(piece => InWords(piece, cards)));

    private static string InWords(ReadMoreOffer offer) => offer.Story is null ? $"{offer.Wording} ({offer.Address})" : $"“{offer.Wording}”";
}
