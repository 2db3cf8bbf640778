using LondonDefender.Bylines;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;

namespace LondonDefender.Tests.Bylines;

public sealed class WriterPageTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task A_writers_page_says_who_writes_and_how_to_reach_them()
    {
        var editor = await newsroom.SignInAsync(Role.Editor);
        await SaveAsync(editor, "maud@paper.example", " https://www.maud.example/  https://social.example/@maud ");

        var page = await newsroom.ReadAsync("/by/maud-ferrier");

        Assert.Equal(["mailto:maud@paper.example", "https://www.maud.example/", "https://social.example/@maud"],
            page.QuerySelectorAll(".writer-contact a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["maud@paper.example", "maud.example", "social.example/@maud"], page.QuerySelectorAll(".writer-contact a").Select(a => a.TextContent));
        Assert.Contains("\"sameAs\":[\"https://www.maud.example/\",\"https://social.example/@maud\"]", page.QuerySelector("script")!.TextContent.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_that_leads_nowhere_is_refused_and_what_was_typed_is_kept()
    {
        var editor = await newsroom.SignInAsync(Role.Editor);

        var answer = await SaveAsync(editor, "maud@paper.example", "javascript:alert(1)");

        Assert.Contains("not an address that begins with https://", answer, StringComparison.Ordinal);
        Assert.Contains("javascript:alert(1)", answer, StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.DoesNotContain(await db.Writers.Select(w => w.Links).ToListAsync(), links => links.Contains("javascript:alert(1)"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("maud.o'ferrier+desk@news.paper.example", true)]
    [InlineData("maud", false)]
    [InlineData("maud@localhost", false)]
    [InlineData("maud@paper.example?subject=x", false)]
    [InlineData("Maud <maud@paper.example>", false)]
    [InlineData("maud@paper.example,you@paper.example", false)]
    [InlineData("\"><script>\"@paper.example", false)]
    public void An_email_address_is_one_that_can_be_written_to(string email, bool isGood) => Assert.Equal(isGood, WriterContact.WhyNotEmail(email) is null);

    [Theory]
    [InlineData("https://maud.example", true)]
    [InlineData("https://social.example/@maud?tab=2#top", true)]
    [InlineData("http://maud.example", false)]
    [InlineData("https://", false)]
    [InlineData("https://localhost/x", false)]
    [InlineData("https://maud@evil.example", false)]
    [InlineData("//maud.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("https:\\\\maud.example", false)]
    public void A_page_elsewhere_begins_with_https(string link, bool isGood) => Assert.Equal(isGood, WriterContact.WhyNotLinks([link]) is null);

    [Fact]
    public void Links_are_few() => Assert.NotNull(WriterContact.WhyNotLinks([.. Enumerable.Range(0, 7).Select(i => $"https://maud.example/{i}")]));

    private static async Task<string> SaveAsync(StaffMember editor, string email, string links)
    {
        var answer = await editor.SendFormAsync("/desk/writers", new()
        {
            ["_handler"] = "writer-1",
            ["Form.Id"] = "1",
            ["Form.Name"] = "Maud Ferrier",
            ["Form.Role"] = "Chief reporter",
            ["Form.Email"] = email,
            ["Form.Links"] = links,
        });
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
