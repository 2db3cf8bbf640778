using System.Net;

namespace LondonDefender.BrowserTests;

/// <summary>What pages are made with comes along: without it every other test here would look at a bare page and might not notice.</summary>
public sealed class ServedWholeTests(ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Theory]
    [InlineData("/css/tokens.css", "text/css")]
    [InlineData("/css/copy.css", "text/css")]
    [InlineData("/css/paper.css", "text/css")]
    [InlineData("/css/desk.css", "text/css")]
    [InlineData("/fonts/newsreader-latin-wght-normal.woff2", "font/woff2")]
    [InlineData("/icons/paper.svg", "image/svg+xml")]
    [InlineData("/desk-script/edit-story.js", "text/javascript")]
    public async Task What_pages_are_made_with_is_served(string address, string type)
    {
        var answer = await newsroom.Reader.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }
}
