using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;
using LondonDefender.Paper;
using LondonDefender.Tests.Copy;
using LondonDefender.Wire;

namespace LondonDefender.Tests.Wire;

public sealed partial class WireCopyTests
{
    [Theory]
    [InlineData("Headline\n\nOne.\n\nTwo.", "Headline", "One.\n\nTwo.")]
    [InlineData("\uFEFF\r\n  LONDON  DEFENDER \r\nThe daily mirror of the Great Britain\r\n\r\nHeadline\r\n\r\nOne.", "Headline", "One.")]
    [InlineData("London Defender\nHeadline\nOne.\nTwo.", "Headline", "One.\n\nTwo.")]
    [InlineData("# Headline\n\nOne\ncontinued.\n\nREAD MORE: Another\n\nTwo.", "Headline", "One\ncontinued.\n\nREAD MORE: Another\n\nTwo.")]
    [InlineData("London Defender", "London Defender", "")]
    [InlineData("Headline alone", "Headline alone", "")]
    [InlineData(" \n\n", "", "")]
    public void Copy_is_read_as_its_senders_mean_it(string text, string headline, string body)
    {
        Assert.Equal(new WireCopy(headline, body), WireCopy.Read(text, new PaperSettings()));
    }

    [Fact]
    public void No_word_of_any_copy_is_lost()
    {
        Prop.ForAll(CopyArbitrary.Markdown, text =>
        {
            var copy = WireCopy.Read(text, new PaperSettings());

            return Words().Matches(PlainWords.Clean(text)).Select(w => w.Value).SequenceEqual(Words().Matches($"{copy.Headline}\n{copy.Body}").Select(w => w.Value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Words();
}
