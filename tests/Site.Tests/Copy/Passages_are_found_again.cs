using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public sealed class Passages_are_found_again
{
    [Theory]
    [InlineData("One two three four five.", "two three", "One two three four five.", "two three")]
    [InlineData("One two three four five.", "two three", "Put before. One *two*\nthree four five.", "two*\nthree")]
    [InlineData("He said it. She said it. They said it.", "said", "He said it. Then she said it. They said it.", "said")]
    [InlineData("The old stone bridge fell down.", "old stone bridge fell", "The old wooden bridge fell over.", "old wooden bridge fell")]
    [InlineData("Nine ferries cross the Wend.", "ferr", "Nine ferries cross the Wend today.", "ferries")]
    [InlineData("“Don’t,” he said, “go.”", "Don’t,” he said", "“Don't,\" he said, \"go.\"", "Don't,\" he said")]
    public void By_their_words_and_what_stands_around_them(string before, string words, string after, string found)
    {
        var place = Finding(before, words, after);

        Assert.NotNull(place);
        Assert.Equal(found, after[place.Value]);
    }

    [Fact]
    public void Of_several_the_one_in_the_same_surroundings()
    {
        const string before = "The mayor said no. The driver said yes. The priest said nothing.";
        const string after = "The priest said nothing. The mayor said no. The driver, asked again, said yes.";

        var place = Find(before, before.IndexOf("said yes", StringComparison.Ordinal), "said yes".Length, after);

        Assert.Equal(after.LastIndexOf("said yes", StringComparison.Ordinal), place!.Value.Start.Value);
    }

    [Theory]
    [InlineData("The ferry sails at noon, they say.", "noon", "Nothing of it is left but a noon elsewhere in the text.")]
    [InlineData("A work of art was sold.", "art", "The party went on for ever.")]
    [InlineData("The old stone bridge fell down.", "old stone bridge fell", "Another story altogether about a ferry.")]
    [InlineData("One.", "One", "")]
    public void Gone_is_gone(string before, string words, string after) => Assert.Null(Finding(before, words, after));

    private static Range? Finding(string before, string words, string after) => Find(before, before.IndexOf(words, StringComparison.Ordinal), words.Length, after);

    private static Range? Find(string before, int at, int length, string after) => new PassageFinder(after).Find(Passage.At(before, at..(at + length)).WithWholeWords());
}
