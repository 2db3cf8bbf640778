using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace LondonDefender.Tests.Feeds;

public sealed class OEmbedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_story_is_embedded_as_a_quotation_with_a_link()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Tide <turns> & \"stays\"", "T.") with { WriterIds = [Edition.Maud], Standfirst = "What <b>happened</b>." });
        var discovery = (await newsroom.ReadStoryAsync(id)).QuerySelector("link[type='application/json+oembed']")!.GetAttribute("href")!;

        var answer = await newsroom.Reader.GetAsync(discovery);
        var embedded = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("1.0", "rich", "Tide <turns> & \"stays\""), (Said(embedded, "version"), Said(embedded, "type"), Said(embedded, "title")));
        Assert.Equal(("Maud Ferrier", $"{newsroom.Address}by/maud-ferrier", "London Defender", $"{newsroom.Address}"), (Said(embedded, "author_name"), Said(embedded, "author_url"), Said(embedded, "provider_name"), Said(embedded, "provider_url")));
        Assert.True(embedded.GetProperty("width").GetInt32() > 0 && embedded.GetProperty("height").GetInt32() > 0);
        var body = new HtmlParser().ParseDocument(Said(embedded, "html")!).Body!;
        var link = Assert.Single(body.QuerySelectorAll("a"));
        Assert.Equal(($"{newsroom.Address}world/{id}/tide-turns-stays", "Tide <turns> & \"stays\""), (link.GetAttribute("href"), link.TextContent));
        Assert.Equal("BLOCKQUOTE", Assert.Single(body.Children).TagName);
        Assert.All(body.QuerySelectorAll("*"), e => Assert.Contains(e.LocalName, new[] { "blockquote", "p", "a" }));
    }

    [Fact]
    public async Task It_comes_as_xml_too()
    {
        var id = await newsroom.PublishAsync(Edition.Told("Embedded & marked up", "E."));
        var discovery = (await newsroom.ReadStoryAsync(id)).QuerySelector("link[type='text/xml+oembed']")!.GetAttribute("href")!;

        var answer = await newsroom.Reader.GetAsync(discovery);
        var embedded = XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!;

        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(("oembed", "1.0", "Embedded & marked up"), (embedded.Name.LocalName, embedded.Element("version")!.Value, embedded.Element("title")!.Value));
        Assert.StartsWith("<blockquote", embedded.Element("html")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&maxwidth=400", "rich", 400)]
    [InlineData("&maxwidth=4000", "rich", 600)]
    [InlineData("&maxwidth=100", "link", null)]
    [InlineData("&maxheight=40", "link", null)]
    public async Task It_keeps_within_the_space_it_is_given(string space, string type, int? width)
    {
        var id = await newsroom.PublishAsync(Edition.Told("Given a space " + space.Length, "S."));

        var embedded = await AskAsync($"{newsroom.Address}world/{id}/x", space);

        Assert.Equal(type, Said(embedded, "type"));
        Assert.Equal(width, embedded.TryGetProperty("width", out var said) ? said.GetInt32() : null);
        Assert.Equal(type == "rich", embedded.TryGetProperty("html", out _));
    }

    [Fact]
    public async Task Only_live_stories_of_our_own_are_embedded()
    {
        var live = await newsroom.PublishAsync(Edition.Told("Embedded alive", "A."));
        var due = await newsroom.PublishAsync(Edition.Told("Embedded later", "L."), newsroom.Clock.GetUtcNow().AddDays(1));
        var gone = await newsroom.PublishAsync(Edition.Told("Embedded once", "O."));
        await newsroom.Desk.WithdrawAsync(gone);
        var own = newsroom.Address.OriginalString.TrimEnd('/');

        foreach (var (address, expected) in new[]
        {
            ($"{own}/world/{live}/embedded-alive", HttpStatusCode.OK), ($"{own}/world/{live}/another-slug?x=1#y", HttpStatusCode.OK), ($"{own}/world/{live}", HttpStatusCode.OK),
            ($"{own}/world/{due}/embedded-later", HttpStatusCode.NotFound), ($"{own}/world/{gone}/embedded-once", HttpStatusCode.NotFound),
            ($"https://elsewhere.example/world/{live}/embedded-alive", HttpStatusCode.NotFound), ($"{own}/desk/{live}", HttpStatusCode.NotFound), ($"{own}/world", HttpStatusCode.NotFound),
            ($"{own}/", HttpStatusCode.NotFound), ("javascript:alert(1)", HttpStatusCode.NotFound), ("not an address", HttpStatusCode.NotFound), ($"/world/{live}/embedded-alive", HttpStatusCode.NotFound), ("", HttpStatusCode.BadRequest),
        })
            Assert.Equal((address, expected), (address, await newsroom.StatusOf("/oembed?url=" + Uri.EscapeDataString(address))));
    }

    [Theory]
    [InlineData("format=yaml", HttpStatusCode.NotImplemented)]
    [InlineData("format=JSON", HttpStatusCode.NotImplemented)]
    [InlineData("maxwidth=wide", HttpStatusCode.BadRequest)]
    [InlineData("maxwidth=0", HttpStatusCode.BadRequest)]
    [InlineData("maxheight=-1", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_answered_is_said(string asked, HttpStatusCode expected)
    {
        var answer = await newsroom.Reader.GetAsync($"/oembed?url={newsroom.Address}world/1/a&{asked}");

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private async Task<JsonElement> AskAsync(string address, string more) =>
        JsonDocument.Parse(await newsroom.Reader.GetStringAsync($"/oembed?url={Uri.EscapeDataString(address)}{more}")).RootElement;

    private static string? Said(JsonElement embedded, string name) => embedded.GetProperty(name).GetString();
}
