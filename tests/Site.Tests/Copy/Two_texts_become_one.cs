using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

/// <summary>Two editors in one copy: nothing that either wrote is lost, and nothing is decided silently.</summary>
public sealed class Two_texts_become_one
{
    [Theory]
    [InlineData("A|B|C", "A2|B|C", "A|B|C2", "A2|B|C2")]
    [InlineData("A|B|C", "A2|B|C", "A|B2|C", "A2|B2|C")]
    [InlineData("A|B|C", "A|C", "A|B|C|D", "A|C|D")]
    [InlineData("A|B", "A|B|T", "A|B|M", "A|B|T|M")]
    [InlineData("A|B", "A|B|T", "A|B2", "A|B2|T")]
    [InlineData("A|B", "T|A|B", "A2|B", "T|A2|B")]
    [InlineData("A|B|C", "A|B|C", "C", "C")]
    [InlineData("", "T", "M", "T|M")]
    [InlineData("A", "A|X", "A|X|Y", "A|X|Y")]
    [InlineData("A|B|C", "A2|B2|C", "A2|B|C2", "A2|B2|C2")]
    [InlineData("A|B|C|D", "A|D", "A|B|C|D2", "A|D2")]
    public void Changes_to_different_paragraphs_are_both_kept(string was, string theirs, string mine, string both)
    {
        var merged = ParagraphMerge.Merge(Copy(was), Copy(theirs), Copy(mine));

        Assert.Equal(Copy(both), merged.Text);
        Assert.Empty(merged.Disputes);
    }

    [Theory]
    [InlineData("A|B|C", "A|T|C", "A|M|C", "B/T/M")]
    [InlineData("A|B|C", "A|C", "A|M|C", "B//M")]
    [InlineData("A|B|C", "A|T|C", "A|C", "B/T/")]
    [InlineData("A|B|C|D", "A2|T|C|D", "A|M|C|D2", "B/T/M")]
    [InlineData("A|B|C", "T1|T2|T3", "A|M|C", "B/T2/M")]
    public void Changes_to_one_paragraph_are_for_an_editor_to_choose(string was, string theirs, string mine, string dispute)
    {
        var found = Assert.Single(ParagraphMerge.Merge(Copy(was), Copy(theirs), Copy(mine)).Disputes);

        Assert.Equal(dispute, $"{found.Was}/{found.Theirs}/{found.Mine}");
    }

    [Fact]
    public void A_choice_settles_its_dispute_and_no_other()
    {
        var (was, theirs, mine) = (Copy("A|B|C|D"), Copy("A|T|C|T2"), Copy("A|M|C|M2"));
        var first = ParagraphMerge.Merge(was, theirs, mine).Disputes[0];

        Assert.Equal(Copy("A|M|C|M2"), Settled(was, theirs, mine, first));
        Assert.Equal(Copy("A|T|C|M2"), Settled(was, theirs, first.TakeTheirs.AppliedTo(mine), first));
        Assert.Equal(Copy("A|M|T|C|M2"), Settled(was, theirs, first.KeepBoth.AppliedTo(mine), first));

        static string Settled(string was, string theirs, string mine, ParagraphDispute dispute)
        {
            var merged = ParagraphMerge.Merge(dispute.Settled.AppliedTo(was), theirs, mine);
            Assert.Equal("T2", Assert.Single(merged.Disputes).Theirs);
            return merged.Text;
        }
    }

    [Fact]
    public void Without_what_both_went_out_from_nothing_is_taken_for_deleted()
    {
        var merged = ParagraphMerge.Merge(null, Copy("A|T|C|D"), Copy("A|M|C|E|D"));

        Assert.Equal(Copy("A|M|C|E|D"), merged.Text);
        Assert.Equal("T", Assert.Single(merged.Disputes).Theirs);
    }

    [Fact]
    public void Blank_lines_stay_as_their_writer_left_them()
    {
        Assert.Equal("A\n\n\nB2\n\nC\n", ParagraphMerge.Merge("A\n\n\nB\n\nC\n", "A\n\n\nB2\n\nC\n", "A\n\n\nB\n\nC\n").Text);
        Assert.Equal("A2\n\n\nB\n\nT\n\nC\n\n", ParagraphMerge.Merge("A\n\nB\n\nC", "A\n\nB\n\nT\n\nC", "A2\n\n\nB\n\nC\n\n").Text);
        Assert.Equal("    code\n\nB2", ParagraphMerge.Merge("B", "    code\n\nB", "B2").Text);
    }

