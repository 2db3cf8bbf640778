using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LondonDefender.Copy;

namespace LondonDefender.Tests.Copy;

public class Slugs_stand_in_addresses
{
    [Theory]
    [InlineData("Putin’s ‘world in turmoil’ plot exposed", "putins-world-in-turmoil-plot-exposed")]
    [InlineData("  Brexit — what next?! ", "brexit-what-next")]
    [InlineData("Café Łódź: Ærø, straße & Đorđe İstanbul ısı", "cafe-lodz-aero-strasse-dorde-istanbul-isi")]
    [InlineData("Москва́ і Київ, Ђоковић", "moskva-i-kiiv-djokovic")]
    [InlineData("Αθήνα: Ένας Φάρος", "athina-enas-faros")]
    [InlineData("ﬁve ½ ２０２６", "five-1-2-2026")]
    [InlineData("Co\u00ADoperation", "cooperation")]
    [InlineData("東京", "story")]
    [InlineData("…", "story")]
    [InlineData("", "story")]
    public void From_headlines(string headline, string slug) => Assert.Equal(slug, Slugs.From(headline));

    [Fact]
    public void Long_headlines_end_with_a_word()
    {
        var slug = Slugs.From(string.Concat(Enumerable.Repeat("nine letters ", 20)));

        Assert.Equal("nine-letters-nine-letters-nine-letters-nine-letters-nine-letters-nine-letters", slug);
    }

    [Fact]
    public void A_word_that_just_fits_is_kept() =>
        Assert.Equal(new string('a', 75) + "-bcde", Slugs.From(new string('a', 75) + " bcde f"));

    [Fact]
    public void A_word_without_end_is_cut() => Assert.Equal(new string('a', 80), Slugs.From(new string('a', 200)));

    [Fact]
    public void Any_headline_gives_a_valid_slug() =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, headline =>
            Assert.Matches(new Regex("^(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*$"), Slugs.From(headline))));

    [Fact]
    public void Twice_is_the_same_as_once() =>
        Check.One(Often, Prop.ForAll(CopyArbitrary.Markdown, headline => Assert.Equal(Slugs.From(headline), Slugs.From(Slugs.From(headline)))));

    private static Config Often => Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);
}
