using System.Globalization;
using LondonDefender.Data;
using LondonDefender.ReadMore;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Fronts;

/// <summary>What stands on a front, said to an editor.</summary>
public sealed class FrontWords(IReadOnlyDictionary<int, StoryHit> stories, IReadOnlyDictionary<int, string> sections, IReadOnlyDictionary<int, string> topics)
{
    public static async Task<FrontWords> ForAsync(NewsroomDb db, DateTimeOffset now, IReadOnlyList<FrontArrangement> fronts, CancellationToken ct)
    {
        int[] pinned = [.. fronts.SelectMany(front => front.Pins).Select(card => card.StoryId).Distinct()];
        int[] filed = [.. fronts.SelectMany(front => front.Containers).Select(container => container.Fill.TopicId).OfType<int>().Distinct()];
        return new(
            await LinkReports.HitsAsync(db, pinned, now, ct),
            await db.Sections.ToDictionaryAsync(section => section.Id, section => section.Name, ct),
            await db.Topics.Where(topic => filed.Contains(topic.Id)).ToDictionaryAsync(topic => topic.Id, topic => topic.Name, ct));
    }

    public string Headline(int story) => stories.GetValueOrDefault(story)?.Headline is { Length: > 0 } headline ? headline : $"story {story}";

    /// <summary>What a unit is called.</summary>
    public string Name(FrontUnit unit, FrontArrangement theirs, FrontArrangement mine)
    {
        var container = $"“{(mine.Find(unit.Key) ?? theirs.Find(unit.Key))?.Title}”";
        return unit.Kind switch
        {
            FrontUnitKind.Container => $"The container {container}",
            FrontUnitKind.Title => $"The title of {container}",
            FrontUnitKind.Layout => $"The layout of {container}",
            FrontUnitKind.Size => $"How many cards {container} shows",
            FrontUnitKind.Fill => $"What {container} fills itself with",
            FrontUnitKind.Order => "The order of the containers",
            FrontUnitKind.CardOrder => $"The order of the cards in {container}",
            FrontUnitKind.Place => $"Where “{Headline(unit.StoryId)}” is pinned",
            FrontUnitKind.Headline => $"The headline for “{Headline(unit.StoryId)}”",
            FrontUnitKind.Picture => $"The picture for “{Headline(unit.StoryId)}”",
            FrontUnitKind.Standfirst => $"The standfirst of “{Headline(unit.StoryId)}”",
            _ => throw new InvalidOperationException($"A unit nobody knows: {unit.Kind}"),
        };
    }

    /// <summary>What an arrangement says of a unit.</summary>
    public string Said(FrontUnit unit, FrontArrangement front)
    {
        var (container, card) = (front.Find(unit.Key), front.CardOf(unit.StoryId));
        return unit.Kind switch
        {
            FrontUnitKind.Container => container is null ? "Taken off the front." : $"Stays, with {Counted(container.Pins.Count)}.",
            FrontUnitKind.Title => container!.Title,
            FrontUnitKind.Layout => container!.Layout.ToString(),
            FrontUnitKind.Size => container!.Size.ToString(CultureInfo.InvariantCulture),
            FrontUnitKind.Fill => Said(container!.Fill),
            FrontUnitKind.Order => string.Join(", ", front.Containers.Select(other => other.Title)),
            FrontUnitKind.CardOrder => string.Join("\n", container!.Pins.Select(pin => Headline(pin.StoryId))),
            FrontUnitKind.Place => front.HolderOf(unit.StoryId) is { } holder ? $"In “{holder.Title}”{(card!.Headline.Length > 0 ? $", as “{card.Headline}”" : "")}." : "Not pinned.",
            FrontUnitKind.Headline => card!.Headline.Length > 0 ? card.Headline : "The story’s own.",
            FrontUnitKind.Picture => card!.PictureId is { } picture ? $"Picture {picture}." : "The story’s own.",
            FrontUnitKind.Standfirst => card!.HidesStandfirst ? "Left out." : "Shown.",
            _ => throw new InvalidOperationException($"A unit nobody knows: {unit.Kind}"),
        };
    }

    private static string Counted(int cards) => cards == 1 ? "one pinned card" : $"{cards} pinned cards";

    private string Said(Backfill fill)
    {
        var of = string.Join(", ", new[] { fill.SectionId is { } section ? sections.GetValueOrDefault(section) : null, fill.TopicId is { } topic ? topics.GetValueOrDefault(topic) : null, fill.Kind?.ToString() }.OfType<string>());
        return fill.By switch
        {
            BackfillBy.Nothing => "Nothing: pinned cards alone.",
            BackfillBy.MostRead => $"Most read: {(of.Length > 0 ? of : "the whole paper")}.",
            BackfillBy.Newest => $"Newest: {(of.Length > 0 ? of : "the whole paper")}.",
            _ => throw new InvalidOperationException($"A backfill nobody knows: {fill.By}"),
        };
    }
}
