using System.Text.Json;
using LondonDefender.Pictures;
using LondonDefender.Stories;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Stories;

/// <summary>What search engines are told of a story, without a paper around it.</summary>
public sealed class StoryLinkedDataTests
{
    [Theory]
    [InlineData(StoryKind.Report, "ReportageNewsArticle")]
    [InlineData(StoryKind.Analysis, "AnalysisNewsArticle")]
    [InlineData(StoryKind.Opinion, "OpinionNewsArticle")]
    [InlineData(StoryKind.Review, "ReviewNewsArticle")]
    [InlineData(StoryKind.Interview, "NewsArticle")]
    [InlineData(StoryKind.Obituary, "NewsArticle")]
    public void A_story_is_called_what_its_kind_is_called(StoryKind kind, string type) =>
        Assert.Equal(type, OfText(new() { Headline = "H", Copy = "C.", Kind = kind }).GetProperty("@type").GetString());

    [Fact]
    public void A_live_story_tells_its_entries_newest_first_and_ends_when_it_is_over()
    {
        var text = new StoryText
        {
            Headline = "Water rises",
            Kind = StoryKind.Live,
            Copy = "It began.\n\n::: entry 2026-07-18 09:05 The bridge closes\nNobody crosses.\n:::\n\n::: entry 2026-07-18 14:30\nThe river turned before noon.\n:::",
        };

        var live = OfText(text);
        var over = OfText(text with { Kind = StoryKind.Report });

        Assert.Equal(["LiveBlogPosting", "ReportageNewsArticle"], live.GetProperty("@type").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("2026-07-18T09:05:00+01:00", live.GetProperty("coverageStartTime").GetString());
        Assert.False(live.TryGetProperty("coverageEndTime", out _));
        Assert.Equal("2026-07-18T14:30:00+01:00", over.GetProperty("coverageEndTime").GetString());
        var updates = live.GetProperty("liveBlogUpdate").EnumerateArray().ToList();
        Assert.Equal(["The river turned before noon.", "The bridge closes"], updates.Select(update => update.GetProperty("headline").GetString()));
        Assert.Equal("Nobody crosses.", updates[1].GetProperty("articleBody").GetString());
        Assert.All(updates, update => Assert.StartsWith("https://paper.example/world/7/water-rises#", update.GetProperty("url").GetString(), StringComparison.Ordinal));
        Assert.False(OfText(text with { Copy = "No entry yet." }).TryGetProperty("liveBlogUpdate", out _));
    }

    [Fact]
    public void A_picture_is_told_in_the_three_shapes_search_engines_ask_for()
    {
        var picture = new ShownPicture { Id = 1, AddressHash = "ab12", Width = 2400, Height = 1600, Colour = "#aabbcc", Credit = "Ann Other", Caption = "The quay at noon." };

        var images = Of(SamplePaper.View(new() { Headline = "H", Copy = "C." }) with { Picture = picture }).GetProperty("image").EnumerateArray().ToList();

        Assert.Equal([16 / 9.0, 4 / 3.0, 1], images.Select(image => Math.Round(image.GetProperty("width").GetInt32() / (double)image.GetProperty("height").GetInt32(), 2)), (wanted, told) => Math.Abs(wanted - told) < 0.01);
        Assert.All(images, image => Assert.True(image.GetProperty("width").GetInt32() >= 1_200));
        Assert.All(images, image => Assert.StartsWith("https://paper.example/pictures/ab12/", image.GetProperty("url").GetString(), StringComparison.Ordinal));
        Assert.All(images, image => Assert.Equal(("Ann Other", "The quay at noon."), (image.GetProperty("creditText").GetString(), image.GetProperty("caption").GetString())));
    }

    [Fact]
    public void The_page_says_which_links_matter()
    {
        var text = new StoryText { Headline = "H", Copy = "One.\n\nREAD MORE: story:3\n\nRELATED: [Out](https://a.example/b)\n\nREAD MORE: story:99\n\nTwo." };
        var view = SamplePaper.View(text, SamplePaper.Brief(3, "Third")) with { Related = [SamplePaper.Brief(4, "Fourth")] };

        var page = Of(view).GetProperty("mainEntityOfPage");

        Assert.Equal(["https://paper.example/world/3/third", "https://a.example/b"], page.GetProperty("significantLink").EnumerateArray().Select(link => link.GetString()));
        Assert.Equal(["https://paper.example/world/4/fourth"], page.GetProperty("relatedLink").EnumerateArray().Select(link => link.GetString()));
    }

    [Fact]
    public void Somebody_always_answers_for_it_and_what_is_not_known_is_not_said()
    {
        var unsigned = OfText(new() { Headline = "H", Copy = "C." });
        var agency = OfText(new() { Headline = "H", Copy = "C.", CreditLine = "Wend Wire" });

        Assert.Equal("London Defender", unsigned.GetProperty("author")[0].GetProperty("name").GetString());
        Assert.Equal(("Organization", "Wend Wire"), (agency.GetProperty("author")[0].GetProperty("@type").GetString(), agency.GetProperty("author")[0].GetProperty("name").GetString()));
        foreach (var absent in new[] { "image", "dateline", "keywords", "correction", "backstory", "alternativeHeadline", "liveBlogUpdate", "coverageStartTime" })
            Assert.False(unsigned.TryGetProperty(absent, out _), absent);
    }

    [Fact]
    public void How_the_reporting_was_done_is_told_in_plain_words() =>
        Assert.Equal("We read all of it. Twice.", OfText(new() { Headline = "H", Copy = "C.", Backstory = "We read *all* of it.\n\nTwice." }).GetProperty("backstory").GetString());

    [Fact]
    public void Search_engines_and_sharers_get_the_wording_made_for_them()
    {
        var meta = StoryMeta.For(SamplePaper.View(new() { Headline = "The headline", SearchHeadline = "For search", ShareHeadline = "For sharing", FrontHeadline = "For fronts", Copy = "C." }), SamplePaper.Frame);

        Assert.Equal(("For search", "For sharing"), (meta.Title, meta.OpenGraphTitle));
        var article = JsonDocument.Parse(meta.JsonLd!).RootElement.GetProperty("@graph")[0];
        Assert.Equal(("The headline", "For fronts"), (article.GetProperty("headline").GetString(), article.GetProperty("alternativeHeadline").GetString()));
    }

    private static JsonElement OfText(StoryText text) => Of(SamplePaper.View(text));

    private static JsonElement Of(StoryView view) => JsonDocument.Parse(StoryLinkedData.Of(view, SamplePaper.Frame).ToJsonString()).RootElement;
}
