using LondonDefender.ReadMore;

namespace LondonDefender.Tests.ReadMore;

public sealed class NamesInTextTests
{
    [Theory]
    [InlineData("Yesterday the minister met Agnes Thorburn.", "Person Agnes Thorburn")]
    [InlineData("Agnes Thorburn spoke. Later Thorburn left, and Thorburn’s lawyer stayed.", "Person Agnes Thorburn")]
    [InlineData("The Home Office said no. The Bank of Wend agreed.", "Name Bank of Wend; Name Home Office")]
    [InlineData("They met in Haumeford. Rain fell near Haumeford.", "Place Haumeford")]
    [InlineData("He thanked Mr Quill. On Tuesday it rained.", "Person Quill")]
    [InlineData("Nobody came. Everything stopped. I left.", "")]
    [InlineData("She crossed Wend Bridge with Ludwig van Aalst.", "Person Ludwig van Aalst; Place Wend Bridge")]
    public void Names_are_told_from_words_that_merely_begin_a_sentence(string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", NamesInText.Read(text).Select(name => $"{name.Kind} {name.Words}").Order(StringComparer.Ordinal)));

    [Fact]
    public void A_dateline_is_a_place() => Assert.Equal(NameKind.Place, NamesInText.Read("They say Ansty is dry.", "Ansty").Single().Kind);
}
