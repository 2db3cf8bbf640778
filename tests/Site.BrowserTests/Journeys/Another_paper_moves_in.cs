using System.Text.RegularExpressions;
using LondonDefender.BrowserTests.Everybody;
using LondonDefender.Staff;
using Microsoft.Playwright;

namespace LondonDefender.BrowserTests.Journeys;

public sealed class Another_paper_moves_in(ABrowser browser, ThisMorning newsroom) : IClassFixture<ThisMorning>
{
    [Fact]
    public async Task A_chief_editor_sends_an_export_in_reads_what_would_be_lost_and_moves_in()
    {
        await using var chief = await Visitor.SignInAsync(browser, newsroom, Role.ChiefEditor);
        await chief.OpenAsync("/desk/moving-in");
        await chief.Page.GetByLabel("A file: WordPress’s export").SetInputFilesAsync(new FilePayload { Name = "export.xml", MimeType = "text/xml", Buffer = System.Text.Encoding.UTF8.GetBytes(Export) });
        await chief.Page.GetByLabel("Fetch pictures from the old site").UncheckAsync();
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Look through it first" }).ClickAsync();

        await Expect.That(chief.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("2 stories (2 live)");
        await Expect.That(chief.Page.GetByRole(AriaRole.Heading, new() { Name = "The report" })).ToBeVisibleAsync();
        await Inspection.PassesAsync(chief, "a dry run");

        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Move in now" }).ClickAsync();
        await Expect.That(chief.Page.GetByText("What is taken in is here for good")).ToBeVisibleAsync();
        await Expect.That(chief.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("2 stories (2 live)");
        await Expect.That(chief.Page.GetByRole(AriaRole.Button, new() { Name = "Move in now" })).ToHaveCountAsync(0);
        Assert.Empty(chief.Troubles);

        await using var reader = await Visitor.ComeAsync(browser, newsroom);
        await reader.OpenAsync("/2019/05/the-eel-returns/");
        await Expect.That(reader.Page).ToHaveURLAsync(new Regex("/[0-9]+/the-eel-returns$"));
        await reader.Page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link, new() { Name = "Nets are mended" }).ClickAsync();
        await Expect.That(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Nets are mended", Level = 1 })).ToBeVisibleAsync();
    }

    private const string Export = """
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:base_blog_url>https://eels.example</wp:base_blog_url>
        <item><title>The eel returns</title><link>https://eels.example/2019/05/the-eel-returns/</link><content:encoded><![CDATA[<!-- wp:paragraph --><p>It came at night.</p><!-- /wp:paragraph --><p>Read more: <a href="https://eels.example/?p=2">Nets are mended</a></p><script></script>]]></content:encoded>
          <wp:post_id>1</wp:post_id><wp:post_name>the-eel-returns</wp:post_name><wp:status>publish</wp:status><wp:post_date_gmt>2019-05-01 10:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type></item>
        <item><title>Nets are mended</title><link>https://eels.example/2019/06/nets/</link><content:encoded><![CDATA[<p>By hand.</p>]]></content:encoded>
          <wp:post_id>2</wp:post_id><wp:post_name>nets</wp:post_name><wp:status>publish</wp:status><wp:post_date_gmt>2019-06-01 10:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type></item>
        </channel></rss>
        """;
}
