using System.Net;
using AngleSharp.Dom;
using LondonDefender.Staff;

namespace LondonDefender.Tests.Staff;

public sealed class VisitsTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Page = "/desk/own-sign-in";

    [Fact]
    public async Task One_browser_is_signed_out_from_another()
    {
        using var here = await newsroom.SignInAsync(Role.Editor);
        using var second = await StaffMember.SignInAsync(newsroom.Address, here.Name);
        using var third = await StaffMember.SignInAsync(newsroom.Address, here.Name);
        var others = (await here.OpenAsync(Page)).QuerySelectorAll(".visits li").Where(visit => visit.QuerySelector("button") is not null).ToList();
        Assert.Equal(2, others.Count);

        await here.SendFormAsync(Page, End(others[^1]));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Found], new[] { await StatusAsync(second), await StatusAsync(third) }.Order());
        Assert.Equal(2, (await here.OpenAsync(Page)).QuerySelectorAll(".visits li").Length);
    }

    [Fact]
    public async Task Nobody_ends_somebody_elses_visit()
    {
        using var victim = await newsroom.SignInAsync(Role.Editor);
        using var second = await StaffMember.SignInAsync(newsroom.Address, victim.Name);
        using var other = await newsroom.SignInAsync(Role.ChiefEditor);
        var theirs = (await victim.OpenAsync(Page)).QuerySelectorAll(".visits li").First(visit => visit.QuerySelector("button") is not null);
        using var others = await StaffMember.SignInAsync(newsroom.Address, other.Name);
        var form = End((await other.OpenAsync(Page)).QuerySelectorAll(".visits li").First(visit => visit.QuerySelector("button") is not null));
        form["Remove.Id"] = End(theirs)["Remove.Id"];

        await other.SendFormAsync(Page, form);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(others));
    }

    [Fact]
    public async Task A_visit_is_over_with_signing_out_even_for_whoever_kept_the_cookie()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await editor.OpenAsync("/desk");
        var cookie = editor.Cookie("newsroom");
        await editor.SendFormAsync("/desk/sign-out", []);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/links");
        request.Headers.Add("Cookie", $"newsroom={cookie}");

        Assert.Equal(HttpStatusCode.Found, (await newsroom.Reader.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_list_of_visits_forgets_those_that_ended_by_themselves()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        using var elsewhere = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        await editor.OpenAsync(Page);

        await editor.SendFormAsync(Page, new() { ["_handler"] = "elsewhere" });

        Assert.Single((await editor.OpenAsync(Page)).QuerySelectorAll(".visits li"));
    }

    [Fact]
    public async Task The_chief_editor_sees_who_is_signed_in_and_ends_it()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var id = await newsroom.IdOfAsync(editor);
        await chief.OpenAsync("/desk/people");

        await chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"sign-out-{id}", ["Change.Id"] = $"{id}" });

        Assert.Equal(HttpStatusCode.Found, await StatusAsync(editor));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(chief));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData(null, "A browser")]
    public void A_browser_is_named_as_its_owner_would(string? userAgent, string name) => Assert.Equal(name, BrowserName.Of(userAgent));

    private static Dictionary<string, string> End(IElement visit) => new()
    {
        ["_handler"] = visit.QuerySelector("input[name=_handler]")!.GetAttribute("value")!,
        ["Remove.Id"] = visit.QuerySelector("input[name='Remove.Id']")!.GetAttribute("value")!,
    };

    private static async Task<HttpStatusCode> StatusAsync(StaffMember member) => (await member.GetAsync("/desk/links")).StatusCode;
}
