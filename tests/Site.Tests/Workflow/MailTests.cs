using System.Net;
using System.Net.Sockets;
using LondonDefender.Staff;
using LondonDefender.Workflow;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LondonDefender.Tests.Workflow;

/// <summary>A newsroom that has a server for its mail, which may be closed.</summary>
public sealed class NewsroomWithMail : Newsroom
{
    public int Port { get; } = FreePort();

    protected override IEnumerable<string> MoreSettings =>
        ["--Mail:Host=127.0.0.1", $"--Mail:Port={Port}", "--Mail:Secure=false", "--Mail:From=newsroom@paper.example", "--Paper:Address=https://paper.example"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

public sealed class MailTests(NewsroomWithMail newsroom) : IClassFixture<NewsroomWithMail>
{
    [Fact]
    public async Task Whoever_wants_it_is_told_by_mail_and_of_nothing_else()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        using var writer = await newsroom.SignInAsync(Role.Writer);
        var story = await newsroom.DraftOfAsync(writer, "A bridge – with a dash", "Its copy is nobody’s mail.");
        await ConfirmedAsync(writer, "maud@paper.example", NoticeKind.SentBack, NoticeKind.Late);
        await using var post = new PostOffice(newsroom.Port);

        await newsroom.AssignAsync(chief, story, await newsroom.IdOfAsync(writer));
        await newsroom.MoveAsync(writer, story, Stage.InReview);
        await newsroom.MoveAsync(chief, story, Stage.Draft, "Who paid?");
        await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync();

        var letter = await post.NextAsync();
        Assert.Equal(("newsroom@paper.example", "maud@paper.example"), (letter.From, letter.To));
        Assert.Equal($"{chief.Name} sent a story back: A bridge – with a dash", letter.Subject);
        Assert.Contains($"https://paper.example/desk/stories/{story}", letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody’s mail", letter.Body, StringComparison.Ordinal);
        Assert.Equal(0, await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync());
        Assert.False(post.HasMore);
    }

    [Fact]
    public async Task Nothing_is_mailed_before_whom_it_is_for_has_opened_the_link_that_was_sent_there()
    {
        await using var post = new PostOffice(newsroom.Port);
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        using var writer = await newsroom.SignInAsync(Role.Writer);
        var story = await newsroom.DraftOfAsync(writer);
        Assert.Contains("A letter has gone to ada@paper.example", await (await WishAsync(writer, "ada@paper.example", NoticeKind.SentBack)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var letter = await post.NextAsync();
        var link = letter.Body.Split('\n').Single(line => line.StartsWith("https://paper.example/", StringComparison.Ordinal))["https://paper.example".Length..].Trim();
        await newsroom.MoveAsync(writer, story, Stage.InReview);
        await newsroom.MoveAsync(chief, story, Stage.Draft, "Not yet.");

        Assert.Equal(0, await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync());
        Assert.Contains("another address or person", (await chief.OpenAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync());
        Assert.Equal("ada@paper.example", letter.To);

        Assert.Contains("Your address is confirmed", (await writer.OpenAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync();
        Assert.Equal("ada@paper.example", (await post.NextAsync()).To);

        await WishAsync(writer, "ada@elsewhere.example", NoticeKind.SentBack);
        Assert.Equal("ada@elsewhere.example", (await post.NextAsync()).To);
        Assert.Contains("another address or person", (await writer.OpenAsync(link)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_server_is_away_work_goes_on_and_the_mail_comes_later()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        using var writer = await newsroom.SignInAsync(Role.Writer);
        var story = await newsroom.DraftOfAsync(writer);
        await ConfirmedAsync(writer, "idris@paper.example", NoticeKind.SentBack);

        await newsroom.MoveAsync(writer, story, Stage.InReview);
        (await newsroom.MoveAsync(chief, story, Stage.Draft, "Not yet.")).EnsureSuccessStatusCode();
        await TriedAsync(story, 1);
        await using var post = new PostOffice(newsroom.Port);
        Assert.Equal(0, await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync());

        newsroom.Clock.MoveBy(TimeSpan.FromMinutes(2));
        await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync();
        Assert.Equal("idris@paper.example", (await post.NextAsync()).To);
    }

    [Fact]
    public async Task What_has_been_read_is_not_mailed_nor_what_has_been_waiting_for_a_day()
    {
        using var chief = await newsroom.SignInAsync(Role.ChiefEditor);
        using var writer = await newsroom.SignInAsync(Role.Writer);
        await ConfirmedAsync(writer, "wenda@paper.example", NoticeKind.Assigned);
        var (read, old) = (await newsroom.DraftOfAsync(writer), await newsroom.DraftOfAsync(writer));
        foreach (var story in new[] { read, old })
        {
            await newsroom.AssignAsync(chief, story, await newsroom.IdOfAsync(writer));
            // So many tries have failed that the next is an hour away.
            await using var db = await newsroom.OpenDbAsync();
            await db.Database.ExecuteSqlAsync($"UPDATE notices SET mail_due_at = {newsroom.Clock.GetUtcNow().AddHours(1)} WHERE story_id = {story}");
        }

        await writer.OpenAsync($"/desk/stories/{read}");
        await using var post = new PostOffice(newsroom.Port);
        newsroom.Clock.MoveBy(Postman.GivenUpAfter);
        Assert.Equal(0, await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync());
        Assert.False(post.HasMore);
    }

    [Fact]
    public async Task What_is_no_address_is_refused_and_not_lost()
    {
        using var writer = await newsroom.SignInAsync(Role.Writer);

        var page = await (await WishAsync(writer, "maud at paper", NoticeKind.Late)).Content.ReadAsStringAsync();

        Assert.Contains("That is no mail address", page, StringComparison.Ordinal);
        Assert.Contains("maud at paper", page, StringComparison.Ordinal);
    }

    /// <summary>As if the letter had come and its link been opened.</summary>
    private async Task ConfirmedAsync(StaffMember who, string address, params NoticeKind[] kinds)
    {
        await WishAsync(who, address, kinds);
        await using var db = await newsroom.OpenDbAsync();
        (await db.MailWishes.SingleAsync(w => w.Address == address)).Confirm(newsroom.Clock.GetUtcNow());
        await db.SaveChangesAsync();
    }

    private static async Task<HttpResponseMessage> WishAsync(StaffMember who, string address, params NoticeKind[] kinds)
    {
        await who.OpenAsync("/desk/notices");
        Dictionary<string, string> form = new() { ["_handler"] = "mail", ["Wish.Address"] = address };
        foreach (var (index, kind) in kinds.Index())
            form[$"Wish.Kinds[{index}]"] = kind.ToString();
        return (await who.SendFormAsync("/desk/notices", form)).EnsureSuccessStatusCode();
    }

    /// <summary>Until the notice has been tried so often, by whichever round was first.</summary>
    private async Task TriedAsync(int story, int times)
    {
        while (true)
        {
            await newsroom.Services.GetRequiredService<Postman>().GoRoundAsync();
            await using var db = await newsroom.OpenDbAsync();
            var notice = await db.Notices.AsNoTracking().SingleAsync(n => n.StoryId == story && n.Kind == NoticeKind.SentBack);
            Assert.Null(notice.MailedAt);
            if (notice.MailTries >= times)
                return;
        }
    }
}
