using System.Net;
using LondonDefender.Staff;
using LondonDefender.Stories;

namespace LondonDefender.Tests.Stories;

public sealed class UnfinishedTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Theory]
    [InlineData("The bridge cost £TK million.", "Something is still to come: “The bridge cost £TK million.”")]
    [InlineData("TKTK", "Something is still to come: “TKTK”")]
    [InlineData("He took it. [LEGAL: is that proven?] He denies it.", "A question to the lawyer is still open: “He took it. [LEGAL: is that proven?] He denies it.” Take the bracket out once it is answered.")]
    [InlineData("[Legal: may we?] He did.", "A question to the lawyer is still open: “[Legal: may we?] He did.” Take the bracket out once it is answered.")]
    public void What_is_not_done_is_quoted(string copy, string sentence) =>
        Assert.Equal([new Missing("copy", sentence)], Unfinished.In(new StoryText { Copy = copy }));

    [Theory]
    [InlineData("Atk, tk, STKs, TKO and TK421 are words.")]
    [InlineData("“They took [legal] advice” is a bracket, [LEGALLY] another.")]
    public void Words_that_only_look_like_it_are_let_through(string copy) => Assert.Empty(Unfinished.In(new StoryText { Copy = copy }));

    [Fact]
    public void Every_field_that_readers_see_is_looked_at()
    {
        var everywhere = new StoryText
        {
            Headline = "TK",
            Standfirst = "TK",
            Kicker = "TK",
            FrontHeadline = "TK",
            SearchHeadline = "TK",
            ShareHeadline = "TK",
            PictureAlt = "TK",
            PictureCaption = "TK",
            Copy = "TK",
            Backstory = "TK",
        };

        Assert.Equal(10, Unfinished.In(everywhere).Select(missing => missing.Field).Distinct().Count());
    }

    [Fact]
    public async Task It_stops_an_editor_until_it_is_cleared_and_is_said_beside_the_text()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var id = await newsroom.Desk.BeginAsync(null, Edition.Told("The bridge opens", "It cost £TK million. [LEGAL: may we say so?]"));
        var page = await editor.OpenAsync($"/desk/stories/{id}");
        Assert.Contains("Something is still to come", page.QuerySelector(".missing")!.TextContent, StringComparison.Ordinal);

        var refused = await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 1 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("A question to the lawyer is still open", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await newsroom.StoryAsync(id)).PublishedNumber);

        await newsroom.RewriteAsync(id, text => text with { Copy = "It cost £40 million." });
        var done = await editor.CallAsync(HttpMethod.Post, $"/desk/stories/{id}/publish", new { basedOn = 2 });
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }
}
