using LondonDefender.Fronts;

namespace LondonDefender.Tests.Fronts;

public class FrontMergeTests
{
    private static readonly FrontArrangement Was = Front(("top", [1, 2, 3]), ("world", [4]), ("sport", []));

    [Fact]
    public void Changes_in_different_containers_are_both_kept()
    {
        var theirs = Was.With("world", container => container with { Title = "The world", Pins = [Card(4), Card(5)] });
        var mine = Was.With("top", container => container with { Size = 9, Pins = [Card(2), Card(1), Card(3)] });

        var merge = FrontMerge.Of(Was, theirs, mine);

        Assert.Empty(merge.Disputes);
        Assert.Equal("top 9: 2 1 3; The world 4: 4 5; sport 4:", Written(merge.Arrangement));
    }

    [Fact]
    public void Two_cards_put_into_one_container_both_stand_in_it()
    {
        var merge = FrontMerge.Of(Was, With(Was, "top", 1, 8, 2, 3), With(Was, "top", 1, 9, 2, 3));

        Assert.Empty(merge.Disputes);
        Assert.Equal([1, 8, 9, 2, 3], Pins(merge.Arrangement, "top"));
    }

    [Fact]
    public void One_moves_a_card_and_the_other_words_it()
    {
        var theirs = With(With(Was, "top", 1, 3), "world", 4, 2);
        var mine = Was.With("top", container => container with { Pins = [Card(1), Card(2) with { Headline = "Mine" }, Card(3)] });

        var merge = FrontMerge.Of(Was, theirs, mine);

        Assert.Empty(merge.Disputes);
        Assert.Equal([4, 2], Pins(merge.Arrangement, "world"));
        Assert.Equal("Mine", merge.Arrangement.CardOf(2)!.Headline);
    }

    [Fact]
    public void A_story_pinned_by_both_in_different_places_is_in_dispute_and_never_stands_twice()
    {
        var merge = FrontMerge.Of(Was, With(Was, "world", 4, 7), With(Was, "sport", 7));

        Assert.Equal([new FrontUnit(FrontUnitKind.Place, StoryId: 7)], merge.Disputes);
        Assert.Single(merge.Arrangement.Pins, card => card.StoryId == 7);
    }

    [Fact]
    public void A_container_that_one_took_away_while_the_other_worked_in_it_is_in_dispute()
    {
        var without = Was with { Containers = [.. Was.Containers.Where(container => container.Key != "world")] };
        var worked = With(Was, "world", 4, 5);

        Assert.Equal(FrontUnitKind.Container, Assert.Single(FrontMerge.Of(Was, without, worked).Disputes).Kind);
        Assert.Equal(FrontUnitKind.Container, Assert.Single(FrontMerge.Of(Was, worked, without).Disputes).Kind);
        Assert.Null(FrontMerge.Of(Was, without, Was).Arrangement.Find("world"));
    }

    [Fact]
    public void Orders_that_both_have_changed_otherwise_are_in_dispute()
    {
        Assert.Equal(FrontUnitKind.CardOrder, Assert.Single(FrontMerge.Of(Was, With(Was, "top", 2, 1, 3), With(Was, "top", 3, 1, 2)).Disputes).Kind);
        Assert.Equal(FrontUnitKind.Order, Assert.Single(FrontMerge.Of(Was, Front(("world", [4]), ("top", [1, 2, 3]), ("sport", [])), Front(("sport", []), ("top", [1, 2, 3]), ("world", [4]))).Disputes).Kind);
    }

    [Fact]
    public void Of_fronts_that_nobody_knows_the_beginning_of_nothing_is_lost()
    {
        var merge = FrontMerge.Of(null, Front(("top", [1]), ("world", [2])), Front(("top", [3]), ("sport", [4])));

        Assert.Empty(merge.Disputes);
        Assert.Equal([1, 2, 3, 4], merge.Arrangement.Pins.Select(card => card.StoryId).Order());
    }

