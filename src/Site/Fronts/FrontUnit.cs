namespace LondonDefender.Fronts;

public enum FrontUnitKind
{
    /// <summary>Whether a container is there at all.</summary>
    Container,
    Title,
    Layout,
    Size,
    Fill,

    /// <summary>In which order the containers stand.</summary>
    Order,

    /// <summary>In which order a container's cards stand.</summary>
    CardOrder,

    /// <summary>In which container a story is pinned, if in any.</summary>
    Place,
    Headline,
    Picture,
    Standfirst,
}

/// <summary>The smallest thing on a front that two people can change otherwise.</summary>
/// <param name="Key">Of the container; empty where it is about a story or the whole front.</param>
public readonly record struct FrontUnit(FrontUnitKind Kind, string Key = "", int StoryId = 0)
{
    /// <summary>An arrangement that says of this unit what another says, and is otherwise as it was.</summary>
    public FrontArrangement Take(FrontArrangement from, FrontArrangement into)
    {
        var (key, story) = (Key, StoryId);
        if (key.Length > 0 && into.Find(key) is null)
            return TakeContainer(from, into);
        if (story > 0 && into.CardOf(story) is null)
            return TakePlace(from, into);

        return Kind switch
        {
            FrontUnitKind.Title => into.With(key, container => container with { Title = from.Find(key)!.Title }),
            FrontUnitKind.Layout => into.With(key, container => container with { Layout = from.Find(key)!.Layout }),
            FrontUnitKind.Size => into.With(key, container => container with { Size = from.Find(key)!.Size }),
            FrontUnitKind.Fill => into.With(key, container => container with { Fill = from.Find(key)!.Fill }),
            FrontUnitKind.Order => into with { Containers = Ordered(into.Containers, from.Containers, container => container.Key) },
            FrontUnitKind.CardOrder => into.With(key, container => container with { Pins = Ordered(container.Pins, from.Find(key)!.Pins, card => card.StoryId) }),
            FrontUnitKind.Headline => Change(into, card => card with { Headline = from.CardOf(story)!.Headline, HeadlineWas = from.CardOf(story)!.HeadlineWas }),
            FrontUnitKind.Picture => Change(into, card => card with { PictureId = from.CardOf(story)!.PictureId }),
            FrontUnitKind.Standfirst => Change(into, card => card with { HidesStandfirst = from.CardOf(story)!.HidesStandfirst }),
            FrontUnitKind.Container => TakeContainer(from, into),
            FrontUnitKind.Place => TakePlace(from, into),
            _ => throw new InvalidOperationException($"A unit nobody knows: {Kind}"),
        };
    }

    private FrontArrangement Change(FrontArrangement into, Func<PinnedCard, PinnedCard> change)
    {
        var story = StoryId;
        return into.HolderOf(story) is { } holder
            ? into.With(holder.Key, container => container with { Pins = [.. container.Pins.Select(card => card.StoryId == story ? change(card) : card)] })
            : into;
    }

    private FrontArrangement TakeContainer(FrontArrangement from, FrontArrangement into)
    {
        var key = Key;
        var rest = into with { Containers = [.. into.Containers.Where(container => container.Key != key)] };
        if (from.Find(key) is not { } taken)
            return rest;

        foreach (var card in taken.Pins)
            rest = Without(rest, card.StoryId);
        return rest with { Containers = InsertedAfter(rest.Containers, taken, from.Containers, container => container.Key) };
    }

    private FrontArrangement TakePlace(FrontArrangement from, FrontArrangement into)
    {
        var card = into.CardOf(StoryId) ?? from.CardOf(StoryId);
        var rest = Without(into, StoryId);
        return from.HolderOf(StoryId) is { } holder && card is not null
            ? rest.With(holder.Key, container => container with { Pins = InsertedAfter(container.Pins, card, holder.Pins, other => other.StoryId) })
            : rest;
    }

    private static FrontArrangement Without(FrontArrangement front, int story) => front.HolderOf(story) is { } holder
        ? front.With(holder.Key, container => container with { Pins = [.. container.Pins.Where(card => card.StoryId != story)] })
        : front;

    /// <summary>Behind whatever stands before it in the list it comes from.</summary>
    private static List<T> InsertedAfter<T, TKey>(IReadOnlyList<T> list, T item, IReadOnlyList<T> asIn, Func<T, TKey> key) where TKey : notnull
    {
        List<TKey> keys = [.. list.Select(key)];
        var before = asIn.Select(key).TakeWhile(other => !other.Equals(key(item))).LastOrDefault(keys.Contains);
        List<T> changed = [.. list];
        changed.Insert(before is null || !keys.Contains(before) ? 0 : keys.IndexOf(before) + 1, item);
        return changed;
    }

    /// <summary>The same things, those that the other list has in its order and in the places that they held among the rest.</summary>
    private static List<T> Ordered<T, TKey>(IReadOnlyList<T> list, IReadOnlyList<T> asIn, Func<T, TKey> key) where TKey : notnull
    {
        var byKey = list.ToDictionary(key);
        var inOrder = new Queue<TKey>(asIn.Select(key).Where(byKey.ContainsKey));
        HashSet<TKey> known = [.. inOrder];
        return [.. list.Select(item => known.Contains(key(item)) ? byKey[inOrder.Dequeue()] : item)];
    }
}
