using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Staff;

public sealed partial class StaffTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    [Fact]
    public async Task An_invitation_makes_one_account_and_is_dead_afterwards()
    {
        var key = await InviteAsync(Role.Editor);
        var page = await DoorAsync().OpenAsync($"/desk/invitation?key={key}");
        Assert.Contains("editor", page.QuerySelector(".desk-door")!.TextContent, StringComparison.Ordinal);

        var first = await JoinAsync(key, "ada-quay");
        var second = await JoinAsync(key, "ada-again");

        Assert.Equal("/desk/my-day", first.Headers.Location?.AbsolutePath);
        Assert.Contains("does not work any more", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(Role.Editor, await db.Users.Where(p => p.UserName == "ada-quay").Select(p => p.Role).SingleAsync());
        Assert.False(await db.Users.AnyAsync(p => p.UserName == "ada-again"));
        using var ada = await StaffMember.SignInAsync(newsroom.Address, "ada-quay");
        Assert.True(ada.SignedIn);
    }

    [Fact]
    public async Task Two_who_opened_one_invitation_get_one_account()
    {
        var key = await InviteAsync(Role.Writer);
        await using var one = newsroom.Services.CreateAsyncScope();
        await using var other = newsroom.Services.CreateAsyncScope();
        var (early, late) = (one.ServiceProvider.GetRequiredService<StaffDesk>(), other.ServiceProvider.GetRequiredService<StaffDesk>());
        Assert.NotNull(await early.FindInvitationAsync(key));
        Assert.NotNull(await late.FindInvitationAsync(key));

        Assert.NotNull((await early.AcceptAsync(key, "early-bird", "Early", StaffMember.Password)).Person);
        var refused = await late.AcceptAsync(key, "late-bird", "Late", StaffMember.Password);

        Assert.Null(refused.Person);
        Assert.Contains("used already", refused.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_uses_of_one_link_at_one_moment_make_one_account()
    {
        var key = await InviteAsync(Role.Writer);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => JoinAsync(key, $"crowd-{i}")));

        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(1, await db.Users.CountAsync(p => p.UserName!.StartsWith("crowd-")));
    }

    [Fact]
    public async Task An_invitation_runs_out_after_seven_days()
    {
        var key = await InviteAsync(Role.Writer);

        newsroom.Clock.MoveBy(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.NotEmpty((await DoorAsync().OpenAsync($"/desk/invitation?key={key}")).QuerySelectorAll("form input[type=password]"));

        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        Assert.Empty((await DoorAsync().OpenAsync($"/desk/invitation?key={key}")).QuerySelectorAll("form input[type=password]"));
        Assert.Contains("does not work any more", await (await JoinAsync(key, "too-late")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_taken_back_opens_nothing()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var invite = await chief.OpenAsync("/desk/people");
        var answer = await chief.SendFormAsync("/desk/people", new() { ["_handler"] = "invite", ["Invite.Name"] = "Tom Wend", ["Invite.Role"] = "Writer" });
        var link = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector(".link-to-copy")!.GetAttribute("value")!;
        var key = link.Split("key=")[1];
        Assert.NotNull(invite);
        Assert.NotEmpty((await DoorAsync().OpenAsync($"/desk/invitation?key={key}")).QuerySelectorAll("form input[type=password]"));

        var people = await chief.OpenAsync("/desk/people");
        var form = people.QuerySelectorAll("form").Single(f => f.TextContent.Contains("the invitation of Tom Wend", StringComparison.Ordinal));
        await chief.SendFormAsync("/desk/people", form.QuerySelectorAll("input[type=hidden]").Where(i => i.GetAttribute("name") != "__RequestVerificationToken")
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!));

        Assert.Empty((await DoorAsync().OpenAsync($"/desk/invitation?key={key}")).QuerySelectorAll("form input[type=password]"));
    }

    [Theory]
    [InlineData("", "A Name", StaffMember.Password, "letters, digits")]
    [InlineData("with space", "A Name", StaffMember.Password, "letters, digits")]
    [InlineData("short-password", "A Name", "elevenchars", "at least 12 characters")]
    [InlineData("same-password", "A Name", "aaaaaaaaaaaaaa", "five different")]
    [InlineData("nameless", "  ", StaffMember.Password, "Say your name")]
    public async Task What_is_wrong_with_an_account_is_said_and_the_link_stays_good(string signInName, string name, string password, string sentence)
    {
        var key = await InviteAsync(Role.Writer);

        var answer = await JoinAsync(key, signInName, name, password);

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Contains(sentence, page.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty((await DoorAsync().OpenAsync($"/desk/invitation?key={key}")).QuerySelectorAll("form input[type=password]"));
    }

    [Fact]
    public async Task A_name_to_sign_in_with_that_is_far_too_long_is_a_problem_and_not_an_error()
    {
        var key = await InviteAsync(Role.Writer);

        var answer = await JoinAsync(key, new string('n', 300));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelectorAll(".problem"));
    }

    [Fact]
    public async Task A_name_taken_is_told_whatever_its_case()
    {
        await JoinAsync(await InviteAsync(Role.Writer), "Taken.Name");

        var answer = await JoinAsync(await InviteAsync(Role.Writer), "taken.NAME");

        Assert.Contains("choose another", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_and_passwords_are_kept_as_hashes_only()
    {
        var key = await InviteAsync(Role.Writer);
        await JoinAsync(key, "hash-only");

        await using var db = await newsroom.OpenDbAsync();
        Assert.DoesNotContain(key, await db.Invitations.Select(i => i.KeyHash).ToListAsync());
        Assert.DoesNotContain(StaffMember.Password, await db.Users.Where(p => p.UserName == "hash-only").Select(p => p.PasswordHash).SingleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_learns_from_the_door_which_names_exist()
    {
        using var known = await newsroom.SignInAsync(Role.Writer);
        using var left = await newsroom.SignInAsync(Role.Writer);
        await ShutOutAsync(left);
        using var locked = await newsroom.SignInAsync(Role.Writer);
        for (var i = 0; i < 6; i++)
            await DoorAsync().TryPasswordAsync(locked.Name, "wrong every time");

        var unknown = await RefusalAsync("nobody-of-this-name", "any password at all");

        Assert.Equal(HttpStatusCode.OK, unknown.Status);
        Assert.Contains("do not fit together", unknown.Body, StringComparison.Ordinal);
        Assert.Equal(unknown, await RefusalAsync(known.Name, "not the password"));
        Assert.Equal(unknown, await RefusalAsync(left.Name, StaffMember.Password));
        Assert.Equal(unknown, await RefusalAsync(locked.Name, StaffMember.Password));
        Assert.Equal(unknown, await RefusalAsync(known.Name, ""));
    }

    [Fact]
    public async Task A_name_is_locked_after_five_wrong_tries_and_not_before()
    {
        using var member = await newsroom.SignInAsync(Role.Writer);

        for (var i = 0; i < 4; i++)
            await DoorAsync().TryPasswordAsync(member.Name, "wrong");
        Assert.Equal(HttpStatusCode.Found, (await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password)).StatusCode);

        for (var i = 0; i < 5; i++)
            await DoorAsync().TryPasswordAsync(member.Name, "wrong");
        Assert.Equal(HttpStatusCode.OK, (await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password)).StatusCode);
    }

    [Theory]
    [InlineData(9, HttpStatusCode.OK)]
    [InlineData(10, HttpStatusCode.Found)]
    public async Task A_lock_lasts_ten_minutes(int minutes, HttpStatusCode answer)
    {
        using var member = await newsroom.SignInAsync(Role.Writer);
        for (var i = 0; i < 5; i++)
            await DoorAsync().TryPasswordAsync(member.Name, "wrong");

        // Identity looks at the machine's clock, which no test can move; so the lock is moved instead.
        await using var db = await newsroom.OpenDbAsync();
        await db.Users.Where(p => p.UserName == member.Name).ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, p => p.LockoutEnd!.Value.AddMinutes(-minutes)));

        Assert.Equal(answer, (await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password)).StatusCode);
    }

    [Theory]
    [InlineData("/desk/links?a=b", "/desk/links?a=b")]
    [InlineData("/desk?words=x", "/desk?words=x")]
    [InlineData("//evil.example/desk", "/desk/my-day")]
    [InlineData("https://evil.example/desk", "/desk/my-day")]
    [InlineData("/desk\\@evil.example", "/desk/my-day")]
    [InlineData("\\/evil.example", "/desk/my-day")]
    [InlineData("/deskevil", "/desk/my-day")]
    [InlineData("/desk/\r\nSet-Cookie: a=b", "/desk/my-day")]
    [InlineData("javascript:alert(1)", "/desk/my-day")]
    [InlineData("", "/desk/my-day")]
    [InlineData("/desk", "/desk/my-day")]
    public async Task Signing_in_leads_back_into_the_newsroom_and_nowhere_else(string to, string place)
    {
        var name = await ReturnerAsync();

        var answer = await DoorAsync().TryPasswordAsync(name, StaffMember.Password, $"/desk/sign-in?to={Uri.EscapeDataString(to)}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(new Uri(newsroom.Address, place), new Uri(newsroom.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task A_page_that_stood_open_too_long_says_so()
    {
        using var member = await newsroom.SignInAsync(Role.ChiefEditor);

        var noSuchForm = await member.SendFormAsync("/desk/people", new() { ["_handler"] = "take-back-999" });
        var noToken = await member.SendAsync(new(HttpMethod.Post, "/desk/people") { Content = new FormUrlEncodedContent([new("_handler", "invite")]) });

        foreach (var answer in new[] { noSuchForm, noToken })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("reload it, and try again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_role_is_noticed_at_the_next_request()
    {
        using var member = await newsroom.SignInAsync(Role.Editor);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/desk/fronts")).StatusCode);

        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        await AsStaffDeskAsync(async staff => Assert.Null(await staff.ChangeRoleAsync(await newsroom.IdOfAsync(member), Role.Writer)));
        var demoted = await member.GetAsync("/desk/fronts");

        Assert.Equal("/desk/sign-in", demoted.Headers.Location?.AbsolutePath);
        using var again = await StaffMember.SignInAsync(newsroom.Address, member.Name);
        Assert.Equal("/desk/not-allowed", (await again.GetAsync("/desk/fronts")).Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task Somebody_shut_out_is_out_at_the_next_request_and_cannot_come_back()
    {
        using var member = await newsroom.SignInAsync(Role.Editor);

        await ShutOutAsync(member);

        Assert.Equal("/desk/sign-in", (await member.GetAsync("/desk")).Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.CallAsync(HttpMethod.Put, "/desk/stories/1", new { basedOn = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password)).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_kept_from_before_does_not_open_again_when_somebody_is_let_back_in()
    {
        using var member = await newsroom.SignInAsync(Role.Editor);
        await ShutOutAsync(member);
        await AsStaffDeskAsync(async staff => Assert.Null(await staff.SetActiveAsync(await newsroom.IdOfAsync(member), true)));

        Assert.Equal("/desk/sign-in", (await member.GetAsync("/desk")).Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.Found, (await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_needs_the_form_token_and_ends_the_sign_in()
    {
        using var member = await newsroom.SignInAsync(Role.Writer);

        var forged = await member.SendAsync(new(HttpMethod.Post, "/desk/sign-out"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await member.GetAsync("/desk")).StatusCode);

        await member.SendFormAsync("/desk/sign-out", []);
        Assert.Equal("/desk/sign-in", (await member.GetAsync("/desk")).Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync("/desk/sign-out")).StatusCode);
    }

    [Fact]
    public async Task The_sign_in_cookie_is_out_of_reach_of_script_and_of_readers_pages()
    {
        using var member = await newsroom.SignInAsync(Role.Writer);

        var answer = await DoorAsync().TryPasswordAsync(member.Name, StaffMember.Password);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("newsroom=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/desk", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"x\"")]
    [InlineData("application/x-www-form-urlencoded; charset=no-such-charset")]
    public async Task A_form_that_makes_no_sense_is_refused_and_not_an_error(string contentType)
    {
        using var content = new ByteArrayContent("nonsense"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await newsroom.Reader.PostAsync("/desk/sign-in", content);

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Fact]
    public async Task A_form_with_thousands_of_fields_is_refused_and_not_an_error()
    {
        using var content = new FormUrlEncodedContent(Enumerable.Range(0, 5_000).Select(i => new KeyValuePair<string, string>($"f{i}", "x")));

        Assert.InRange((int)(await newsroom.Reader.PostAsync("/desk/sign-in", content)).StatusCode, 200, 499);
    }

    private async Task<string> ReturnerAsync()
    {
        await using var db = await newsroom.OpenDbAsync();
        if (!await db.Users.AnyAsync(p => p.UserName == "returner"))
            Assert.Equal(HttpStatusCode.Found, (await JoinAsync(await InviteAsync(Role.Editor), "returner")).StatusCode);
        return "returner";
    }

    private StaffMember DoorAsync() => StaffMember.Stranger(newsroom.Address);

    private async Task<HttpResponseMessage> JoinAsync(string key, string signInName, string name = "Ada Quay", string password = StaffMember.Password)
    {
        using var door = DoorAsync();
        await door.OpenAsync("/desk/sign-in");
        return await door.SendFormAsync($"/desk/invitation?key={key}", new()
        {
            ["_handler"] = "join",
            ["Form.Name"] = name,
            ["Form.SignInName"] = signInName,
            ["Form.Password"] = password,
        });
    }

    private async Task<(HttpStatusCode Status, string Body)> RefusalAsync(string name, string password)
    {
        var answer = await DoorAsync().TryPasswordAsync(name, password);
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, FormToken().Replace(body, "").Replace(name, "NAME", StringComparison.Ordinal));
    }

    private async Task<string> InviteAsync(Role role)
    {
        var key = "";
        await AsStaffDeskAsync(async staff => key = await staff.InviteAsync("Ada Quay", role));
        return key;
    }

    private async Task ShutOutAsync(StaffMember member)
    {
        // Sign-ins are looked at again once time has passed at all, and the clock of a test stands still.
        newsroom.Clock.MoveBy(TimeSpan.FromSeconds(1));
        await AsStaffDeskAsync(async staff => Assert.Null(await staff.SetActiveAsync(await newsroom.IdOfAsync(member), false)));
    }

    private async Task AsStaffDeskAsync(Func<StaffDesk, Task> act)
    {
        await using var scope = newsroom.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<StaffDesk>());
    }

    [GeneratedRegex("""<input type="hidden" name="__RequestVerificationToken"[^>]*>""")]
    private static partial Regex FormToken();
}
