using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Wire.MovingIn;

/// <summary>A chief editor moves a paper in from the newsroom's pages.</summary>
public sealed class MovingInPageTests(StaffedNewsroom newsroom) : IClassFixture<StaffedNewsroom>
{
    [Fact]
    public async Task A_file_is_sent_in_looked_through_and_moved_in_with_a_report_of_every_loss()
    {
        await newsroom.Chief.OpenAsync("/desk/moving-in");
        var sent = await SendAsync(await File.ReadAllBytesAsync(HeraldMovedIn.Sample("herald.xml")), new() { ["Form.Section"] = "britain" });
        var dry = await WhenOverAsync(sent);

        Assert.Contains("Dry run", (await newsroom.Chief.OpenAsync("/desk/moving-in")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A shortcode was taken out: [contact-form-7].", dry.Page.QuerySelector(".report")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("it is filed under Britain.", dry.Page.QuerySelector(".report")!.TextContent, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(0, await db.Stories.CountAsync());

        await newsroom.Chief.OpenAsync(dry.Address);
        var real = await WhenOverAsync(await newsroom.Chief.SendFormAsync(dry.Address, new() { ["_handler"] = "begin" }));

        Assert.Contains("3 live", real.Page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(7, await db.Stories.CountAsync());
        Assert.Equal(HttpStatusCode.MovedPermanently, await newsroom.StatusOf("/?p=101"));
        var report = await newsroom.Chief.GetAsync(real.Address + "/report");
        Assert.Equal(("text/plain", "attachment"), (report.Content.Headers.ContentType!.MediaType, report.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("A shortcode was taken out: [contact-form-7].", await report.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Contains(real.Page.QuerySelectorAll("button"), button => button.TextContent == "Ask again for the pictures that did not come");
        await newsroom.Chief.OpenAsync(real.Address);
        var again = await WhenOverAsync(await newsroom.Chief.SendFormAsync(real.Address, new() { ["_handler"] = "go-on" }));
        Assert.Contains("7 here already", again.Page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(7, await db.Stories.CountAsync());
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_in_a_sentence_and_nothing_typed_is_lost()
    {
        await newsroom.Chief.OpenAsync("/desk/moving-in");
        var nothing = await PageOfAsync(await newsroom.Chief.SendFormAsync("/desk/moving-in", new() { ["_handler"] = "look", ["Form.Names"] = "sections:\n  A: B" }));
        Assert.Equal("No file was chosen.", nothing.QuerySelector(".problem")!.TextContent);
        Assert.Equal("sections:\n  A: B", nothing.QuerySelector("#names")!.TextContent.Trim().ReplaceLineEndings("\n"));

        await newsroom.Chief.OpenAsync("/desk/moving-in");
        var wrong = await PageOfAsync(await SendAsync("<rss/>"u8.ToArray(), new() { ["Form.Names"] = "sections: [" }));
        Assert.StartsWith("The list of names cannot be read", wrong.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        // The file is kept, so that only the slip has to be mended.
        Assert.EndsWith("herald.xml", wrong.QuerySelector("#chosen option[selected]")!.TextContent, StringComparison.Ordinal);

        await newsroom.Chief.OpenAsync("/desk/moving-in");
        var broken = await WhenOverAsync(await SendAsync("<rss><channel>"u8.ToArray(), []));
        Assert.Contains("The file is no whole XML", broken.Page.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_can_be_named_that_does_not_lie_in_the_folder()
    {
        await newsroom.Chief.OpenAsync("/desk/moving-in");

        var answer = await PageOfAsync(await newsroom.Chief.SendFormAsync("/desk/moving-in", new() { ["_handler"] = "look", ["Form.Chosen"] = "../../../etc/passwd" }));

        Assert.Equal("No file was chosen.", answer.QuerySelector(".problem")!.TextContent);
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] file, Dictionary<string, string> fields)
    {
        var token = (await newsroom.Chief.OpenAsync("/desk/moving-in")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var form = new MultipartFormDataContent { { new ByteArrayContent(file), "File", "herald.xml" } };
        foreach (var (name, value) in new Dictionary<string, string>(fields) { ["_handler"] = "look", ["__RequestVerificationToken"] = token })
            form.Add(new StringContent(value), name);
        return await newsroom.Chief.SendAsync(new(HttpMethod.Post, "/desk/moving-in") { Content = form });
    }

    /// <summary>The page of an import that was begun, looked at again until it is over.</summary>
    private async Task<(string Address, IDocument Page)> WhenOverAsync(HttpResponseMessage begun)
    {
        Assert.True(begun.StatusCode == HttpStatusCode.Found, await begun.Content.ReadAsStringAsync());
        var address = new Uri(newsroom.Address, begun.Headers.Location!).AbsolutePath;
        while (true)
        {
            var page = await newsroom.Chief.OpenAsync(address);
            if (page.QuerySelector("#run[data-state=over]") is not null)
                return (address, page);
        }
    }

    private static async Task<IDocument> PageOfAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
}
