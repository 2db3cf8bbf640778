using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public sealed class Words_changed_are_told_apart
{
    [Theory]
    [InlineData("The dam held.", "The dam held.", "")]
    [InlineData("", "The dam held.", "{+The dam held.¶+}")]
    [InlineData("The dam held.", "", "{-The dam held.¶-}")]
    [InlineData("The dam held for nine days in March.", "The dam held for ten days in March.", "The dam held for {-nine-} {+ten+} days in March.¶")]
    [InlineData("He said it was two or three men.", "He said it was five or six men.", "He said it was {-two or three-} {+five or six+} men.¶")]
    [InlineData("One stays here.\nTwo goes.\nThree stays too.", "One stays here.\nThree stays too.", "One stays here.¶ {-Two goes.¶-} Three stays too.¶")]
    [InlineData("One stays here.\nThree stays too.", "One stays here.\nTwo comes.\nThree stays too.", "One stays here.¶ {+Two comes.¶+} Three stays too.¶")]
    [InlineData("This is one paragraph here.\nThis is another one there.", "This is one paragraph here. This is another one there.", "This is one paragraph here. {-¶-} This is another one there.¶")]
    [InlineData("A minister resigns over the memo.", "Nobody knows why geese fly south.", "{-A minister resigns over the memo.¶-} {+Nobody knows why geese fly south.¶+}")]
    public void By_words_where_paragraphs_are_alike_and_whole_where_they_are_not(string before, string after, string told) =>
        Assert.Equal(told, Written(before == after ? FoldedChanges.Of(WordChanges.Between(before, after)) : WordChanges.Between(before, after)));

    [Fact]
    public void What_did_not_change_is_left_out_but_for_a_few_words_around()
    {
        var words = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"w{i}"));
        var before = $"First paragraph, untouched.\n{words} old {words}\nLast paragraph, untouched.";
        var after = before.Replace(" old ", " new ", StringComparison.Ordinal);

        var folded = Written(FoldedChanges.Of(WordChanges.Between(before, after)));

        Assert.Equal("…49 w47 w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 w60 {-old-} {+new+} w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 …49 ¶", folded);
    }

    [Fact]
    public void A_new_paragraph_is_shown_behind_the_end_of_the_one_before()
    {
        var long1 = string.Join(' ', Enumerable.Range(1, 40).Select(i => $"a{i}"));
        var long2 = string.Join(' ', Enumerable.Range(1, 40).Select(i => $"b{i}"));

        var folded = Written(FoldedChanges.Of(WordChanges.Between($"{long1}\n{long2}", $"{long1}\nQuite new.\n{long2}")));

        Assert.Equal("…27 a28 a29 a30 a31 a32 a33 a34 a35 a36 a37 a38 a39 a40¶ {+Quite new.¶+}", folded);
    }

    [Fact]
    public void Both_texts_can_be_read_off_again_whatever_they_are()
    {
        var words = Gen.Elements("a", "b", "c", "the", "\n");
        var texts = words.ListOf().Select(list => string.Join(' ', list));
        Prop.ForAll(Arb.From(Gen.Zip(texts, texts)), pair =>
        {
            var told = WordChanges.Between(pair.Item1, pair.Item2);
            return pair.Item1 == pair.Item2
                || (Read(told, Fate.Added) == Normal(pair.Item1) && Read(told, Fate.Removed) == Normal(pair.Item2));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_longest_copies_with_nothing_in_common_are_compared_all_the_same()
    {
        var before = string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"{i}"));
        var after = string.Join('\n', Enumerable.Range(200_000, 100_000).Select(i => $"{i}"));

        var told = FoldedChanges.Of(WordChanges.Between(before, after));

        Assert.Equal([Fate.Removed, Fate.Removed, Fate.Added, Fate.Added], told.Select(stretch => stretch.Fate));
        Assert.Equal(197_000, told[1].LeftOut);
    }

    [Theory]
    [InlineData("<p>One &amp; two<br>\nthree\nfour.</p>\n<p>Five.</p>", "One & two three four.\nFive.")]
    [InlineData("<p>See <a href=\"https://a.example/?x=1&amp;y=2\" rel=\"noopener\">the <em>report</em></a>, or <a href=\"/world/1/x\">ours</a>.</p>", "See the report (https://a.example/?x=1&y=2), or ours.")]
    [InlineData("<ul>\n<li>One</li>\n<li><p>Two</p></li>\n</ul>\n<hr>\n<h2>Then</h2>", "• One\n• Two\n* * *\nThen")]
    [InlineData("<p><img src=\"/x\" alt=\"A boat &quot;afloat&quot;\">&lt;b&gt;</p>", "[Picture: A boat \"afloat\"]\n<b>")]
    [InlineData("<blockquote>\n<p>“Quoted.”</p>\n</blockquote>\n<pre><code>a &lt; b\nc\n</code></pre>", "“Quoted.”\na < b c")]
    public void Finished_pages_are_readable_as_words(string html, string words) => Assert.Equal(words, ReadableHtml.Of(html));

    private static string Written(IEnumerable<Stretch> stretches) => string.Join(' ', stretches.Select(stretch => stretch switch
    {
        { LeftOut: > 0 } => $"…{stretch.LeftOut}",
        { Fate: Fate.Added } => $"{{+{Words(stretch)}+}}",
        { Fate: Fate.Removed } => $"{{-{Words(stretch)}-}}",
        _ => Words(stretch),
    }));

    private static string Words(Stretch stretch) =>
        string.Join(' ', stretch.Words).Replace(" " + Stretch.ParagraphEnd, "¶", StringComparison.Ordinal).Replace(Stretch.ParagraphEnd, "¶", StringComparison.Ordinal);

    private static string Read(IEnumerable<Stretch> told, Fate without) => string.Join(' ', told.Where(s => s.Fate != without).SelectMany(s => s.Words));

    private static string Normal(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append("\n")));
}
