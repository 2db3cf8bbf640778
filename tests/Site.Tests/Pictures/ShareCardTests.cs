using System.Net;
using System.Xml.Linq;
using AngleSharp.Dom;
using LondonDefender.Pictures;

namespace LondonDefender.Tests.Pictures;

/// <summary>The picture that stands for a story where a link to it is shown.</summary>
public sealed class ShareCardTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_story_without_a_picture_is_shown_by_its_words()
    {
        Vips.IsNeeded();
        var id = await newsroom.PublishAsync(Edition.BridgeOpens);
        var page = await newsroom.ReadStoryAsync(id);

        var image = new Uri(Meta(page, "og:image")!);
        var answer = await newsroom.Reader.GetAsync(image);

        Assert.StartsWith($"/pictures/share/{id}/", image.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal((1200, 630), await Vips.SizeAsync(await answer.Content.ReadAsByteArrayAsync()));
        Assert.Equal(("1200", "630"), (Meta(page, "og:image:width"), Meta(page, "og:image:height")));
        Assert.Equal(Edition.BridgeOpens.Headline, Meta(page, "og:image:alt"));
        Assert.Equal("summary_large_image", page.QuerySelector("meta[name='twitter:card']")?.GetAttribute("content"));
    }

    [Fact]
    public async Task A_new_headline_has_a_new_address_and_a_story_not_live_has_none()
    {
        Vips.IsNeeded();
        var id = await newsroom.PublishAsync(Edition.FerryCloses);
        var before = new Uri(Meta(await newsroom.ReadStoryAsync(id), "og:image")!).AbsolutePath;

        await newsroom.RepublishAsync(id, text => text with { ShareHeadline = "The quay falls silent" });
        var after = new Uri(Meta(await newsroom.ReadStoryAsync(id), "og:image")!).AbsolutePath;

        Assert.NotEqual(before, after);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(before));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(after));
        await newsroom.Desk.WithdrawAsync(id);
        Assert.Equal(HttpStatusCode.NotFound, await newsroom.StatusOf(after));
    }

    [Fact]
    public async Task A_story_with_a_picture_is_shown_by_it()
    {
        Vips.IsNeeded();
        var picture = await newsroom.TakeInAsync(await Vips.PhotoAsync("photo.jpg", 800, 600));
        var id = await newsroom.PublishAsync(Edition.MarketOpens with { PictureId = picture.Id, PictureAlt = "Stalls under lamps" });

        var page = await newsroom.ReadStoryAsync(id);

        Assert.EndsWith($"/pictures/{picture.AddressHash}/share/1200.jpg", Meta(page, "og:image"), StringComparison.Ordinal);
        Assert.Equal("Stalls under lamps", Meta(page, "og:image:alt"));
        Assert.Equal(HttpStatusCode.OK, await newsroom.StatusOf(new Uri(Meta(page, "og:image")!).AbsolutePath));
    }

    [Theory]
    [InlineData("No")]
    [InlineData("Bridge over the Wend opens at last")]
    [InlineData("<script>&\"'</script> & <image href='file:///etc/passwd'/> in a headline")]
    [InlineData("The committee that was to inquire into the inquiry of the committee has, after eleven months and four chairmen, adjourned to consider whether it was ever properly constituted, and if so by whom, and for what purpose, a spokesman for the committee of the committee said on Tuesday evening, shortly before the lights of the building went out")]
    [InlineData("LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochLlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch")]
    [InlineData("Ünïcödé „quoted“ — Größe, naïveté, Čeština, Ελληνικά и русский")]
    public void Any_headline_fits_in_at_most_five_lines_and_stays_words(string headline)
    {
        var card = XDocument.Parse(ShareCard.Of("London Defender", "World", headline).Svg);

        var lines = card.Descendants().Where(e => e.Name.LocalName == "text").Skip(2).ToList();
        Assert.InRange(lines.Count, 1, 5);
        Assert.All(lines, line => Assert.InRange(double.Parse(line.Attribute("y")!.Value, System.Globalization.CultureInfo.InvariantCulture), 200, 610));
        Assert.DoesNotContain(card.Descendants(), e => e.Name.LocalName is not ("svg" or "rect" or "text"));
        Assert.StartsWith(string.Concat(lines.Select(line => line.Value)).TrimEnd('…').Replace(" ", "", StringComparison.Ordinal), headline.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string? Meta(IDocument page, string property) => page.QuerySelector($"meta[property='{property}']")?.GetAttribute("content");
}
