using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using LondonDefender.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Staff;

public sealed class OwnSignInTests(Newsroom newsroom) : IClassFixture<Newsroom>
{
    private const string Page = "/desk/own-sign-in";

    [Fact]
    public async Task With_a_second_step_the_password_alone_opens_nothing()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var key = await BeginSecondStepAsync(editor);

        using var elsewhere = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        Assert.Contains("The number on your telephone", (await elsewhere.OpenAsync("/desk/sign-in/number?to=/desk/links")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.GetAsync("/desk/links")).StatusCode);

        var wrong = await SendNumberAsync(elsewhere, Number(key, stepsAgo: 20));
        Assert.Contains("not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var right = await SendNumberAsync(elsewhere, Number(key));

        Assert.Equal("/desk/links", right.Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await BeginSecondStepAsync(editor);
        var codes = await NewCodesAsync(editor);
        Assert.Equal(10, codes.Distinct().Count());

        using var first = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        Assert.Equal(HttpStatusCode.Found, (await SendNumberAsync(first, codes[3])).StatusCode);
        using var second = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        Assert.Equal(HttpStatusCode.OK, (await SendNumberAsync(second, codes[3])).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/desk/links")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await second.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task Guessing_numbers_locks_the_name()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var key = await BeginSecondStepAsync(editor);
        using var guesser = await StaffMember.SignInAsync(newsroom.Address, editor.Name);

        for (var guess = 0; guess < 5; guess++)
            await SendNumberAsync(guesser, Number(key, stepsAgo: 20 + guess));

        Assert.Equal(HttpStatusCode.OK, (await SendNumberAsync(guesser, Number(key))).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await guesser.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task Whoever_takes_longer_than_five_minutes_over_the_number_begins_again()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var key = await BeginSecondStepAsync(editor);
        using var slow = await StaffMember.SignInAsync(newsroom.Address, editor.Name);

        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        Assert.Contains("It took too long", await (await SendNumberAsync(slow, Number(key))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await slow.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task A_known_computer_is_not_asked_again_until_all_others_are_signed_out()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        var key = await BeginSecondStepAsync(editor);
        using var computer = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        await SendNumberAsync(computer, Number(key), isKnownComputer: true);
        await computer.SendFormAsync("/desk/sign-out", []);

        Assert.Equal("/desk/my-day", (await computer.TryPasswordAsync(editor.Name, StaffMember.Password)).Headers.Location?.AbsolutePath);

        await editor.OpenAsync(Page);
        await editor.SendFormAsync(Page, new() { ["_handler"] = "elsewhere" });
        Assert.Equal(HttpStatusCode.Found, (await computer.GetAsync("/desk/links")).StatusCode);
        Assert.Equal("/desk/sign-in/number", (await computer.TryPasswordAsync(editor.Name, StaffMember.Password)).Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task A_second_step_that_was_given_up_is_not_asked_for()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await BeginSecondStepAsync(editor);

        await editor.SendFormAsync(Page, new() { ["_handler"] = "end" });

        using var elsewhere = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/desk/links")).StatusCode);
    }

    [Fact]
    public async Task A_new_password_signs_out_everywhere_else()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        using var telephone = await StaffMember.SignInAsync(newsroom.Address, editor.Name);
        await editor.OpenAsync(Page);

        var wrong = await ChangePasswordAsync(editor, "not my password at all", "a brand new sentence");
        var shortOne = await ChangePasswordAsync(editor, StaffMember.Password, "too short");
        var right = await ChangePasswordAsync(editor, StaffMember.Password, "a brand new sentence");

        Assert.Equal(["That is not your present password.", "The password needs at least 12 characters. A short sentence is good.", "The password is changed. Wherever else you were signed in, you are not any more."],
            new[] { wrong, shortOne, right });
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync("/desk/links")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await telephone.GetAsync("/desk/links")).StatusCode);
        using var again = await StaffMember.SignInAsync(newsroom.Address, editor.Name, "a brand new sentence");
        Assert.True(again.SignedIn);
    }

    [Fact]
    public async Task Whoever_lost_password_and_telephone_comes_back_by_a_link_of_the_chief_editor()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await BeginSecondStepAsync(editor);
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        var link = await WayBackAsync(chief, editor);
        using var stranger = StaffMember.Stranger(newsroom.Address);

        var page = await stranger.OpenAsync(link);
        Assert.Contains("Welcome back", page.Body!.TextContent, StringComparison.Ordinal);
        var refused = await stranger.SendFormAsync(link, new() { ["_handler"] = "join", ["Form.Password"] = "short" });
        Assert.Contains("at least 12", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var back = await stranger.SendFormAsync(link, new() { ["_handler"] = "join", ["Form.Password"] = "back with a new sentence" });

        Assert.Equal("/desk/my-day", back.Headers.Location?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/desk/links")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await editor.GetAsync("/desk/links")).StatusCode);
        using var anew = await StaffMember.SignInAsync(newsroom.Address, editor.Name, "back with a new sentence");
        Assert.Equal(HttpStatusCode.OK, (await anew.GetAsync("/desk/links")).StatusCode);
        Assert.Contains("does not work any more", (await StaffMember.Stranger(newsroom.Address).OpenAsync(link)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_chief_editor_gives_a_way_back()
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        using var other = await newsroom.SignInAsync(Role.Writer);

        var answer = await editor.SendFormAsync("/desk/people", new() { ["_handler"] = $"way-back-{await newsroom.IdOfAsync(other)}", ["Change.Id"] = $"{await newsroom.IdOfAsync(other)}" });

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/desk")).StatusCode);
    }

    [Theory]
    [InlineData("/desk/sign-in/passkey", "{}")]
    [InlineData("/desk/sign-in/passkey", """{"credential":"not json"}""")]
    [InlineData("/desk/own-sign-in/passkey", """{"name":"x","credential":"{\"id\":1}"}""")]
    public async Task A_passkey_that_makes_no_sense_opens_nothing_and_is_not_an_error(string address, string body)
    {
        using var editor = await newsroom.SignInAsync(Role.Editor);
        await editor.OpenAsync(Page);

        var answer = await editor.CallAsync(HttpMethod.Post, address, new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("passkey", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> BeginSecondStepAsync(StaffMember member)
    {
        await member.OpenAsync(Page);
        var prepared = Read(await member.SendFormAsync(Page, new() { ["_handler"] = "prepare" }));
        Assert.NotNull(prepared.QuerySelector(".code-picture svg"));
        var key = prepared.QuerySelector(".steps code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await member.OpenAsync(Page);
        var begun = Read(await member.SendFormAsync(Page, new() { ["_handler"] = "begin", ["Number.Number"] = Number(key) }));
        Assert.True(begun.QuerySelectorAll("#codes li").Length == 10, begun.Body!.TextContent);
        await member.OpenAsync(Page);
        return key;
    }

    private static async Task<string[]> NewCodesAsync(StaffMember member) =>
        [.. Read(await member.SendFormAsync(Page, new() { ["_handler"] = "codes" })).QuerySelectorAll("#codes li").Select(code => code.TextContent)];

    private static async Task<HttpResponseMessage> SendNumberAsync(StaffMember member, string number, bool isKnownComputer = false)
    {
        const string Address = "/desk/sign-in/number?to=/desk/links";
        await member.OpenAsync(Address);
        return await member.SendFormAsync(Address, new() { ["_handler"] = "number", ["Form.Number"] = number, ["Form.IsKnownComputer"] = isKnownComputer ? "true" : "false" });
    }

    private static async Task<string> ChangePasswordAsync(StaffMember member, string present, string next)
    {
        var answer = Read(await member.SendFormAsync(Page, new() { ["_handler"] = "password", ["Password.Present"] = present, ["Password.Next"] = next }));
        await member.OpenAsync(Page);
        return answer.QuerySelector(".problem:not([hidden]), .notice")!.TextContent.Trim();
    }

    private async Task<string> WayBackAsync(StaffMember chief, StaffMember lost)
    {
        var id = await newsroom.IdOfAsync(lost);
        await chief.OpenAsync("/desk/people");
        var people = Read(await chief.SendFormAsync("/desk/people", new() { ["_handler"] = $"way-back-{id}", ["Change.Id"] = $"{id}" }));
        return new Uri(people.QuerySelector(".link-to-copy")!.GetAttribute("value")!).PathAndQuery;
    }

    private static IDocument Read(HttpResponseMessage answer) => new HtmlParser().ParseDocument(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());

    /// <summary>What a telephone shows (RFC 6238): the newsroom looks at the real clock for it.</summary>
    private static string Number(string key, int stepsAgo = 0)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Select(letter => Convert.ToString(Letters.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) - stepsAgo);
#pragma warning disable CA5350 // The standard says SHA-1.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", null);
    }
}
