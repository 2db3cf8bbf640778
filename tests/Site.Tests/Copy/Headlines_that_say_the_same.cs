using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Headlines_that_say_the_same
{
    [Theory]
    [InlineData("Putin’s ‘world in turmoil’ plot exposed by former Europe minister", "Putin's 'world in turmoil' plot exposed by former Europe minister")]
    [InlineData("Putin’s ‘world in turmoil’ plot", "PUTIN'S \"WORLD IN TURMOIL\" PLOT")]
    [InlineData("“Never”, says minister", "«Never», says minister")]
    [InlineData("« Never », says minister", "‹ Never ›, says minister")]
    [InlineData("„Never“, says minister", "`Never´, says minister")]
    [InlineData("Brexit – what next?", "Brexit — what next")]
    [InlineData("Brexit - what next", "Brexit--what next")]
    [InlineData("Brexit—what next", "Brexit − what next...")]
    [InlineData("The 2024–25 season", "The 2024-25 season")]
    [InlineData("Non‑breaking", "Non-breaking")]
    [InlineData("Two\u00A0words", "  Two \t\u2009\n words ")]
    [InlineData("Co\u00ADoperation\u200B\uFEFF", "Cooperation")]
    [InlineData("Café", "Cafe\u0301")]
    [InlineData("ﬁve ２０２６ №１", "five 2026 No1")]
    [InlineData("What next…", "What next...")]
    [InlineData("‘Plot’ at 6′ 2″", "Plot at 6' 2\"")]
    public void However_they_are_typed(string one, string another) =>
        Assert.Equal(Headlines.Normalise(one), Headlines.Normalise(another));

    [Theory]
    [InlineData("Temperature falls to -5C", "Temperature falls to 5C")]
    [InlineData("A resigned minister", "A re-signed minister")]
    [InlineData("Putin's plot", "Putin's plots")]
    [InlineData("Café", "Cafe")]
    [InlineData("£5m", "$5m")]
    [InlineData("C++", "C")]
    public void But_not_those_that_say_something_else(string one, string another) =>
        Assert.NotEqual(Headlines.Normalise(one), Headlines.Normalise(another));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("“…”")]
    [InlineData("— ! —")]
    public void Signs_alone_say_nothing(string headline) => Assert.Equal("", Headlines.Normalise(headline));

    [Fact]
    public void Twice_is_the_same_as_once() =>
        Check.One(Often, Prop.ForAll(AnyHeadline, headline =>
            Assert.Equal(Headlines.Normalise(headline), Headlines.Normalise(Headlines.Normalise(headline)))));

    [Fact]
    public void Every_character_alone_and_between_letters_is_the_same_twice()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var headline in new[] { $"{(char)c}", $"a{(char)c}b", $"a {(char)c} b", $"e{(char)c}\u0301 x" })
                Assert.Equal(Headlines.Normalise(headline), Headlines.Normalise(Headlines.Normalise(headline)));
        }
    }

    [Fact]
    public void Curly_is_the_same_as_straight() =>
        Check.One(Often, Prop.ForAll(AnyHeadline, headline => Assert.Equal(Headlines.Normalise(headline), Headlines.Normalise(Straight(headline)))));

    private static Config Often => Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);

    private static Arbitrary<string> AnyHeadline => CopyArbitrary.Markdown;

    private static string Straight(string headline) => headline.Replace('’', '\'').Replace('‘', '\'').Replace('“', '"').Replace('”', '"').Replace('\u00A0', ' ');
}