    [Fact]
    public void Whatever_two_people_do_no_story_stands_twice_and_every_choice_settles_what_it_is_about()
    {
        var chance = new Random(20261123);
        for (var turn = 0; turn < 3_000; turn++)
        {
            var was = Front(("a", [1, 2, 3]), ("b", [4, 5]), ("c", [6]));
            var (theirs, mine) = (Changed(was, chance), Changed(was, chance));

            Assert.True(FrontMerge.Of(was, theirs, was).Arrangement.SaysTheSameAs(theirs), $"turn {turn}: theirs alone");
            Assert.True(FrontMerge.Of(was, was, mine).Arrangement.SaysTheSameAs(mine), $"turn {turn}: mine alone");

            for (var choices = 0; ; choices++)
            {
                Assert.True(choices < 40, $"turn {turn} never ends: {Written(was)} | {Written(theirs)} | {Written(mine)}");
                var merge = FrontMerge.Of(was, theirs, mine);
                Assert.Equal(merge.Arrangement.Pins.Count(), merge.Arrangement.Pins.Select(card => card.StoryId).Distinct().Count());
                if (merge.Disputes.Count == 0)
                    break;

                var unit = merge.Disputes[0];
                (was, mine) = (unit.Take(theirs, was), chance.Next(2) == 0 ? mine : unit.Take(theirs, mine));
            }
        }
    }

    private static FrontArrangement Changed(FrontArrangement front, Random chance)
    {
        for (var step = chance.Next(4); step > 0; step--)
        {
            var keys = front.Containers.Select(container => container.Key).ToList();
            var story = chance.Next(1, 10);
            var gone = keys[chance.Next(keys.Count)];
            front = chance.Next(5) switch
            {
                0 when keys.Count > 1 => front with { Containers = [.. front.Containers.Where(container => container.Key != gone)] },
                1 => front with { Containers = [.. front.Containers.OrderBy(_ => chance.Next())] },
                2 when front.HolderOf(story) is { } holder => front.With(holder.Key, container => container with { Pins = [.. container.Pins.Select(card => card.StoryId == story ? card with { Headline = $"H{chance.Next(3)}" } : card)] }),
                3 => front.With(keys[chance.Next(keys.Count)], container => container with { Title = $"T{chance.Next(3)}" }),
                _ => Pinned(front, story, keys[chance.Next(keys.Count)], chance),
            };
        }

        return front;
    }

    private static FrontArrangement Pinned(FrontArrangement front, int story, string key, Random chance)
    {
        var card = front.CardOf(story) ?? Card(story);
        var without = front with { Containers = [.. front.Containers.Select(container => container with { Pins = [.. container.Pins.Where(other => other.StoryId != story)] })] };
        return chance.Next(4) == 0 ? without : without.With(key, container => container with { Pins = [.. container.Pins.Take(1), card, .. container.Pins.Skip(1)] });
    }

    private static FrontArrangement Front(params (string Key, int[] Pins)[] containers) =>
        new() { Containers = [.. containers.Select(container => new Container { Key = container.Key, Title = container.Key, Pins = [.. container.Pins.Select(Card)] })] };

    private static FrontArrangement With(FrontArrangement front, string key, params int[] pins) => front.With(key, container => container with { Pins = [.. pins.Select(story => front.CardOf(story) ?? Card(story))] }) is var changed
        ? changed with { Containers = [.. changed.Containers.Select(container => container.Key == key ? container : container with { Pins = [.. container.Pins.Where(card => !pins.Contains(card.StoryId))] })] }
        : front;

    private static PinnedCard Card(int story) => new() { StoryId = story };

    private static IEnumerable<int> Pins(FrontArrangement front, string key) => front.Find(key)!.Pins.Select(card => card.StoryId);

    private static string Written(FrontArrangement front) =>
        string.Join("; ", front.Containers.Select(container => $"{container.Title} {container.Size}: {string.Join(" ", container.Pins.Select(card => card.StoryId + card.Headline))}".TrimEnd()));
}