    [Fact]
    public void Disjoint_changes_always_merge() => Prop.ForAll(Arb.From(Gen.Choose(0, 6).ListOf()), choices =>
    {
        var (was, theirs, mine, both) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var (choice, n) in choices.Select((choice, n) => (choice, n)))
        {
            // Between two places where something happens stands a paragraph that nobody touches.
            string[] stays = [$"p{n}"];
            var (their, my) = choice switch
            {
                0 => ([$"p{n} by them"], stays),
                1 => (stays, [$"p{n} by me"]),
                2 => ([], stays),
                3 => (stays, []),
                4 => ([$"before {n}", $"p{n}"], stays),
                5 => (stays, [$"p{n}", $"behind {n}"]),
                _ => (stays, stays),
            };
            was.AddRange([.. stays, $"same {n}"]);
            theirs.AddRange([.. their, $"same {n}"]);
            mine.AddRange([.. my, $"same {n}"]);
            both.AddRange([.. their.SequenceEqual(stays) ? my : their, $"same {n}"]);
        }

        var merged = ParagraphMerge.Merge(Copy(was), Copy(theirs), Copy(mine));
        return merged.Disputes.Count == 0 && merged.Text == Copy(both);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_to_neighbours_always_merge() => Prop.ForAll(Arb.From(Gen.Choose(0, 2).ListOf()), choices =>
    {
        string Written(Func<int, int, string> how) => Copy(choices.Select((choice, n) => how(choice, n)));
        var merged = ParagraphMerge.Merge(
            Written((_, n) => $"p{n}"), Written((choice, n) => choice == 0 ? $"t{n}" : $"p{n}"), Written((choice, n) => choice == 1 ? $"m{n}" : $"p{n}"));
        return merged.Disputes.Count == 0 && merged.Text == Written((choice, n) => choice switch { 0 => $"t{n}", 1 => $"m{n}", _ => $"p{n}" });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_that_either_has_added_is_missing() => ForAllTexts((was, theirs, mine) =>
    {
        foreach (var known in new[] { was, null })
        {
            var merged = ParagraphMerge.Merge(known, theirs, mine);
            var there = Paragraphs(merged.Text).Concat(merged.Disputes.SelectMany(dispute => Paragraphs($"{dispute.Theirs}\n\n{dispute.Mine}"))).ToHashSet();
            if (!Paragraphs(theirs).Concat(Paragraphs(mine)).Except(known is null ? [] : Paragraphs(was)).All(there.Contains))
                return false;
        }

        return true;
    });

    [Fact]
    public void Merging_with_oneself_or_with_nothing_new_changes_nothing() => ForAllTexts((was, theirs, _) =>
        ParagraphMerge.Merge(was, theirs, theirs).Text == theirs
        && ParagraphMerge.Merge(was, was, theirs).Text == theirs
        && ParagraphMerge.Merge(was, theirs, was).Text == theirs
        && ParagraphMerge.Merge(theirs, theirs, theirs) is { Disputes.Count: 0, Edits.Count: 0 });

    [Fact]
    public void The_edits_make_mine_into_the_merged_text() => ForAllTexts((was, theirs, mine) =>
    {
        var merged = ParagraphMerge.Merge(was, theirs, mine);
        return merged.Edits.Aggregate(mine, (text, edit) => edit.AppliedTo(text)) == merged.Text;
    });

    [Fact]
    public void Choosing_step_by_step_comes_to_an_end_without_losing_the_rest() => ForAllTexts((was, theirs, mine) =>
    {
        var most = ParagraphMerge.Merge(was, theirs, mine).Disputes.Count;
        for (var steps = 0; ParagraphMerge.Merge(was, theirs, mine).Disputes is [var dispute, ..]; steps++)
        {
            if (steps > most)
                return false;
            (was, mine) = (dispute.Settled.AppliedTo(was), steps % 3 == 0 ? mine : (steps % 3 == 1 ? dispute.TakeTheirs : dispute.KeepBoth).AppliedTo(mine));
        }

        return true;
    });

    [Fact]
    public void The_longest_copies_with_nothing_in_common_are_merged_all_the_same()
    {
        string Long(string word) => Copy(Enumerable.Range(0, 60_000).Select(i => $"{word}{i}"));

        Assert.NotEmpty(ParagraphMerge.Merge(Long("a"), Long("b"), Long("c")).Disputes);
        Assert.Equal("x", ParagraphMerge.Merge("", new string(' ', 200_000), "x").Text.Trim());
    }

    private static void ForAllTexts(Func<string, string, string, bool> holds)
    {
        var texts = Gen.Elements("a", "b", "c", "d", "e", "\n", "\n\n", "  f").ListOf().Select(list => string.Join("\n", list));
        Prop.ForAll(Arb.From(Gen.Zip(texts, Gen.Zip(texts, texts))), three => holds(three.Item1, three.Item2.Item1, three.Item2.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static string Copy(string paragraphs) => Copy(paragraphs.Split('|', StringSplitOptions.RemoveEmptyEntries));

    private static string Copy(IEnumerable<string> paragraphs) => string.Join("\n\n", paragraphs);

    private static IEnumerable<string> Paragraphs(string text) => text.Split("\n").Select(line => line.Trim()).Where(line => line.Length > 0);
}
