using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LondonDefender.Copy;
using LondonDefender.Feeds;
using LondonDefender.Paper;
using LondonDefender.Pictures;
using LondonDefender.ReadMore;
using LondonDefender.Tests.Paper;

namespace LondonDefender.Tests.Feeds;

/// <summary>What the three formats make of one feed, without a paper around it.</summary>
public sealed class FeedPrintingTests
{
    private static readonly FeedItem Item = new()
    {
        Id = "https://paper.example/api/stories/7",
        Guid = "paper:story:7",
        Title = "Tide & timber",
        Address = "https://paper.example/world/7/tide-timber",
        Summary = "A sentence.",
        Html = "<p>Text.</p>",
        PublishedAt = SamplePaper.Evening,
        Picture = new("https://paper.example/pictures/ab/1280.jpg", "image/jpeg", 1280, 720, "Ann Other", "A barge at low tide"),
    };

    [Fact]
    public void A_picture_travels_with_its_size_and_credit_in_every_format()
    {
        var rss = Xml(FeedFormat.Rss, Item).Descendants(FeedRules.Media + "content").Single();
        var atom = Xml(FeedFormat.Atom, Item).Descendants(FeedRules.Atom + "link").Single(link => link.Attribute("rel")!.Value == "enclosure");
        var json = JsonDocument.Parse(Text(FeedFormat.Json, Item)).RootElement.GetProperty("items")[0];

        Assert.Equal(("1280", "720", "image"), (rss.Attribute("width")!.Value, rss.Attribute("height")!.Value, rss.Attribute("medium")!.Value));
        Assert.Equal(("Ann Other", "A barge at low tide"), (rss.Element(FeedRules.Media + "credit")!.Value, rss.Element(FeedRules.Media + "description")!.Value));
        Assert.Equal(Item.Picture!.Address, atom.Attribute("href")!.Value);
        Assert.Equal(Item.Picture.Address, json.GetProperty("image").GetString());
    }

    [Fact]
    public void A_picture_is_an_enclosure_only_where_its_length_is_known()
    {
        Assert.Empty(Xml(FeedFormat.Rss, Item).Descendants("enclosure"));

        var enclosure = Xml(FeedFormat.Rss, Item with { Picture = Item.Picture! with { Bytes = 81_234 } }).Descendants("enclosure").Single();

        Assert.Equal(("81234", "image/jpeg"), (enclosure.Attribute("length")!.Value, enclosure.Attribute("type")!.Value));
    }

    [Fact]
    public void An_empty_feed_is_whole_and_the_same_each_time()
    {
        Assert.Empty(FeedRules.OfRss(Text(FeedFormat.Rss)));
        Assert.Empty(FeedRules.OfAtom(Text(FeedFormat.Atom)));
        Assert.Empty(FeedRules.OfJsonFeed(Text(FeedFormat.Json)));
    }

    [Fact]
    public void Every_address_in_a_text_is_whole()
    {
        var copy = CopyText.Read("Words about href=\"/not-an-address\" and [outside](https://a.example/b).", ReadMoreLabels.Default);

        var html = FullText.Of(copy, ReadMoreCards.None, new Dictionary<int, ShownPicture>(), SamplePaper.Frame, "https://paper.example/world/7/a");

        Assert.Contains("href=&quot;/not-an-address&quot;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://a.example/b\"", html, StringComparison.Ordinal);
        Assert.Equal(
            "<img src=\"https://paper.example/pictures/a/1.jpg\" srcset=\"https://paper.example/pictures/a/1.jpg 160w, https://paper.example/pictures/a/2.jpg 320w\"><a href=\"https://paper.example/world/7/a#entry\">",
            FullText.Whole("<img src=\"/pictures/a/1.jpg\" srcset=\"/pictures/a/1.jpg 160w, /pictures/a/2.jpg 320w\"><a href=\"#entry\">", "https://paper.example", "https://paper.example/world/7/a"));
    }

    private static XDocument Xml(FeedFormat format, params FeedItem[] items) => XDocument.Parse(Text(format, items));

    private static string Text(FeedFormat format, params FeedItem[] items) =>
        Encoding.UTF8.GetString(Feed.Of(SamplePaper.Frame, "/world", "World", "", items).Print(format));
}
