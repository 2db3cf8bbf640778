namespace LondonDefender.Fronts;

/// <summary>Two people's changes to one front, container by container and card by card.</summary>
/// <param name="Was">What both went out from.</param>
/// <param name="Arrangement">Both changes; where they are in dispute, mine.</param>
/// <param name="Disputes">What both have changed, each otherwise; an editor chooses.</param>
public sealed record FrontMerge(FrontArrangement Was, FrontArrangement Theirs, FrontArrangement Arrangement, IReadOnlyList<FrontUnit> Disputes)
{
    /// <param name="was">Null where nobody knows it any more: then nothing counts as taken out, and all that differs is in dispute.</param>
    public static FrontMerge Of(FrontArrangement? was, FrontArrangement theirs, FrontArrangement mine) => new Merging(was ?? new(), theirs, mine).Run();

    private sealed class Merging(FrontArrangement was, FrontArrangement theirs, FrontArrangement mine)
    {
        private readonly List<FrontUnit> disputes = [];

        public FrontMerge Run()
        {
            var kept = KeptContainers();
            var cards = KeptCards(kept.Keys.ToHashSet());
            List<Container> containers = [.. InOrder(new(FrontUnitKind.Order), Keys(was), Keys(theirs), Keys(mine), kept.Keys.ToHashSet()).Select(key => kept[key] with { Pins = PinsOf(key, cards) })];
            return new(was, theirs, new() { Containers = containers }, disputes);
        }

        private Dictionary<string, Container> KeptContainers()
        {
            Dictionary<string, Container> kept = [];
            foreach (var key in Keys(theirs).Union(Keys(mine)))
            {
                if (Merged(key, was.Find(key), theirs.Find(key), mine.Find(key)) is { } container)
                    kept[key] = container;
            }

            return kept;
        }

        private Container? Merged(string key, Container? old, Container? their, Container? my)
        {
            if (their is not null && my is not null)
            {
                return my with
                {
                    Title = Whole(new(FrontUnitKind.Title, key), old?.Title, their.Title, my.Title),
                    Layout = Whole(new(FrontUnitKind.Layout, key), old?.Layout, their.Layout, my.Layout),
                    Size = Whole(new(FrontUnitKind.Size, key), old?.Size, their.Size, my.Size),
                    Fill = Whole(new(FrontUnitKind.Fill, key), old?.Fill, their.Fill, my.Fill),
                };
            }

            // One of us has taken it away; the other may have worked in it.
            if (old is null)
                return their ?? my;
            if (IsSame(old, (their ?? my)!))
                return null;

            disputes.Add(new(FrontUnitKind.Container, key));
            return my;
        }

        private T Whole<T>(FrontUnit unit, object? old, T their, T my) where T : notnull
        {
            if (their.Equals(my) || their.Equals(old))
                return my;
            if (my.Equals(old))
                return their;

            disputes.Add(unit);
            return my;
        }

        /// <summary>Each story that stays pinned, with the container it stays in.</summary>
        private Dictionary<int, (string Key, PinnedCard Card)> KeptCards(HashSet<string> containers)
        {
            Dictionary<int, (string Key, PinnedCard Card)> kept = [];
            foreach (var story in Stories(theirs).Union(Stories(mine)))
            {
                if (Merged(story) is { } placed && containers.Contains(placed.Key))
                    kept[story] = placed;
            }

            return kept;
        }

        private (string Key, PinnedCard Card)? Merged(int story)
        {
            var (old, their, my) = (was.CardOf(story), theirs.CardOf(story), mine.CardOf(story));
            var (from, theirPlace, myPlace) = (was.HolderOf(story)?.Key, theirs.HolderOf(story)?.Key, mine.HolderOf(story)?.Key);
            if (their is not null && my is not null)
                return (Whole(new(FrontUnitKind.Place, StoryId: story), from, theirPlace!, myPlace!), Merged(story, old, their, my));

            var isTouched = (their ?? my) != old || (theirPlace ?? myPlace) != from;
            if (old is not null && isTouched && !disputes.Contains(new(FrontUnitKind.Container, from!)))
                disputes.Add(new(FrontUnitKind.Place, StoryId: story));
            return old is null ? ((theirPlace ?? myPlace)!, (their ?? my)!)
                : isTouched && my is not null ? (myPlace!, my)
                : null;
        }

        private PinnedCard Merged(int story, PinnedCard? old, PinnedCard their, PinnedCard my)
        {
            var (headline, headlineWas) = Whole(new(FrontUnitKind.Headline, StoryId: story), old is null ? null : (old.Headline, old.HeadlineWas), (their.Headline, their.HeadlineWas), (my.Headline, my.HeadlineWas));
            return my with
            {
                Headline = headline,
                HeadlineWas = headlineWas,
                PictureId = Whole(new(FrontUnitKind.Picture, StoryId: story), old is null ? null : old.PictureId ?? 0, their.PictureId ?? 0, my.PictureId ?? 0) is > 0 and var picture ? picture : null,
                HidesStandfirst = Whole(new(FrontUnitKind.Standfirst, StoryId: story), old?.HidesStandfirst, their.HidesStandfirst, my.HidesStandfirst),
            };
        }

        private List<PinnedCard> PinsOf(string key, Dictionary<int, (string Key, PinnedCard Card)> cards)
        {
            HashSet<int> kept = [.. cards.Where(card => card.Value.Key == key).Select(card => card.Key)];
            return [.. InOrder(new(FrontUnitKind.CardOrder, key), Stories(was, key), Stories(theirs, key), Stories(mine, key), kept).Select(story => cards[story].Card)];
        }

        /// <summary>In the order of whoever changed the order; what the other has put in stands behind what it stood behind there.</summary>
        private List<T> InOrder<T>(FrontUnit unit, IReadOnlyList<T> old, IReadOnlyList<T> their, IReadOnlyList<T> my, HashSet<T> kept)
        {
            var (theyMoved, iMoved) = (!IsSameOrder(old, their), !IsSameOrder(old, my));
            if (theyMoved && iMoved && !IsSameOrder(their, my))
                disputes.Add(unit);

            var (leading, other) = theyMoved && !iMoved ? (their, my) : (my, their);
            List<T> merged = [.. leading.Where(kept.Contains)];
            foreach (var (index, item) in other.Index().Where(item => kept.Contains(item.Item) && !merged.Contains(item.Item)).ToList())
                merged.Insert(other.Take(index).Select(before => merged.IndexOf(before)).LastOrDefault(place => place >= 0, -1) + 1, item);
            return merged;
        }

        /// <summary>As far as both have the same things.</summary>
        private static bool IsSameOrder<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) => one.Where(other.Contains).SequenceEqual(other.Where(one.Contains));

        private static bool IsSame(Container one, Container other) => one with { Pins = [] } == other with { Pins = [] } && one.Pins.SequenceEqual(other.Pins);

        private static List<string> Keys(FrontArrangement front) => [.. front.Containers.Select(container => container.Key)];

        private static List<int> Stories(FrontArrangement front) => [.. front.Pins.Select(card => card.StoryId)];

        private static List<int> Stories(FrontArrangement front, string key) => [.. (front.Find(key)?.Pins ?? []).Select(card => card.StoryId)];
    }
}
