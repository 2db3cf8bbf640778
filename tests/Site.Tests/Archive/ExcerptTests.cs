using LondonDefender.Archive;

namespace LondonDefender.Tests.Archive;

/// <summary>Marks are written here as [ and ].</summary>
public sealed class ExcerptTests
{
    private static readonly Excerpt Harbour = new(new Dictionary<string, string> { ["harbour"] = "harbour", ["Harbours"] = "harbour", ["pilot"] = "pilot" });

    [Fact]
    public void It_begins_where_the_sentence_with_the_word_begins()
    {
        Assert.Equal("The [harbour] was closed.", Shown("Nothing of note.", "It rained all day. The harbour was closed. Boats lay idle."));
    }

    [Fact]
    public void The_place_where_most_of_the_words_stand_is_shown()
    {
        Assert.Equal("A [pilot] came into the [harbour].", Shown("", "The harbour slept. A pilot came into the harbour. The pilot slept."));
    }

    [Fact]
    public void A_word_that_stands_elsewhere_is_shown_after_it()
    {
        Assert.Equal("The [harbour] slept. … The [pilot] did not.", Shown("", "The harbour slept. Nobody stirred. The pilot did not."));
    }

    [Fact]
    public void Where_no_word_stands_in_the_text_its_standfirst_is_shown()
    {
        Assert.Equal("Nothing of note.", Shown("Nothing of note.", "It rained all day."));
        Assert.Equal("It rained all day.", Shown("", "It rained all day. And the next."));
        Assert.Equal("", Shown("", ""));
    }

    [Fact]
    public void A_long_sentence_is_cut_at_its_words_around_the_one_that_was_asked()
    {
        var shown = Shown("", $"Begun {string.Concat(Enumerable.Repeat("long before ", 40))}the harbour was dug {string.Concat(Enumerable.Repeat("and long after ", 40))}it.");

        Assert.StartsWith("… ", shown, StringComparison.Ordinal);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.Contains("the [harbour] was dug", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 150, 260);
    }

    [Theory]
    [InlineData("Costs rose 3.5 per cent. at St. Ives harbour, he said.")]
    [InlineData("<script>harbour</script> & <b>bold</b> <harbour> stays")]
    [InlineData("“The harbour!” she said. ‘Go.’")]
    [InlineData("harbour")]
    [InlineData("\uD83D\uDE00 harbour \uD83D\uDE00\uD83D")]
    public void Nothing_of_a_short_text_is_lost(string text)
    {
        var shown = new Excerpt(new Dictionary<string, string> { ["harbour"] = "harbour" }).Mark(text);

        Assert.Equal(text, shown.Replace(SearchHit.MarkStart.ToString(), "", StringComparison.Ordinal).Replace(SearchHit.MarkEnd.ToString(), "", StringComparison.Ordinal));
        Assert.Contains($"{SearchHit.MarkStart}harbour{SearchHit.MarkEnd}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_whole_words_are_marked_and_forged_marks_are_none()
    {
        Assert.Equal("harbourmaster [Harbours] Harbour  x ", Shown("", "harbourmaster Harbours Harbour \uE000x\uE001"));
    }

    [Theory]
    [InlineData("haume", "haume", 0)]
    [InlineData("huame", "haume", 1)]
    [InlineData("hame", "haume", 1)]
    [InlineData("haumes", "haume", 1)]
    [InlineData("hauxe", "haume", 1)]
    [InlineData("hxuxe", "haume", 2)]
    [InlineData("", "haume", 5)]
    [InlineData("abc", "cba", 2)]
    public void Slips_are_counted_as_a_typist_makes_them(string one, string other, int slips)
    {
        Assert.Equal(slips, SearchWords.Slips(one, other));
        Assert.Equal(slips, SearchWords.Slips(other, one));
    }

    private static string Shown(string standfirst, string body) =>
        Harbour.Of(standfirst, body).Replace(SearchHit.MarkStart, '[').Replace(SearchHit.MarkEnd, ']');
}
