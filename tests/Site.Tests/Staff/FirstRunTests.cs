using System.Net;
using LondonDefender.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Staff;

public sealed class FirstRunTests : IAsyncLifetime
{
    private readonly Newsroom newsroom = new();

    public ValueTask InitializeAsync() => newsroom.InitializeAsync();

    public ValueTask DisposeAsync() => newsroom.DisposeAsync();

    [Fact]
    public async Task The_first_link_makes_the_chief_editor_and_all_such_links_die()
    {
        var earlier = await LinkAsync();
        var key = await LinkAsync();

        var answer = await JoinAsync(key!, "first-chief");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(Role.ChiefEditor, (await db.Users.SingleAsync()).Role);
        foreach (var dead in new[] { key!, earlier! })
            Assert.Contains("does not work any more", await (await JoinAsync(dead, "second-chief")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await db.Users.CountAsync());
        Assert.Null(await LinkAsync());
    }

    [Fact]
    public async Task Two_first_links_used_at_one_moment_make_one_account()
    {
        var keys = new[] { (await LinkAsync())!, (await LinkAsync())! };

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => JoinAsync(keys[i % 2], $"chief-{i}")));

        await using var db = await newsroom.OpenDbAsync();
        Assert.Equal(1, await db.Users.CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=")]
    [InlineData("?key=guess")]
    [InlineData("?key=%27%20OR%201=1--")]
    public async Task Without_the_key_the_first_run_page_opens_nothing(string query)
    {
        await LinkAsync();

        var page = await newsroom.ReadAsync("/desk/first-run" + query);

        Assert.Empty(page.QuerySelectorAll("input[type=password]"));
    }

    [Fact]
    public async Task There_is_no_account_nobody_made()
    {
        using var door = StaffMember.Stranger(newsroom.Address);

        foreach (var name in new[] { "admin", "root", "editor", "chief" })
            Assert.Equal(HttpStatusCode.OK, (await door.TryPasswordAsync(name, name)).StatusCode);
        await using var db = await newsroom.OpenDbAsync();
        Assert.Empty(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task The_last_chief_editor_stays()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var id = await newsroom.IdOfAsync(chief);
        await using var scope = newsroom.Services.CreateAsyncScope();
        var staff = scope.ServiceProvider.GetRequiredService<StaffDesk>();

        Assert.Contains("needs one chief editor", await staff.ChangeRoleAsync(id, Role.Writer), StringComparison.Ordinal);
        Assert.Contains("needs one chief editor", await staff.SetActiveAsync(id, false), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync("/desk/people")).StatusCode);
    }

    [Fact]
    public async Task Two_chief_editors_who_demote_each_other_leave_one()
    {
        using var one = await newsroom.SignInAsync(Role.ChiefEditor);
        using var other = await newsroom.SignInAsync(Role.ChiefEditor);
        int[] ids = [await newsroom.IdOfAsync(one), await newsroom.IdOfAsync(other)];

        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(ids.Select(async id =>
            {
                await using var scope = newsroom.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<StaffDesk>().ChangeRoleAsync(id, Role.Editor);
            }));

            await using var db = await newsroom.OpenDbAsync();
            Assert.Equal(1, await db.Users.CountAsync(p => p.Role == Role.ChiefEditor));
            await db.Users.ExecuteUpdateAsync(set => set.SetProperty(p => p.Role, Role.ChiefEditor));
        }
    }

    private Task<string?> LinkAsync() => newsroom.Services.GetRequiredService<FirstRun>().NewLinkAsync();

    private async Task<HttpResponseMessage> JoinAsync(string key, string signInName)
    {
        using var door = StaffMember.Stranger(newsroom.Address);
        await door.OpenAsync("/desk/sign-in");
        return await door.SendFormAsync($"/desk/first-run?key={key}", new()
        {
            ["_handler"] = "join", ["Form.Name"] = "The First", ["Form.SignInName"] = signInName, ["Form.Password"] = StaffMember.Password,
        });
    }
}
