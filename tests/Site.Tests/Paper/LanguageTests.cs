using System.Globalization;
using System.Net;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using LondonDefender.Paper;
using LondonDefender.Stories;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Paper;

public sealed partial class LanguageTests(LanguageTests.FrenchPaper french, LanguageTests.ArabicPaper arabic)
    : IClassFixture<LanguageTests.FrenchPaper>, IClassFixture<LanguageTests.ArabicPaper>
{
    public class PaperIn(string language) : Newsroom
    {
        public int Story { get; private set; }

        protected override async Task FillAsync()
        {
            await base.FillAsync();
            await using (var db = await OpenDbAsync())
            {
                await db.PaperSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.Language, language)
                    .SetProperty(s => s.Name, "Le Guetteur").SetProperty(s => s.Tagline, "").SetProperty(s => s.About, ""));
                await db.Sections.Where(s => s.Id == Edition.World).ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "Monde"));
                await db.Sections.Where(s => s.Id == Edition.Britain).ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "Bretagne"));
                await db.Topics.Where(t => t.Id == Edition.Floods).ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, "Crues"));
            }

            await PublishAsync(Told("Le bac quitte le quai", "Il est vendu."));
            Story = await PublishAsync(Told("Le pont ouvre enfin", "Après neuf ans.\n\nREAD MORE: Le bac quitte le quai\n\nLe bac part.") with
            {
                Kind = StoryKind.Obituary,
                TopicIds = [Edition.Floods],
                WriterIds = [Edition.Maud, Edition.Idris],
                Backstory = "Nous avons marché.",
            });
            Clock.MoveBy(TimeSpan.FromHours(2));
            await RepublishAsync(Story, text => text with { Standfirst = "Un autre chapeau." }, isSubstantive: true);
        }

        private static StoryText Told(string headline, string copy) => Edition.Told(headline, copy) with { Standfirst = "Ce qui s’est passé." };
    }

    public sealed class FrenchPaper() : PaperIn("fr");

    public sealed class ArabicPaper() : PaperIn("ar");

    [Theory]
    [InlineData("/")]
    [InlineData("story")]
    [InlineData("story/changes")]
    [InlineData("/search")]
    [InlineData("/search?q=pont")]
    [InlineData("/search?q=zeppelin&section=monde&topic=crues&from=2026-01-01&order=newest")]
    [InlineData("/search?q=pont&from=hier")]
    [InlineData("/no-such-page")]
    [InlineData("/world")]
    [InlineData("/topics/floods")]
    [InlineData("/by/maud-ferrier")]
    [InlineData("/archive")]
    [InlineData("/archive/2026/03")]
    [InlineData("/archive/2026/03/10")]
    [InlineData("/corrections")]
    [InlineData("/most-read")]
    [InlineData("/about")]
    public async Task A_french_paper_has_no_english_word_of_ours(string address)
    {
        var page = await french.ReadAsync(address.Replace("story", $"/world/{french.Story}/le-pont-ouvre-enfin", StringComparison.Ordinal));

        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("ltr", page.DocumentElement.GetAttribute("dir"));
        Assert.Contains("Aller aux articles", page.Body!.TextContent, StringComparison.Ordinal);
        var shown = Shown(page);
        Assert.Equal([], EnglishAlone().Where(words => Regex.IsMatch(shown, $@"(?<!\w){Regex.Escape(words)}(?!\w)")));
    }

    [Fact]
    public async Task French_days_and_hours_are_written_as_the_french_write_them()
    {
        var story = await french.ReadStoryAsync(french.Story);
        var day = await french.ReadAsync("/archive/2026/03/10");

        Assert.Equal("Mardi 10 mars 2026", story.QuerySelector(".masthead time")!.TextContent);
        Assert.Equal("10 mars 2026, 9\u00a0h\u00a000 GMT", story.QuerySelector(".story-times time")!.TextContent);
        Assert.StartsWith("Par Maud Ferrier et Idris Quill", Spaced(story.QuerySelector(".byline")!.TextContent), StringComparison.Ordinal);
        Assert.Equal("Mardi 10 mars 2026", day.QuerySelector("h1")!.TextContent);
        Assert.Equal(["lu", "ma", "me", "je", "ve", "sa", "di"], day.QuerySelectorAll(".calendar th").Select(head => head.TextContent));
    }

    [Fact]
    public async Task The_newsroom_of_a_french_paper_speaks_english()
    {
        var door = await french.ReadAsync("/desk/sign-in");

        Assert.Contains("Sign in", door.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await french.StatusOf("/health/live"));
    }

    [Fact]
    public async Task A_paper_written_from_the_right_stands_from_the_right_and_says_in_english_what_nobody_has_translated()
    {
        var page = await arabic.ReadStoryAsync(arabic.Story);

        Assert.Equal("ar", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("rtl", page.DocumentElement.GetAttribute("dir"));
        Assert.Equal("Skip to the stories", page.QuerySelector("a.skip")!.TextContent);
        Assert.Contains("مارس", page.QuerySelector(".masthead time")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB", "10 September 2026")]
    [InlineData("th-TH", "10 กันยายน 2026")]
    [InlineData("fa", "10 سپتامبر 2026")]
    [InlineData("xx", "10 September 2026")]
    [InlineData("not a language", "10 September 2026")]
    public void Whatever_the_language_the_year_is_the_one_of_the_addresses(string language, string date)
    {
        var culture = new PaperSettings { Language = language }.Culture;

        Assert.Equal(date, new DateOnly(2026, 9, 10).ToString("d MMMM yyyy", culture));
    }

    [Fact]
    public void Every_word_has_an_entry_and_every_entry_is_a_word()
    {
        var words = typeof(ReadersWords).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo { PropertyType: var type } && type == typeof(string) || member is MethodInfo { IsSpecialName: false })
            .Select(member => member.Name);

        Assert.Equal(Entries("").Keys.Order(StringComparer.Ordinal), words.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("fr")]
    public void A_translation_has_every_word_with_the_same_places_to_fill(string language)
    {
        var translated = Entries(language);

        Assert.All(Entries(""), entry =>
        {
            Assert.True(translated.TryGetValue(entry.Key, out var words), $"{entry.Key} is not translated.");
            Assert.NotEqual("", words);
            Assert.Equal(Places(entry.Value), Places(words));
        });
        Assert.Empty(translated.Keys.Except(Entries("").Keys));
    }

    private static Dictionary<string, string> Entries(string language)
    {
        var culture = language.Length == 0 ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var entries = ReadersWords.Entries.GetResourceSet(culture, createIfNotExists: true, tryParents: false) ?? throw new MissingManifestResourceException(language);
        return entries.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static IEnumerable<string> Places(string words) => Place().Matches(words).Select(place => place.Value).Order(StringComparer.Ordinal);

    /// <summary>What an English page says and no French page does, between the places to fill.</summary>
    private static IEnumerable<string> EnglishAlone()
    {
        var french = Entries("fr");
        var said = string.Join('\n', french.Values);
        return Entries("").Where(entry => entry.Value != french[entry.Key] && !entry.Key.EndsWith("Form", StringComparison.Ordinal))
            .SelectMany(entry => Place().Split(entry.Value)).Select(words => words.Trim(' ', ',', '.', ':', ';', '“', '”', '?', '(', ')'))
            .Where(words => words.Length > 3 && !said.Contains(words, StringComparison.Ordinal)).Distinct();
    }

    /// <summary>All that is read, seen or heard on a page, without the words of its address.</summary>
    private static string Shown(IDocument page) => string.Join('\n',
    [
        page.Title!,
        page.Body!.TextContent,
        .. page.All.SelectMany(element => new[] { "aria-label", "title", "alt", "content" }.Select(element.GetAttribute)).OfType<string>().Where(words => !words.Contains("://", StringComparison.Ordinal)),
    ]);

    private static string Spaced(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
