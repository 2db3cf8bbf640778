using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using LondonDefender.Bylines;
using LondonDefender.Sections;
using LondonDefender.Stories;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Stories;

public class StoryArticleTests : BunitContext
{
    private static readonly StoryBrief Harbour = SamplePaper.Brief(1042, "Harbour opens again");

    private static readonly StoryText Quoted = new()
    {
        Headline = "Envoys return",
        Copy = """
            “We came to talk.

            READ MORE: story:1042

            “And we shall stay.”
            """,
    };

    [Fact]
    public void A_block_whose_story_is_live_shows_a_link_with_its_present_headline_where_it_stands()
    {
        var article = Article(SamplePaper.View(Quoted, Harbour));

        var block = article.Find("aside.read-more");
        Assert.Equal("Related story", block.GetAttribute("aria-label"));
        Assert.Equal("READ MORE", block.QuerySelector(".read-more-label")!.TextContent);
        Assert.Equal("Harbour opens again", block.QuerySelector("a")!.TextContent);
        Assert.Equal("/world/1042/harbour-opens-again", block.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("“We came to talk.", block.PreviousElementSibling!.TextContent);
        Assert.Equal("“And we shall stay.”", block.NextElementSibling!.TextContent);
    }

    [Fact]
    public void A_block_whose_story_is_not_live_vanishes_without_a_trace()
    {
        var withBlock = Article(SamplePaper.View(Quoted));
        var without = Article(SamplePaper.View(Quoted with { Copy = Quoted.Copy.Replace("READ MORE: story:1042\n\n", "", StringComparison.Ordinal) }));

        Assert.Equal(without.Find(".story-body").TextContent, withBlock.Find(".story-body").TextContent);
        Assert.Equal(2, withBlock.Find(".story-body").ChildElementCount);
        Assert.DoesNotContain("READ MORE", withBlock.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_links_under_one_label_are_a_list_of_those_that_are_live()
    {
        var text = Quoted with { Copy = "RELATED:\n- story:1042\n- story:9\n- [Their statement](https://example.org/a)" };

        var block = Article(SamplePaper.View(text, Harbour)).Find("aside.read-more");

        Assert.Equal("Related stories", block.GetAttribute("aria-label"));
        Assert.Equal(["Harbour opens again", "Their statement"], block.QuerySelectorAll("ul > li > a").Select(link => link.TextContent));
        Assert.Null(block.QuerySelectorAll("a")[0].GetAttribute("rel"));
        Assert.Equal("noopener", block.QuerySelectorAll("a")[1].GetAttribute("rel"));
    }

    [Fact]
    public void The_byline_names_its_writers_with_their_pages_and_the_credit_line()
    {
        var view = SamplePaper.View(Quoted with { CreditLine = "Reuters" }) with
        {
            Writers = [new Writer { Name = "Ada Quill", Slug = "ada-quill" }, new Writer { Name = "Ben Marsh", Slug = "ben-marsh" }],
        };

        var article = Article(view);

        Assert.Equal("By Ada Quill and Ben Marsh", article.Find(".byline").TextContent);
        Assert.Equal(["/by/ada-quill", "/by/ben-marsh"], article.FindAll(".byline a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Reuters", article.Find(".credit-line").TextContent);
    }

    [Fact]
    public void A_credit_line_can_stand_alone()
    {
        var article = Article(SamplePaper.View(Quoted with { CreditLine = "Reuters" }));

        Assert.Empty(article.FindAll(".byline"));
        Assert.Equal("Reuters", article.Find(".credit-line").TextContent);
    }

    [Fact]
    public void A_story_that_was_not_updated_shows_one_time_with_its_zone()
    {
        var article = Article(SamplePaper.View(Quoted));

        var time = Assert.Single(article.FindAll(".story-times time"));
        Assert.Equal("18 November 2026, 17:45 GMT", time.TextContent);
        Assert.Equal("2026-11-18T17:45:00+00:00", time.GetAttribute("datetime"));
        Assert.DoesNotContain("Updated", article.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_stands_beside_the_first_publication_between_headline_and_text()
    {
        var article = Article(SamplePaper.View(Quoted) with { UpdatedAt = SamplePaper.Evening.AddMinutes(20) });

        Assert.Equal(
            ["First published 18 November 2026, 17:45 GMT", "Updated 18 November 2026, 18:05 GMT"],
            article.FindAll(".story-times > span").Select(span => span.TextContent));
        Assert.True(article.Markup.IndexOf("</h1>", StringComparison.Ordinal) < article.Markup.IndexOf("Updated", StringComparison.Ordinal));
        Assert.True(article.Markup.IndexOf("Updated", StringComparison.Ordinal) < article.Markup.IndexOf("We came", StringComparison.Ordinal));
    }

    [Fact]
    public void A_preview_of_nothing_yet_still_stands()
    {
        var article = Article(SamplePaper.View(new StoryText()));

        Assert.Equal("No headline yet", article.Find("h1").TextContent);
        Assert.Empty(article.Find(".story-body").Children);
    }

    [Fact]
    public void Topics_lead_to_their_pages()
    {
        var article = Article(SamplePaper.View(Quoted) with { Topics = [new Topic { Name = "Harbours", Slug = "harbours" }] });

        Assert.Equal("/topics/harbours", article.Find(".story-topics a").GetAttribute("href"));
    }

    [Fact]
    public void The_pages_linked_data_says_what_the_reader_sees()
    {
        var view = SamplePaper.View(Quoted with { CreditLine = "Reuters", Dateline = "Trieste" }) with
        {
            UpdatedAt = SamplePaper.Evening.AddMinutes(20),
            Writers = [new Writer { Name = "Ada Quill", Slug = "ada-quill" }],
            Topics = [new Topic { Name = "Harbours", Slug = "harbours" }],
        };

        var article = LinkedData(Page(view)).GetProperty("@graph")[0];

        Assert.Equal("ReportageNewsArticle", article.GetProperty("@type").GetString());
        Assert.Equal("2026-11-18T17:45:00+00:00", article.GetProperty("datePublished").GetString());
        Assert.Equal("2026-11-18T18:05:00+00:00", article.GetProperty("dateModified").GetString());
        Assert.Equal("https://paper.example/by/ada-quill", article.GetProperty("author")[0].GetProperty("url").GetString());
        Assert.Equal("Organization", article.GetProperty("author")[1].GetProperty("@type").GetString());
        Assert.Equal("https://paper.example/world/7/envoys-return", article.GetProperty("mainEntityOfPage").GetProperty("@id").GetString());
        Assert.Equal("Trieste", article.GetProperty("dateline").GetString());
        Assert.Equal(8, article.GetProperty("wordCount").GetInt32());
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("“Quotes” & \"quotes\" \\ \u2028 'and' ampersands")]
    public void No_headline_breaks_out_of_the_linked_data(string headline)
    {
        var page = Page(SamplePaper.View(Quoted with { Headline = headline, Standfirst = headline }));

        Assert.Single(page.QuerySelectorAll("script"));
        Assert.Equal(headline, LinkedData(page).GetProperty("@graph")[0].GetProperty("headline").GetString());
        Assert.Equal(headline, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public void The_page_holds_nothing_its_security_policy_would_refuse()
    {
        var page = Page(SamplePaper.View(Quoted, Harbour) with { Related = SamplePaper.Briefs(4) });

        Assert.Empty(page.QuerySelectorAll("[style], style, iframe, script:not([type='application/ld+json'])"));
        Assert.DoesNotContain(page.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
    }

    private IRenderedComponent<StoryArticle> Article(StoryView view) => Render<StoryArticle>(parameters => parameters
        .Add(article => article.View, view)
        .Add(article => article.Clock, SamplePaper.Frame.Clock));

    private IDocument Page(StoryView view) => new HtmlParser().ParseDocument(Render<StoryPage>(parameters => parameters
        .Add(page => page.Frame, SamplePaper.Frame)
        .Add(page => page.View, view)).Markup);

    private static JsonElement LinkedData(IDocument page) =>
        JsonSerializer.Deserialize<JsonElement>(page.QuerySelector("script[type='application/ld+json']")!.TextContent);
}
